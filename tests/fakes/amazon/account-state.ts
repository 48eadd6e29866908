import { createDefinitions, type FakeDefinitions } from './definitions-state.ts'
import { createFeeds, type FakeFeeds } from './feeds-state.ts'
import { createListings, type FakeListings } from './listings-state.ts'

/** What the fake account knows, in plain facts; the api files show it as Amazon would. */
export interface FakeItem {
  orderItemId: string
  sku: string
  title: string
  quantity: number
  quantityFulfilled: number
  /** Of one piece; null where Amazon says none, as for some pending orders. */
  unitPrice: string | null
  /** Of the whole line, in the order of the models' words, e.g. `TAX`; the pieces themselves are `ITEM`. */
  breakdowns: { type: string; amount: string; details?: { subtype: string; amount: string }[] }[]
  iossNumber?: string
  isCancelRequested?: boolean
  isCancelled?: boolean
}

export interface FakePackage {
  packageReferenceId: string
  status: 'PENDING' | 'SHIPPED' | 'IN_TRANSIT' | 'DELIVERED' | 'CANCELLED'
  carrier: string
  trackingNumber: string
  shipTime: string
  items: { orderItemId: string; quantity: number }[]
}

export interface FakeOrder {
  id: string
  marketplaceId: string
  /** Epoch ms. */
  createdAt: number
  updatedAt: number
  status: string
  fulfilledBy: 'MERCHANT' | 'AMAZON'
  currency: string
  /** Null: not said. */
  total: string | null
  buyerName: string
  /** Null: not said, or the app lacks the role for it. */
  address: Record<string, string> | null
  shipBy: number | null
  buyerTaxNumber: { type: string; number: string } | null
  items: FakeItem[]
  packages: FakePackage[]
}

export interface FakeMarketplace {
  id: string
  country: string
  name: string
  currency: string
  isParticipating: boolean
}

export interface FakeAccount {
  storeName: string
  /** Merchant token. */
  sellerId: string
  marketplaces: FakeMarketplace[]
  /** What the app may do; each is the first part of a path, e.g. `orders`. */
  roles: Set<string>
  orders: Map<string, FakeOrder>
  listings: FakeListings
  definitions: FakeDefinitions
  feeds: FakeFeeds
  /** Epoch ms; tests move it. */
  now: () => number
  nextId: () => number
}

const EUROPE: FakeMarketplace[] = [
  { id: 'A1PA6795UKMFR9', country: 'DE', name: 'Amazon.de', currency: 'EUR', isParticipating: true },
  { id: 'A13V1IB3VIYZZH', country: 'FR', name: 'Amazon.fr', currency: 'EUR', isParticipating: true },
  { id: 'A1F83G8C2ARO7P', country: 'GB', name: 'Amazon.co.uk', currency: 'GBP', isParticipating: true },
  { id: 'A1805IZSGTT6HS', country: 'NL', name: 'Amazon.nl', currency: 'EUR', isParticipating: false },
]

export function createAccount(options: { now?: () => number } = {}): FakeAccount {
  let last = 1000
  return {
    ...{ storeName: 'Lantern Row', sellerId: 'A2LANTERNROW01' },
    marketplaces: EUROPE.map((each) => ({ ...each })),
    roles: new Set(['sellers', 'orders', 'listings', 'definitions', 'feeds']),
    orders: new Map(),
    listings: createListings(),
    definitions: createDefinitions(),
    feeds: createFeeds(),
    now: options.now ?? Date.now,
    nextId: () => (last += 1),
  }
}

/** As Amazon writes times: UTC. */
export const timeOf = (ms: number): string => new Date(ms).toISOString()

export function touch(account: FakeAccount, order: FakeOrder): void {
  order.updatedAt = account.now()
}

export interface Confirmation {
  packageReferenceId: string
  carrier: string
  trackingNumber: string
  shipDate: string
  items: { orderItemId: string; quantity: number }[]
}

/** Books a parcel; the same number within an order edits it. What the business would refuse comes back as a message. */
export function confirm(account: FakeAccount, order: FakeOrder, told: Confirmation): string | null {
  if (order.status === 'CANCELLED') return 'The order has been cancelled.'
  if (order.status.startsWith('PENDING')) return 'The order is not ready for shipment.'
  if (order.fulfilledBy === 'AMAZON') return 'The order is fulfilled by Amazon.'
  if (!/^[1-9]\d*$/.test(told.packageReferenceId)) return 'PackageReferenceId must be a positive number.'
  const known = order.packages.find(
    ({ packageReferenceId }) => packageReferenceId === told.packageReferenceId,
  )
  const open = (item: FakeItem): number =>
    item.quantity -
    item.quantityFulfilled +
    (known?.items.find((each) => each.orderItemId === item.orderItemId)?.quantity ?? 0)
  for (const { orderItemId, quantity } of told.items) {
    const item = order.items.find((each) => each.orderItemId === orderItemId)
    if (item === undefined) return `The order item ${orderItemId} is not of this order.`
    if (quantity < 1 || quantity > open(item)) return `Nothing of ${orderItemId} is left to ship.`
  }
  if (told.items.length === 0) return 'No order items.'
  for (const item of order.items) {
    const quantity = told.items.find((each) => each.orderItemId === item.orderItemId)?.quantity ?? 0
    item.quantityFulfilled = item.quantity - open(item) + quantity
  }
  const parcel: FakePackage = {
    ...{ packageReferenceId: told.packageReferenceId, status: 'SHIPPED', carrier: told.carrier },
    ...{ trackingNumber: told.trackingNumber, shipTime: told.shipDate, items: told.items },
  }
  if (known === undefined) order.packages.push(parcel)
  else Object.assign(known, parcel)
  const isOpen = order.items.some(({ quantity, quantityFulfilled }) => quantityFulfilled < quantity)
  order.status = isOpen ? 'PARTIALLY_SHIPPED' : 'SHIPPED'
  touch(account, order)
  return null
}
