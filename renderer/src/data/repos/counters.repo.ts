import type { Table } from 'dexie'
import type { ConnectionId } from '#core/shared/ids.ts'
import { OPEN_QUEUES } from '#core/order/order-row.ts'
import { noteChange, noteListingChange, type CountChanges } from '#renderer/data/counting.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { LAST_CHANGE } from '#renderer/data/repos/order-changes.repo.ts'

/** A kept count that is not what was counted. */
export interface WrongCount {
  key: string
  kept: number
  counted: number
}

/** Adds the changes to the kept counts; to be called in the transaction of what was counted. */
export async function applyCounts(db: CaravelDatabase, changes: CountChanges): Promise<void> {
  const keys = [...changes].filter(([, by]) => by !== 0).map(([key]) => key)
  if (keys.length === 0) return
  const kept = await db.counters.bulkGet(keys)
  await db.counters.bulkPut(
    keys.map((key, i) => ({ key, count: (kept[i]?.count ?? 0) + (changes.get(key) ?? 0) })),
  )
}

/** How many of a shop's orders are open here. */
export async function countOpenOrders(db: CaravelDatabase, id: ConnectionId): Promise<number> {
  const kept = await db.counters.bulkGet(OPEN_QUEUES.map((queue) => `${id}:${queue}`))
  return kept.reduce((sum, counter) => sum + (counter?.count ?? 0), 0)
}

/** Rows that are read at once. */
const PAGE = 2_000

/**
 * Counts every slim row, page by page, and says which kept counts are wrong. For a store that nobody works in; a desk's own orders are held
 * against the index (order-index/count-columns.ts).
 */
export async function verifyCounters(db: CaravelDatabase): Promise<WrongCount[]> {
  const counted: CountChanges = new Map()
  await eachRow(db.orderRows, (row) => noteChange(counted, undefined, row))
  await eachRow(db.listingRows, (row) => noteListingChange(counted, undefined, row))
  return wrongCounts(db, counted, () => true)
}

async function eachRow<T extends { id: string }>(
  table: Table<T, string>,
  take: (row: T) => void,
): Promise<void> {
  for (let after = ''; ;) {
    const rows = await table.where(':id').above(after).limit(PAGE).toArray()
    rows.forEach(take)
    const last = rows.at(-1)
    if (last === undefined) return
    after = last.id
  }
}

/** Puts right what `verifyCounters` finds; returns how many were wrong. */
export async function repairCounters(db: CaravelDatabase): Promise<number> {
  return writeCounts(db, await verifyCounters(db))
}

/** Which kept counts, of those that were counted, are not what was counted. */
export async function wrongCounts(
  db: CaravelDatabase,
  counted: CountChanges,
  wasCounted: (key: string) => boolean,
): Promise<WrongCount[]> {
  const all = (await db.counters.toArray()).filter(({ key }) => key !== LAST_CHANGE && wasCounted(key))
  const kept = new Map(all.map(({ key, count }) => [key, count]))
  return [...new Set([...counted.keys(), ...kept.keys()])]
    .map((key) => ({ key, kept: kept.get(key) ?? 0, counted: counted.get(key) ?? 0 }))
    .filter((entry) => entry.kept !== entry.counted)
}

/** Returns how many. */
export async function writeCounts(db: CaravelDatabase, wrong: readonly WrongCount[]): Promise<number> {
  await db.counters.bulkPut(wrong.map(({ key, counted }) => ({ key, count: counted })))
  return wrong.length
}
