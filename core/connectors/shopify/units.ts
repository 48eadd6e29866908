import type { RemoteListingStatus } from '#core/listing/listing.ts'
import type { RemoteStatus } from '#core/order/order.ts'
import type { Capability } from '#core/connectors/_kit/manifest.ts'

/** `OrderDisplayFinancialStatus` in which nothing may be sent yet. REFUNDED: somebody must look before a parcel leaves. */
const FINANCIAL: Readonly<Record<string, RemoteStatus>> = {
  PENDING: 'awaiting_payment',
  AUTHORIZED: 'awaiting_payment',
  EXPIRED: 'awaiting_payment',
  VOIDED: 'awaiting_payment',
  PARTIALLY_PAID: 'awaiting_payment',
}

/** `OrderDisplayFulfillmentStatus`, 2026-07 (reference: marketplaces 5.0). */
const FULFILMENT: Readonly<Record<string, RemoteStatus>> = {
  UNFULFILLED: 'to_ship',
  OPEN: 'to_ship',
  IN_PROGRESS: 'to_ship',
  PENDING_FULFILLMENT: 'to_ship',
  RESTOCKED: 'to_ship',
  ON_HOLD: 'on_hold',
  SCHEDULED: 'on_hold',
  REQUEST_DECLINED: 'on_hold',
  PARTIALLY_FULFILLED: 'partially_shipped',
  FULFILLED: 'shipped',
}

export interface OrderState {
  isCancelled: boolean
  financial: string
  fulfilment: string
  /** Every parcel of it has arrived. */
  isDelivered: boolean
  /** False for orders of downloads and gift cards. */
  needsShipping: boolean
}

/** What an order waits for, and the word of Shopify that says so. Cancelled is asked first, then the money, then the parcels. */
export function statusOf(state: OrderState): { status: RemoteStatus; rawStatus: string } {
  if (state.isCancelled) return { status: 'cancelled', rawStatus: 'CANCELLED' }
  const fulfilment = find(FULFILMENT, state.fulfilment)
  if (fulfilment === null) return { status: 'unknown', rawStatus: state.fulfilment }
  const isOpen = fulfilment === 'to_ship' || fulfilment === 'on_hold'
  const unpaid = find(FINANCIAL, state.financial)
  if (isOpen && unpaid !== null) return { status: unpaid, rawStatus: state.financial }
  if (isOpen && state.financial === 'REFUNDED') return { status: 'on_hold', rawStatus: state.financial }
  // Nothing of it is for this desk to do.
  if (isOpen && !state.needsShipping) return { status: 'handed_over', rawStatus: state.fulfilment }
  const status = fulfilment === 'shipped' && state.isDelivered ? 'delivered' : fulfilment
  return { status, rawStatus: state.fulfilment }
}

function find(table: Readonly<Record<string, RemoteStatus>>, word: string): RemoteStatus | null {
  return Object.hasOwn(table, word) ? (table[word] ?? null) : null
}

/** `FulfillmentStatus` of a fulfilment that ships nothing. */
export const FULFILMENT_VOID: ReadonlySet<string> = new Set(['CANCELLED', 'ERROR', 'FAILURE'])

/** `FulfillmentOrderStatus` from which a parcel can leave. */
export const SHIPPABLE: ReadonlySet<string> = new Set(['OPEN', 'IN_PROGRESS'])

/** `FulfillmentOrderStatus` that the shop itself keeps back. */
export const KEPT_BACK: ReadonlySet<string> = new Set(['ON_HOLD', 'SCHEDULED'])

/** Countries whose addresses are written with the code of the province: US, CA, AU. */
export const CODED_PROVINCES: ReadonlySet<string> = new Set(['US', 'CA', 'AU'])

/**
 * What a product is to buyers. ACTIVE ones are seen where they are published; UNLISTED ones only by who has their address. Sold out stays
 * active. Null: the app may not see where a product is published.
 */
export function statusOfProduct(
  word: string,
  publications: number | null,
): { status: RemoteListingStatus; rawStatus: string } {
  const found = Object.hasOwn(PRODUCT, word) ? PRODUCT[word] : undefined
  const isUnpublished = found === 'active' && publications === 0
  return isUnpublished
    ? { status: 'hidden', rawStatus: `${word}, unpublished` }
    : { status: found ?? 'unknown', rawStatus: word.slice(0, 200) }
}

/** `ProductStatus`, 2026-07. */
const PRODUCT: Readonly<Record<string, RemoteListingStatus>> = {
  ACTIVE: 'active',
  DRAFT: 'draft',
  ARCHIVED: 'hidden',
  UNLISTED: 'hidden',
}

const READ_ORDERS = ['read_orders', 'read_merchant_managed_fulfillment_orders']
const READ_LISTINGS = [
  ...['read_products', 'read_inventory', 'read_translations', 'read_locales', 'read_markets'],
]

/** What an app must be allowed for each thing this connector does. */
export const SCOPES: readonly (readonly [Capability, readonly string[]])[] = [
  ['pull-orders', READ_ORDERS],
  ['confirm-shipment', ['write_merchant_managed_fulfillment_orders']],
  ['pull-listings', READ_LISTINGS],
  ['push-listing', ['write_products', 'write_translations']],
  ['push-price', ['write_products']],
  ['push-stock', ['write_inventory', 'read_locations']],
]
