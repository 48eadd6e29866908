import { mergeCustoms } from '#core/customs/merge-customs.ts'
import type { Product } from '#core/catalog/product.ts'
import type { Order } from '#core/order/order.ts'
import type { ParcelWeight } from '#renderer/data/bulk-records.ts'

/** What a packed parcel is taken to weigh, in grams; 0 when the weight of one of its lines is not known. */
export function grossGramsOf(
  { kind, grams }: ParcelWeight,
  { lines }: Pick<Order, 'lines'>,
  products: ReadonlyMap<string, Product>,
): number {
  if (kind === 'same') return grams
  const weights = lines.map(({ sku, quantity, customs }) => {
    const known = mergeCustoms(products.get(sku)?.customs ?? null, customs).customs.unitNetGrams
    return known === null ? Number.NaN : known * quantity
  })
  const net = weights.reduce((sum, each) => sum + each, 0)
  return Number.isNaN(net) ? 0 : net + grams
}
