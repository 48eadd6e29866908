import type { IdSource } from '#core/shared/ports.ts'
import type { OrderId } from '#core/shared/ids.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import type { Activity } from '#renderer/data/records.ts'

export type NewActivity = Omit<Activity, 'id'>

/** The key under which an order's timeline, shadow and outbox rows are filed. */
export function orderKey(id: OrderId): string {
  return `order:${id}`
}

/** Adds to timelines; to be called in the transaction of what happened. */
export async function addActivity(
  db: CaravelDatabase,
  newId: IdSource,
  entries: readonly NewActivity[],
): Promise<void> {
  if (entries.length === 0) return
  await db.activity.bulkAdd(entries.map((entry) => ({ ...entry, id: newId<'activity'>() })))
}
