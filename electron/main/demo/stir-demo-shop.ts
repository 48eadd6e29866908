import { liveQuantity, type DemoOrder } from '#main/demo/demo-orders.ts'
import type { DemoListing, DemoVariant } from '#main/demo/demo-listings.ts'
import { mainTranslation } from '#main/demo/list-demo-listings.ts'
import { cancelDemoOrder } from '#main/demo/cancel-demo-order.ts'
import type { StirWish } from '#main/demo/demo-port.ts'
import type { DemoShopWorld } from '#main/demo/demo-shop-state.ts'
import { deleteListing, updateListing, updateVariants } from '#main/demo/change-demo-listing.ts'

interface Spec {
  locale: string
  currency: string
  currencies: readonly string[]
}

/** Does at the shop what its own staff could do; false when there is nothing that it could be done to. */
export function stirDemoShop(world: DemoShopWorld, spec: Spec, wish: StirWish): boolean {
  if (wish.what === 'address' || wish.what === 'cancel-order') return stirOrder(world, wish)
  const found = findListing(world.state.listings, wish.target)
  if (found === null) return false
  const { listing, variant } = found
  switch (wish.what) {
    case 'title':
      return changeTitle(world, listing, spec.locale, wish.value)
    case 'price':
      return changePrice(world, variant, spec, wish.value)
    case 'stock':
      return sellPieces(world, variant, wish.value)
    case 'delete-product':
      deleteListing(world, listing.id)
      return true
  }
}

/** By the id of the product or of the offer's SKU; without a target the first one that is shown. */
function findListing(
  listings: readonly DemoListing[],
  target: string,
): { listing: DemoListing; variant: DemoVariant } | null {
  const live = listings.filter(({ deleted }) => !deleted)
  const listing =
    target === ''
      ? live.find(({ enabled }) => enabled)
      : live.find(({ id, variants }) => id === target || variants.some(({ sku }) => sku === target))
  const variant = listing?.variants.find(({ sku }) => sku === target) ?? listing?.variants[0]
  return listing === undefined || variant === undefined ? null : { listing, variant }
}

function changeTitle(
  world: DemoShopWorld,
  listing: DemoListing,
  locale: string,
  value: string | undefined,
): boolean {
  const main = mainTranslation(listing, locale)
  if (main === undefined) return false
  const { languageCode } = main
  const name = value ?? `${main.name} (2)`
  updateListing(world, { id: listing.id, translations: [{ languageCode, name }] })
  return true
}

/** `value` is a decimal; a tenth dearer without one. */
function changePrice(world: DemoShopWorld, variant: DemoVariant, spec: Spec, value?: string): boolean {
  const now = variant.prices.find(({ currencyCode }) => currencyCode === spec.currency)?.price ?? 0
  const unit = spec.currency === 'JPY' ? 100 : 1
  // Two decimals for every currency, see DEMO_MONEY_PRECISION.
  const price =
    value === undefined ? now + Math.max(unit, Math.round(now / 10 / unit) * unit) : toPrice(value)
  if (price === null) return false
  updateVariants(
    world,
    [{ id: variant.id, prices: [{ currencyCode: spec.currency, price }] }],
    spec.currencies,
  )
  return true
}

function toPrice(value: string): number | null {
  return /^\d{1,9}(\.\d{1,2})?$/.test(value) ? Math.round(Number(value) * 100) : null
}

/** Over the counter: the pieces are gone at once, and nothing says when. */
function sellPieces(world: DemoShopWorld, variant: DemoVariant, value = '1'): boolean {
  const pieces = /^\d{1,6}$/.test(value) ? Number(value) : 0
  if (variant.trackInventory === 'FALSE' || pieces === 0 || variant.stockOnHand < pieces) return false
  variant.stockOnHand -= pieces
  world.onChange()
  return true
}

function stirOrder(world: DemoShopWorld, { what, target, value }: StirWish): boolean {
  const order = findOrder(world.state.orders, target)
  if (order === undefined) return false
  if (what === 'cancel-order') {
    const result = cancelDemoOrder(world, { orderId: order.id, reason: value ?? '' })
    return !('__typename' in result)
  }
  const { buyer } = order
  // `updatedAt` stays, as on the real server.
  order.buyer = { ...buyer, streetLine1: value ?? `${buyer.streetLine1} B` }
  world.onChange()
  return true
}

/** By id or number; without a target the newest that waits to be sent. */
function findOrder(orders: readonly DemoOrder[], target: string): DemoOrder | undefined {
  if (target !== '') return orders.find(({ id, code }) => id === target || code === target)
  return orders.findLast(
    (order) => order.state === 'PaymentSettled' && order.lines.some((line) => liveQuantity(order, line) > 0),
  )
}
