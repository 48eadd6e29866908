import type { Product } from '#core/catalog/product.ts'
import { declarationItem, netGramsOf } from '#core/order/declare-order.ts'
import type { Order } from '#core/order/order.ts'
import type { ParcelWeight } from '#renderer/data/bulk-records.ts'

/** What a packed parcel is taken to weigh, in grams; 0 when the weight of one of its lines is not known. */
export function grossGramsOf(
  { kind, grams }: ParcelWeight,
  { lines }: Pick<Order, 'lines'>,
  products: ReadonlyMap<string, Product>,
): number {
  if (kind === 'same') return grams
  let net = 0
  for (const line of lines) {
    const known = netGramsOf(declarationItem(line, products, null))
    if (known === null) return 0
    net += known
  }
  return net + grams
}
