import { createCatalogue, type FakeCatalogue } from './catalogue-state.ts'

/** What the fake shop knows, in plain facts; resolvers.ts shows it as Shopify would. */
export interface FakeLine {
  id: string
  sku: string
  name: string
  quantity: number
  currentQuantity: number
  /** After all discounts, in the shop's currency. */
  unitPrice: string
  /** Taken off the whole line; the unit price is after it. */
  discount?: string
  /** For the whole line; absent where prices have it in them. */
  tax?: string
}

export interface FakeShipping {
  /** Before discounts, after them, and after what was given back. */
  original: string
  discounted: string
  current: string
}

export interface FakeFulfilment {
  id: string
  status: 'SUCCESS' | 'CANCELLED'
  displayStatus: 'FULFILLED' | 'DELIVERED' | 'CANCELED'
  company: string
  number: string
  locationId: string
  deliveredAt: string | null
}

export interface FakeFulfilmentOrder {
  id: string
  status: 'OPEN' | 'IN_PROGRESS' | 'CLOSED' | 'ON_HOLD' | 'SCHEDULED' | 'CANCELLED'
  locationId: string
  fulfillBy: string | null
  /** By line. */
  remaining: Map<string, number>
}

export interface FakeOrder {
  id: string
  name: string
  createdAt: string
  updatedAt: string
  cancelledAt: string | null
  financial: string
  fulfilment: string
  requiresShipping: boolean
  taxesIncluded: boolean
  email: string | null
  total: string
  currency: string
  /** What the buyer saw and paid in. */
  presented?: { total: string; currency: string } | undefined
  tax: string
  shipping: FakeShipping[]
  /** Null where the app may not see buyers. */
  address: Record<string, string | null> | null
  lines: FakeLine[]
  fulfilments: FakeFulfilment[]
  fulfilmentOrders: FakeFulfilmentOrder[]
}

export interface FakeShop {
  name: string
  domain: string
  scopes: string[]
  orders: Map<string, FakeOrder>
  catalogue: FakeCatalogue
  /** Epoch ms; tests move it. */
  now: () => number
  nextId: () => number
}

/** As a shop shows them: who may write may read, so reading is not listed beside it. */
export const ALL_SCOPES: readonly string[] = [
  ...['read_orders', 'write_merchant_managed_fulfillment_orders', 'write_products', 'write_inventory'],
  ...['read_locations', 'write_translations', 'read_locales', 'read_markets'],
]

export function createShop(options: { now?: () => number; scopes?: string[] } = {}): FakeShop {
  let last = 1000
  return {
    name: 'Lantern Row',
    domain: 'lantern-row.myshopify.com',
    scopes: options.scopes ?? [...ALL_SCOPES],
    orders: new Map(),
    catalogue: createCatalogue(),
    now: options.now ?? Date.now,
    nextId: () => (last += 1),
  }
}

export const gid = (type: string, id: number | string): string => `gid://shopify/${type}/${id}`

/** As Shopify writes times: whole seconds, UTC. */
export const timeOf = (ms: number): string => new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z')

export function touch(shop: FakeShop, order: FakeOrder): void {
  order.updatedAt = timeOf(shop.now())
}

/** Ships what these fulfilment orders still have; what the business would refuse comes back as messages. */
export function ship(
  shop: FakeShop,
  fulfilmentOrderIds: readonly string[],
  tracking: { company: string; number: string },
): { fulfilment: FakeFulfilment; order: FakeOrder } | { refused: string } {
  const found = [...shop.orders.values()].flatMap((order) =>
    order.fulfilmentOrders.filter(({ id }) => fulfilmentOrderIds.includes(id)).map((one) => ({ order, one })),
  )
  const [first] = found
  if (first === undefined || found.length !== fulfilmentOrderIds.length)
    return { refused: 'Fulfillment order does not exist.' }
  const closed = found.find(({ one }) => one.status !== 'OPEN' && one.status !== 'IN_PROGRESS')
  if (closed !== undefined)
    return {
      refused: `Fulfillment order ${closed.one.id} has an unfulfillable status= ${closed.one.status.toLowerCase()}.`,
    }
  if (new Set(found.map(({ one }) => one.locationId)).size > 1)
    return { refused: 'All fulfillment orders must be assigned to the same location.' }
  for (const { one } of found) {
    one.remaining.forEach((_left, line) => one.remaining.set(line, 0))
    one.status = 'CLOSED'
  }
  const { order } = first
  const fulfilment: FakeFulfilment = {
    id: gid('Fulfillment', shop.nextId()),
    ...{ status: 'SUCCESS', displayStatus: 'FULFILLED', ...tracking },
    ...{ locationId: first.one.locationId, deliveredAt: null },
  }
  order.fulfilments.push(fulfilment)
  const isOpen = order.fulfilmentOrders.some(({ status }) => status !== 'CLOSED' && status !== 'CANCELLED')
  order.fulfilment = isOpen ? 'PARTIALLY_FULFILLED' : 'FULFILLED'
  touch(shop, order)
  return { fulfilment, order }
}
