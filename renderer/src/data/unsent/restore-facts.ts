import type { Product } from '#core/catalog/product.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import type { StockReserve } from '#renderer/data/records.ts'
import { hasFacts, productsBySku, saveProducts } from '#renderer/data/repos/products.repo.ts'

/**
 * Customs facts, cost and barcodes that a person typed. A product that was pulled anew meanwhile keeps its id and titles; facts that were typed after the
 * kept ones stay. False when there was nothing to bring back.
 */
export async function restoreProduct(db: CaravelDatabase, kept: Product): Promise<boolean> {
  const there = (await productsBySku(db, [kept.sku])).get(kept.sku)
  const typed = there !== undefined && hasFacts(there)
  if (typed && there.updatedAt > kept.updatedAt) return false
  const { id, titles } = there ?? kept
  await saveProducts(db, [{ ...kept, id, titles }])
  return true
}

/** Pieces that are out of a shop for this desk; under the listing's id as it is here, if it is here already. */
export async function restoreReserve(
  db: CaravelDatabase,
  { connectionId, remoteId, ...kept }: StockReserve,
): Promise<void> {
  const place = [connectionId, remoteId ?? '']
  const there = await db.listings.where('[connectionId+remoteId]').equals(place).first()
  const reserve = { ...kept, connectionId, listingId: there?.id ?? kept.listingId }
  await db.reserves.put(remoteId === undefined ? reserve : { ...reserve, remoteId })
}
