import type { CaravelDatabase } from '#renderer/data/database.ts'
import { watch, type Watched } from '#renderer/data/queries/watch.ts'

/** How many orders that are not sent yet contain each of these SKUs. */
export async function readWaitingOrders(
  db: CaravelDatabase,
  skus: readonly string[],
): Promise<Map<string, number>> {
  const counts = await Promise.all(skus.map((sku) => db.orders.where('openSkus').equals(sku).count()))
  return new Map(skus.map((sku, i) => [sku, counts[i] ?? 0]))
}

export function watchWaitingOrders(
  db: CaravelDatabase,
  skus: readonly string[],
): Watched<Map<string, number>> {
  return watch(() => readWaitingOrders(db, skus))
}
