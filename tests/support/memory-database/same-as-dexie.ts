import fc from 'fast-check'
import type Dexie from 'dexie'
import type { Collection, IndexableType, IndexSpec, Table } from 'dexie'

/** Random work on a database, as data, and how it is done on one; tells what came of it. */

type Row = Record<string, unknown>

const KINDS = ['all', 'equals', 'anyOf', 'between', 'above', 'belowOrEqual'] as const

interface Query {
  index: string
  kind: (typeof KINDS)[number]
  keys: IndexableType[]
  withLower: boolean
  withUpper: boolean
  reverse: boolean
  limit: number | null
  onlyEven: boolean
  end: 'toArray' | 'count' | 'primaryKeys' | 'keys' | 'first' | 'last' | 'sortBy' | 'delete' | 'modify'
}

export type Work =
  | { do: 'add' | 'put'; table: string; row: Row }
  | { do: 'bulkAdd' | 'bulkPut'; table: string; rows: Row[] }
  | { do: 'get' | 'delete'; table: string; key: IndexableType }
  | { do: 'bulkGet' | 'bulkDelete'; table: string; keys: IndexableType[] }
  | { do: 'update'; table: string; key: IndexableType; change: Row }
  | { do: 'query'; table: string; query: Query }
  | { do: 'clear' | 'count'; table: string }

export interface Unit {
  mode: 'r' | 'rw'
  tables: string[]
  works: Work[]
  /** Goes on after a request that was refused. */
  forgiving: boolean
  /** Throws at its end. */
  fails: boolean
  /** Has an inner transaction around its second half. */
  nested: boolean
}

const few = fc.constantFrom('a', 'b', 'c', 'd')
const part = fc.oneof(few, fc.constantFrom(1, 2, 10, -1))

/** Rows that fill every index of a store, with keys so few that they meet. */
function rowsOf({ schema }: Table): fc.Arbitrary<Row> {
  const fields: Record<string, fc.Arbitrary<unknown>> = { n: fc.nat(9), list: fc.array(fc.nat(3)) }
  for (const { keyPath, multi, unique } of schema.indexes)
    for (const path of [keyPath].flat() as string[])
      fields[path] = multi
        ? fc.array(few, { maxLength: 3 })
        : unique
          ? fc.nat(30)
          : fc.oneof(part, part, part, fc.constant(null))
  fields[schema.primKey.keyPath as string] = few
  return fc.record(fields)
}

/** Keys of one query are of one kind: Dexie sorts others wrongly. */
function keysOf({ compound, keyPath }: IndexSpec): fc.Arbitrary<IndexableType[]> {
  const many = (key: fc.Arbitrary<unknown>) =>
    fc.array(key as fc.Arbitrary<IndexableType>, { minLength: 2, maxLength: 4 })
  if (compound) return many(fc.tuple(...(keyPath as string[]).map(() => few)))
  return fc.oneof(many(few), many(fc.constantFrom(1, 2, 10, -1)))
}

function queriesOf({ schema }: Table): fc.Arbitrary<Query> {
  const queriesBy = (
    spec: IndexSpec,
    index: string,
    kinds: readonly Query['kind'][] = KINDS,
  ): fc.Arbitrary<Query> =>
    fc.record({
      index: fc.constant(index),
      kind: fc.constantFrom(...kinds),
      keys: keysOf(spec),
      ...{ withLower: fc.boolean(), withUpper: fc.boolean(), reverse: fc.boolean(), onlyEven: fc.boolean() },
      limit: fc.option(fc.nat(3)),
      end: fc.constantFrom(
        ...([
          'toArray',
          'count',
          'primaryKeys',
          'keys',
          'first',
          'last',
          'sortBy',
          'delete',
          'modify',
        ] as const),
      ),
    })
  return fc.oneof(
    queriesBy(schema.primKey, ':id'),
    ...schema.indexes.map((spec) => queriesBy(spec, spec.name)),
    // A compound index also serves its first part alone; fake-indexeddb manages no more than this of it.
    ...schema.indexes
      .filter(({ compound, keyPath }) => compound && keyPath?.length === 2)
      .map(({ keyPath }) => queriesBy(schema.primKey, (keyPath as string[])[0]!, ['equals', 'anyOf'])),
  )
}

