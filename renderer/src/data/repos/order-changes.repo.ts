import type { OrderId } from '#core/shared/ids.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'

/** Counts the notes that were ever made; the number of the last one. */
export const LAST_CHANGE = 'order-changes'

/** Number of the last noted change; 0 before the first. */
export async function lastChange(db: CaravelDatabase): Promise<number> {
  return (await db.counters.get(LAST_CHANGE))?.count ?? 0
}

/**
 * Notes in the transaction of the change which orders changed or went, for the index in the worker's memory. `last`: its number, where it is
 * read already; nothing may be noted in between.
 */
export async function noteOrderChanges(
  db: CaravelDatabase,
  ids: readonly OrderId[],
  last?: Promise<number>,
): Promise<void> {
  if (ids.length === 0) return
  const seq = (await (last ?? lastChange(db))) + 1
  db.ownChanges?.noted(seq)
  await Promise.all([
    db.orderChanges.put({ seq, ids: [...ids] }),
    db.counters.put({ key: LAST_CHANGE, count: seq }),
  ])
}
