import type { CaravelDatabase } from '#renderer/data/database.ts'
import { openIdsWith } from '#renderer/data/repos/orders.repo.ts'
import { readBundles } from '#renderer/data/repos/products.repo.ts'
import { watch, type Watched } from '#renderer/data/queries/watch.ts'

/** How many orders that are not sent yet contain each of these SKUs, by itself or in a bundle. */
export async function readWaitingOrders(
  db: CaravelDatabase,
  skus: readonly string[],
): Promise<Map<string, number>> {
  const bundles = await readBundles(db)
  const counts = await Promise.all(
    skus.map(async (sku) => {
      const holding = bundles.get(sku)
      return holding === undefined
        ? db.orders.where('openSkus').equals(sku).count()
        : (await openIdsWith(db, [sku, ...holding])).length
    }),
  )
  return new Map(skus.map((sku, i) => [sku, counts[i] ?? 0]))
}

export function watchWaitingOrders(
  db: CaravelDatabase,
  skus: readonly string[],
): Watched<Map<string, number>> {
  return watch(() => readWaitingOrders(db, skus))
}
