import Dexie from 'dexie'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { Clock } from '#core/shared/ports.ts'
import type { ListingRow } from '#core/listing/listing-row.ts'
import type { OrderRow } from '#core/order/order-row.ts'
import { noteChange, noteListingChange, type CountChanges } from '#renderer/data/counting.ts'
import type { ImportState } from '#renderer/data/setting-records.ts'
import { declareVersions } from '#renderer/data/schema/migrations.ts'
import { fromLines } from '#renderer/data/transfer/record-lines.ts'
import type { UnfinishedImport } from '#renderer/data/transfer/unfinished-import.ts'

/** Whole lines of one table, in the order of the file. */
export interface FilePage {
  table: string
  bytes: Uint8Array
  records: number
}

/** A database in the layout of the file, to be filled; `schemaVersion` is one that was ever stored. From here on it says what it is. */
export async function openToFill(name: string, schemaVersion: number, begun: ImportState): Promise<Dexie> {
  const db = new Dexie(name, { autoOpen: false, chromeTransactionDurability: 'relaxed' })
  declareVersions(db, schemaVersion)
  await db.open()
  await db.table('settings').put({ key: 'import', value: begun })
  return db
}

/**
 * Writes the pages of a file, each with how far it then is in one transaction: whatever ends it, it goes on behind the last page that is
 * whole. One page is written while the next is read and parsed.
 */
export class DatabaseFiller {
  readonly #passed = new Map<string, number>()
  readonly #counts: CountChanges
  #state: ImportState
  #writing: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly db: Dexie,
    begun: ImportState,
    private readonly now: Clock,
  ) {
    this.#state = begun
    this.#counts = new Map(begun.counts.map(({ key, count }) => [key, count]))
  }

  /** Issue: `malformed.file-damaged` for a table that the layout does not have. Throws what the store throws, of this page or the one before. */
  async take({ table, bytes, records: count }: FilePage): Promise<Result<null>> {
    if (!this.db.tables.some(({ name }) => name === table))
      return err(issue('malformed', { reason: 'file-damaged' }))
    const from = this.#passed.get(table) ?? 0
    const here = this.#state.written[table] ?? 0
    this.#passed.set(table, from + count)
    if (from + count <= here) return ok(null)
    const records = fromLines(bytes).slice(Math.max(0, here - from))
    await this.#writing
    this.#count(table, records)
    this.#writing = this.#put(table, records, from + count)
    // Whoever takes the next page, or ends, hears of it.
    this.#writing.catch(() => undefined)
    return ok(null)
  }

  #count(table: string, records: readonly unknown[]): void {
    if (table === 'orderRows') for (const row of records) noteChange(this.#counts, undefined, row as OrderRow)
    if (table === 'listingRows')
      for (const row of records) noteListingChange(this.#counts, undefined, row as ListingRow)
  }

  /** Everything that was taken is written. */
  async settled(): Promise<void> {
    await this.#writing
  }

  #put(table: string, records: unknown[], written: number): Promise<unknown> {
    this.#state = {
      ...this.#state,
      written: { ...this.#state.written, [table]: written },
      counts: [...this.#counts].map(([key, count]) => ({ key, count })),
      updatedAt: this.now(),
    }
    const row = { key: 'import', value: this.#state }
    return this.db.transaction('rw', [...new Set([table, 'settings'])], async () => {
      await this.db.table(table).bulkPut(records)
      await this.db.table('settings').put(row)
    })
  }
}

/** Where an import begins; where the one before stopped when it was of the same file. */
export function beginState(
  file: Pick<ImportState, 'identity' | 'name' | 'total'>,
  unfinished: UnfinishedImport | null,
  now: number,
): ImportState {
  const { written = {}, counts = [] } = unfinished ?? {}
  return { identity: file.identity, name: file.name, total: file.total, written, counts, updatedAt: now }
}

/** What was written is counted in the store itself, not remembered. */
export async function holdsCounts(db: Dexie, counts: Readonly<Record<string, number>>): Promise<boolean> {
  for (const { name } of db.tables) {
    const own = name === 'settings' ? 1 : 0
    if ((await db.table(name).count()) - own !== (counts[name] ?? 0)) return false
  }
  return Object.keys(counts).every((table) => db.tables.some(({ name }) => name === table))
}
