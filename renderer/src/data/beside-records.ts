import { isBundle } from '#core/catalog/contents.ts'
import type { ItemCustoms, Product } from '#core/catalog/product.ts'
import type { Order } from '#core/order/order.ts'
import type { StoredOrder, StoredProduct } from '#renderer/data/records.ts'

/** What is stored with a record only because an index needs it. Pure; used by repos and by migrations. */

/** SKUs whose customs facts still decide something about this order. */
export function openSkus(order: Order): string[] {
  const open = order.stage === 'unpaid' || order.stage === 'to_ship'
  return open ? [...new Set(order.lines.map((line) => line.sku).filter((sku) => sku !== ''))] : []
}

export function toStoredOrder(order: Order): StoredOrder {
  return { ...order, openSkus: openSkus(order) }
}

/** True while a fact is missing that a declaration needs. */
export function lacksCustoms({ description, hs6, origin, unitNetGrams }: ItemCustoms): boolean {
  return (
    description.trim() === '' || hs6.length < 6 || origin === '' || unitNetGrams === null || unitNetGrams <= 0
  )
}

/** Of a bundle nothing is asked but what it holds, so it lacks nothing itself; a number of its own lets bundles be found without a new index. */
export const BY_PARTS = 2

export function toStoredProduct(product: Product): StoredProduct {
  if (isBundle(product)) return { ...product, incomplete: BY_PARTS }
  return { ...product, incomplete: lacksCustoms(product.customs) ? 1 : 0 }
}
