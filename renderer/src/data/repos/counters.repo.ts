import type { ConnectionId } from '#core/shared/ids.ts'
import { OPEN_QUEUES } from '#core/order/order-row.ts'
import { noteChange, noteListingChange, type CountChanges } from '#renderer/data/counting.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { LAST_CHANGE } from '#renderer/data/repos/order-changes.repo.ts'

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

/** Counts everything anew and says which kept counts are wrong. For idle time: it reads every slim row. */
export async function verifyCounters(
  db: CaravelDatabase,
): Promise<{ key: string; kept: number; counted: number }[]> {
  return db.transaction('r', db.orderRows, db.listingRows, db.counters, async () => differences(db))
}

/** Puts right what `verifyCounters` finds, in one transaction; returns how many were wrong. */
export async function repairCounters(db: CaravelDatabase): Promise<number> {
  return db.transaction('rw', db.orderRows, db.listingRows, db.counters, async () => {
    const wrong = await differences(db)
    await db.counters.bulkPut(wrong.map(({ key, counted }) => ({ key, count: counted })))
    return wrong.length
  })
}

async function differences(db: CaravelDatabase) {
  const counted: CountChanges = new Map()
  await db.orderRows.each((row) => noteChange(counted, undefined, row))
  await db.listingRows.each((row) => noteListingChange(counted, undefined, row))
  const kept = new Map((await db.counters.toArray()).map(({ key, count }) => [key, count]))
  kept.delete(LAST_CHANGE)
  const keys = [...new Set([...counted.keys(), ...kept.keys()])]
  return keys
    .map((key) => ({ key, kept: kept.get(key) ?? 0, counted: counted.get(key) ?? 0 }))
    .filter((entry) => entry.kept !== entry.counted)
}