function worksOn(table: Table): fc.Arbitrary<Work> {
  const of = { table: fc.constant(table.name) }
  const rows = rowsOf(table)
  return fc.oneof(
    fc.record({ do: fc.constantFrom('add', 'put'), ...of, row: rows }),
    fc.record({ do: fc.constantFrom('bulkAdd', 'bulkPut'), ...of, rows: fc.array(rows, { maxLength: 4 }) }),
    fc.record({ do: fc.constantFrom('get', 'delete'), ...of, key: few }),
    fc.record({ do: fc.constantFrom('bulkGet', 'bulkDelete'), ...of, keys: fc.array(few, { maxLength: 3 }) }),
    fc.record({
      do: fc.constant('update' as const),
      ...of,
      key: few,
      change: fc.record({ n: fc.nat(9), 'deep.er': fc.nat(3) }, { requiredKeys: [] }),
    }),
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant('query' as const), ...of, query: queriesOf(table) }),
    },
    fc.record({ do: fc.constantFrom('clear', 'count'), ...of }),
  )
}

/** Transactions over some stores; now and then one reaches for a store that is not its own. */
export function unitsOn(tables: readonly Table[]): fc.Arbitrary<Unit> {
  return fc.subarray([...tables], { minLength: 1, maxLength: 3 }).chain((some) =>
    fc.record({
      mode: fc.constantFrom('rw', 'rw', 'rw', 'r'),
      tables: fc.constant(some.map(({ name }) => name)),
      works: fc.array(
        fc.oneof({ weight: 12, arbitrary: fc.oneof(...some.map(worksOn)) }, worksOn(tables[0]!)),
        {
          maxLength: 6,
        },
      ),
      ...{ forgiving: fc.boolean(), nested: fc.boolean() },
      fails: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
    }),
  )
}

/** What came of it: a value, or the name of an error. */
async function outcome(run: () => PromiseLike<unknown>): Promise<unknown> {
  try {
    return await run()
  } catch (error) {
    return { refused: (error as Error).name }
  }
}

export async function runUnit(db: Dexie, unit: Unit): Promise<unknown> {
  const told: unknown[] = []
  const { works, tables, forgiving, nested, fails, mode } = unit
  const half = nested ? Math.floor(works.length / 2) : works.length
  const runAll = async (some: readonly Work[]): Promise<void> => {
    for (const work of some) told.push(await (forgiving ? outcome(() => run(db, work)) : run(db, work)))
  }
  const end = await outcome(() =>
    db.transaction(mode, tables, async () => {
      await runAll(works.slice(0, half))
      if (nested) await db.transaction(mode, tables, async () => runAll(works.slice(half)))
      if (fails) throw new RangeError('fails')
    }),
  )
  return [told, end]
}

export function runAlone(db: Dexie, work: Work): Promise<unknown> {
  return outcome(() => run(db, work))
}

function run(db: Dexie, work: Work): PromiseLike<unknown> {
  const table = db.table(work.table)
  switch (work.do) {
    case 'add':
    case 'put':
      return table[work.do](work.row)
    case 'bulkAdd':
    case 'bulkPut':
      return table[work.do](work.rows).then(() => 'done')
    case 'get':
    case 'delete':
      return table[work.do](work.key)
    case 'bulkGet':
    case 'bulkDelete':
      return table[work.do](work.keys)
    case 'update':
      return table.update(work.key, work.change)
    case 'query':
      return runQuery(table, work.query)
    case 'clear':
    case 'count':
      return table[work.do]()
  }
}

function runQuery(table: Table, query: Query): PromiseLike<unknown> {
  const { reverse, limit, onlyEven, end } = query
  let found = narrow(table, query)
  if (reverse) found = found.reverse()
  if (onlyEven) found = found.filter(({ n }: Row) => Number(n) % 2 === 0)
  if (limit !== null && end !== 'last') found = found.limit(limit)
  if (end === 'sortBy') return found.sortBy('n').then((rows) => rows.map(({ n }: Row) => n))
  if (end === 'modify') return found.modify((row: Row) => void (row['n'] = Number(row['n']) + 1))
  return found[end]()
}

function narrow(table: Table, { index, kind, keys, withLower, withUpper }: Query): Collection {
  if (kind === 'all') return table.orderBy(index)
  const where = table.where(index)
  if (kind === 'anyOf') return where.anyOf(keys as string[])
  if (kind === 'between') return where.between(keys[0], keys[1], withLower, withUpper)
  return where[kind](keys[0]!)
}

export async function contentsOf(db: Dexie): Promise<Record<string, unknown>> {
  const contents: Record<string, unknown> = {}
  for (const table of db.tables) contents[table.name] = await table.toArray()
  return contents
}
