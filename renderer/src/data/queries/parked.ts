import Dexie from 'dexie'
import type { OrderId } from '#core/shared/ids.ts'
import type { OrderRow } from '#core/order/order-row.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { watch, type Watched } from '#renderer/data/queries/watch.ts'

/** When the next parked order comes back by itself, epoch ms; null when none does. */
export function watchNextReturn(db: CaravelDatabase): Watched<number | null> {
  return watch(async () => {
    const days = (await parkedRows(db)).flatMap(({ parkedUntil }) => parkedUntil ?? [])
    return days.length === 0 ? null : days.reduce((first, day) => Math.min(first, day))
  })
}

/** Parked orders whose day has come; up to `most`. */
export async function findReturning(db: CaravelDatabase, now: number, most: number): Promise<OrderId[]> {
  const due = (await parkedRows(db)).filter(({ parkedUntil }) => parkedUntil !== null && parkedUntil <= now)
  return due.slice(0, most).map(({ id }) => id)
}

/** The queue of what is parked is short. */
function parkedRows(db: CaravelDatabase): Promise<OrderRow[]> {
  const range = db.orderRows
    .where('[queue+sortKey+id]')
    .between(['parked', Dexie.minKey], ['parked', Dexie.maxKey])
  return Promise.resolve(range.toArray())
}
