import type Dexie from 'dexie'
import type { Collection, Table } from 'dexie'
import { countKeys } from '#renderer/data/transfer/read-keys.ts'
import { toLines } from '#renderer/data/transfer/record-lines.ts'

/**
 * The order in which tables are read while people go on working. What points comes before what it points to, so that nothing points
 * into the void: parcels before their labels and before the pools (a pool's place is then never behind a number that is used),
 * orders before the outbox, connections before their orders (what a pull brings meanwhile is pulled again), the journal's head
 * before its entries.
 */
const READ_ORDER = [
  ...['connections', 'settings', 'products', 'orders', 'orderRows', 'counters', 'shadows', 'quarantine'],
  // A piece that is out of a shop and not in the reserve is sold later; one in the reserve that never left is sold twice.
  ...['reserves', 'listings', 'listingRows', 'conflicts'],
  ...[
    'shipments',
    'printJobs',
    'documents',
    'pools',
    'outbox',
    'rateSets',
    'referenceFiles',
    'savedViews',
    'activity',
  ],
]

/** Records of one table as lines; bounded in size but for a single record that is larger. */
export interface DumpedPage {
  table: string
  bytes: Uint8Array
  records: number
}

/** What is asked of a database of any layout. */
export type ReadableDatabase = Pick<Dexie, 'tables' | 'verno'>

/** Lines per page: about this much. */
const PAGE_BYTES = 2 ** 20
const MOST_RECORDS = 2000

/** Fetched or made again; a file that grows by them would be no better. What a verb could take back belongs to this store. */
const LEFT_OUT = ['pictures', 'orderChanges', 'indexParts', 'bulkJobs', 'bulkSteps']

/** Settings that stay on this machine: what was searched for may name buyers, and helps nobody else. */
const LEFT_OUT_SETTINGS = ['searches']

export function tablesInOrder(db: ReadableDatabase): Table<unknown, string>[] {
  const place = (name: string): number => {
    const at = READ_ORDER.indexOf(name)
    return at < 0 ? READ_ORDER.length : at
  }
  const kept = db.tables.filter(({ name }) => !LEFT_OUT.includes(name)) as Table<unknown, string>[]
  return kept.sort((a, b) => place(a.name) - place(b.name))
}

export async function countRecords(db: ReadableDatabase): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of tablesInOrder(db))
    counts[table.name] = await (table.name === 'settings'
      ? keptOf(table, table.toCollection()).count()
      : countKeys(table))
  return counts
}

/** Everything in a database, page by page in the order of keys; each page is a read of its own, so writers never wait. */
export async function* dumpTables(db: ReadableDatabase): AsyncGenerator<DumpedPage, void> {
  for (const table of tablesInOrder(db)) yield* dumpTable(table)
}

async function* dumpTable(table: Table<unknown, string>): AsyncGenerator<DumpedPage, void> {
  const key = table.schema.primKey.keyPath as string
  let limit = 20
  let next = readAfter(table, null, limit)
  for (;;) {
    const records = await next
    const asked = limit
    const bytes = toLines(table.name, records)
    const perRecord = Math.max(1, bytes.length / Math.max(1, records.length))
    limit = Math.max(1, Math.min(MOST_RECORDS, Math.floor(PAGE_BYTES / perRecord)))
    const last = records.at(-1) as Record<string, string> | undefined
    const isLast = last === undefined || records.length < asked
    // The next page is read while this one is on its way.
    if (!isLast) next = readAfter(table, last[key] ?? '', limit)
    yield { table: table.name, bytes, records: records.length }
    if (isLast) return
  }
}

function readAfter(table: Table<unknown, string>, after: string | null, limit: number): Promise<unknown[]> {
  const rows = after === null ? table.toCollection() : table.where(':id').above(after)
  const reading = Promise.resolve(keptOf(table, rows).limit(limit).toArray())
  // Whoever stops half way does not ask for the page that is being read.
  reading.catch(() => undefined)
  return reading
}

function keptOf(
  table: Table<unknown, string>,
  rows: Collection<unknown, string>,
): Collection<unknown, string> {
  if (table.name !== 'settings') return rows
  return rows.filter((row) => !LEFT_OUT_SETTINGS.includes((row as { key: string }).key))
}
