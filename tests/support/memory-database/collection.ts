import { copyRecord, shownRecord } from '#tests/support/memory-database/copy-record.ts'
import type { IndexEntry, KeyRange, PrimaryKey } from '#tests/support/memory-database/key-index.ts'
import { compareKeys, valueAt, type Key } from '#tests/support/memory-database/keys.ts'
import type { RecordStore } from '#tests/support/memory-database/record-store.ts'
import type { Table } from '#tests/support/memory-database/table.ts'
import { WhereClause } from '#tests/support/memory-database/where-clause.ts'

type Row = Record<string, unknown>

/** A copy was made for a filter; it is the one that is given out. */
interface Found extends IndexEntry {
  record: Row
}

/** Records of a table in the order of an index, narrowed. Built up by its methods, read by one of the later ones. */
export class Collection {
  readonly #table: Table
  readonly #index: string
  readonly #ranges: () => readonly KeyRange[]
  #filters: ((record: never) => boolean)[] = []
  #reversed = false
  #distinct = false
  #offset = 0
  #limit = Infinity
  #or: Collection | null = null

  constructor(table: Table, index: string, ranges: () => readonly KeyRange[]) {
    this.#table = table
    this.#index = index
    this.#ranges = ranges
  }

  reverse(): this {
    this.#reversed = !this.#reversed
    return this
  }

  distinct(): this {
    this.#distinct = true
    return this
  }

  offset(count: number): this {
    this.#offset += count
    return this
  }

  limit(count: number): this {
    this.#limit = Math.min(this.#limit, count)
    return this
  }

  filter(wanted: (record: never) => boolean): this {
    this.#filters.push(wanted)
    return this
  }

  and(wanted: (record: never) => boolean): this {
    return this.filter(wanted)
  }

  or(index: string): WhereClause {
    return new WhereClause(this.#table, index, (other) => {
      other.#or = this
      return other
    })
  }

  toArray(): Promise<Row[]> {
    return this.#read((records) => this.#records(records))
  }

  async sortBy(path: string): Promise<Row[]> {
    const all = await this.toArray()
    const sorted = all.sort((a, b) => compareKeys(valueAt(a, path) as Key, valueAt(b, path) as Key))
    return this.#reversed ? sorted.reverse() : sorted
  }

  first(): Promise<Row | undefined> {
    return this.#read((records) => this.limit(1).#records(records)[0])
  }

  last(): Promise<Row | undefined> {
    return this.reverse().first()
  }

  async each(visit: (record: never) => void): Promise<void> {
    for (const record of await this.toArray()) visit(record as never)
  }

  count(): Promise<number> {
    return this.#read((records) => this.#find(records).length)
  }

  keys(): Promise<Key[]> {
    return this.#read((records) => this.#find(records).map(({ key }) => copyRecord(key)))
  }

  primaryKeys(): Promise<PrimaryKey[]> {
    return this.#read((records) => this.#find(records).map(({ primary }) => primary))
  }

  /**
   * Dexie removes a plain range of primary keys as a range, and says no keys then; all of an index counts as all of the table,
   * also what the index does not have.
   */
  delete(): Promise<number> {
    return this.#table.inOwnTransaction(async () => {
      const range = this.#plainRange()
      const keys = range === null ? await this.primaryKeys() : []
      const count =
        range === null ? keys.length : await new Collection(this.#table, ':id', () => [range]).count()
      if (range !== null) await this.#table.mutate({ type: 'deleteRange', range })
      else if (count > 0) await this.#table.mutate({ type: 'delete', keys })
      return count
    })
  }

  modify(change: Row | ((record: never) => unknown)): Promise<number> {
    return this.#table.inOwnTransaction(async () => {
      const all = (await this.toArray()).map(copyRecord)
      const changed = all.filter((record) =>
        typeof change === 'function' ? change(record as never) !== false : assign(record, change),
      )
      if (changed.length > 0) await this.#table.bulkPut(changed)
      return all.length
    })
  }

  #plainRange(): KeyRange | null {
    const [range, ...more] = this.#ranges()
    const isNarrowed =
      this.#filters.length > 0 || this.#offset > 0 || this.#limit < Infinity || this.#or !== null
    if (range === undefined || more.length > 0 || isNarrowed) return null
    const isPrimary = this.#index === ':id' || this.#index === this.#table.schema.primKey.name
    return isPrimary || Object.keys(range).length === 0 ? range : null
  }

  #read<T>(run: (records: RecordStore) => T): Promise<T> {
    return this.#table.read(run)
  }

  #records(records: RecordStore): Row[] {
    if (this.#filters.length === 0) return this.#window(records).map((each) => load(records, each))
    return this.#filtered(records).map(({ record }) => record)
  }

  #find(records: RecordStore): IndexEntry[] {
    return this.#filters.length === 0 ? this.#window(records) : this.#filtered(records)
  }

  #window(records: RecordStore): IndexEntry[] {
    const entries = this.#entries(records)
    const isWhole = this.#offset === 0 && this.#limit >= entries.length
    return isWhole ? entries : entries.slice(this.#offset, this.#offset + this.#limit)
  }

  #filtered(records: RecordStore): Found[] {
    const found: Found[] = []
    let skip = this.#offset
    for (const { key, primary } of this.#entries(records)) {
      if (found.length >= this.#limit) break
      const record = load(records, { primary })
      if (this.#filters.every((wanted) => wanted(record as never)) && --skip < 0)
        found.push({ key, primary, record })
    }
    return found
  }

  #entries(records: RecordStore): IndexEntry[] {
    const { index, prefix } = records.index(this.#index)
    const ranges = this.#ranges()
    const entries =
      ranges.length === 1
        ? index.within(ranges[0]!, prefix)
        : ranges.flatMap((range) => index.within(range, prefix))
    if (this.#reversed) entries.reverse()
    const shown =
      prefix === undefined ? entries : entries.map(({ key, primary }) => ({ key: cut(key, prefix), primary }))
    const all = this.#or === null ? shown : [...this.#or.#find(records), ...shown]
    return this.#distinct || this.#or !== null ? withoutRepeats(all) : all
  }
}

function load(records: RecordStore, { primary }: Pick<IndexEntry, 'primary'>): Row {
  return shownRecord(records.get(primary)) as Row
}

function cut(key: Key, prefix: number): Key {
  const parts = key as readonly Key[]
  return prefix === 1 ? parts[0]! : parts.slice(0, prefix)
}

function withoutRepeats(entries: readonly IndexEntry[]): IndexEntry[] {
  const seen = new Set<PrimaryKey>()
  return entries.filter(({ primary }) => !seen.has(primary) && seen.add(primary))
}

/** Sets what differs, by path; undefined takes away. Says whether anything did. */
function assign(record: Row, change: Row): boolean {
  let changed = false
  for (const [path, value] of Object.entries(change)) {
    const parts = path.split('.')
    const last = parts.pop()!
    let holder = record
    for (const part of parts) holder = (holder[part] ??= {}) as Row
    if (holder[last] === value && last in holder) continue
    if (value === undefined) Reflect.deleteProperty(holder, last)
    else holder[last] = value
    changed = true
  }
  return changed
}
