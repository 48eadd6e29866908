import Dexie from 'dexie'
import { foldText } from '#core/shared/fold-text.ts'
import type { OrderRow } from '#core/order/order-row.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'

/** Rows that are read at once: a few ms of the page's thread. A cursor would give every row a task of its own. */
const AT_ONCE = 250

/**
 * Orders in which every word of the text occurs, newest first. Scans the slim rows in key order (ids sort by time) and stops
 * when there are enough; an index in the worker's memory takes over when a desk outgrows this.
 */
export async function searchOrders(db: CaravelDatabase, text: string, limit: number): Promise<OrderRow[]> {
  const words = foldText(text)
    .split(' ')
    .filter((word) => word !== '')
  if (words.length === 0) return []
  const found: OrderRow[] = []
  for (let before: unknown = Dexie.maxKey; before !== null && found.length < limit;) {
    const from = await keyFurtherBack(db, before)
    const rows = await db.orderRows
      .where(':id')
      .between(from ?? Dexie.minKey, before, true, false)
      .toArray()
    found.push(...rows.filter(({ searchText }) => words.every((word) => searchText.includes(word))).reverse())
    before = from
  }
  return found.slice(0, limit)
}

/** The key that so many rows begin with, the last of which is right before this place; null when there are not as many. */
async function keyFurtherBack(db: CaravelDatabase, before: unknown): Promise<string | null> {
  const keys = await db.orderRows
    .where(':id')
    .below(before)
    .reverse()
    .offset(AT_ONCE - 1)
    .limit(1)
    .primaryKeys()
  return keys[0] ?? null
}
