import { foldText } from '#core/shared/fold-text.ts'
import type { OrderRow } from '#core/order/order-row.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'

/**
 * Orders in which every word of the text occurs, newest first. Scans the slim rows in key order (ids sort by time) and stops
 * when there are enough; an index in the worker's memory takes over when a desk outgrows this.
 */
export async function searchOrders(db: CaravelDatabase, text: string, limit: number): Promise<OrderRow[]> {
  const words = foldText(text)
    .split(' ')
    .filter((word) => word !== '')
  if (words.length === 0) return []
  return db.orderRows
    .orderBy(':id')
    .reverse()
    .filter((row) => words.every((word) => row.searchText.includes(word)))
    .limit(limit)
    .toArray()
}
