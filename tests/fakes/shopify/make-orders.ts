import {
  gid,
  timeOf,
  type FakeFulfilmentOrder,
  type FakeLine,
  type FakeOrder,
  type FakeShop,
} from './shop-state.ts'

export interface OrderFacts {
  currency?: string
  total?: string
  presented?: FakeOrder['presented']
  tax?: string
  shipping?: FakeOrder['shipping']
  lines?: (Omit<FakeLine, 'id' | 'currentQuantity'> & { currentQuantity?: number })[]
  financial?: string
  fulfilment?: string
  address?: FakeOrder['address']
  /** One fulfilment order each, lines spread over them. */
  locations?: number
  held?: boolean
  cancelled?: boolean
  requiresShipping?: boolean
  taxesIncluded?: boolean
  fulfillBy?: number
}

const ADDRESS = {
  ...{ name: 'Tamsin Tamarack', company: null, address1: '12 Harbour Street', address2: null },
  ...{ city: 'Bristol', province: 'England', provinceCode: 'ENG', zip: 'BS1 5TY', countryCodeV2: 'GB' },
  phone: '+44 117 496 0000',
}
const LINES = [{ sku: 'MUG-01', name: 'Stoneware mug', quantity: 2, unitPrice: '12.5' }]

/** Puts an order into the shop, as a buyer would at this moment. */
export function placeOrder(shop: FakeShop, facts: OrderFacts = {}): FakeOrder {
  const n = shop.nextId()
  const at = timeOf(shop.now())
  const lines = (facts.lines ?? LINES).map((line): FakeLine => ({
    id: gid('LineItem', shop.nextId()),
    currentQuantity: line.quantity,
    ...line,
  }))
  const order: FakeOrder = {
    ...{ id: gid('Order', n), name: `#${n}`, createdAt: at, updatedAt: at, email: `buyer.${n}@example.com` },
    cancelledAt: facts.cancelled === true ? at : null,
    financial: facts.financial ?? 'PAID',
    fulfilment: facts.fulfilment ?? (facts.held === true ? 'ON_HOLD' : 'UNFULFILLED'),
    requiresShipping: facts.requiresShipping ?? true,
    taxesIncluded: facts.taxesIncluded ?? true,
    total: facts.total ?? '25.0',
    currency: facts.currency ?? 'GBP',
    ...{ presented: facts.presented, tax: facts.tax ?? '0.0', shipping: facts.shipping ?? [] },
    address: facts.address === undefined ? ADDRESS : facts.address,
    ...{ lines, fulfilments: [], fulfilmentOrders: spread(shop, lines, facts) },
  }
  shop.orders.set(order.id, order)
  return order
}

function spread(shop: FakeShop, lines: readonly FakeLine[], facts: OrderFacts): FakeFulfilmentOrder[] {
  const count = facts.locations ?? 1
  return Array.from({ length: count }, (_, place) => ({
    id: gid('FulfillmentOrder', shop.nextId()),
    status: facts.held === true ? 'ON_HOLD' : facts.cancelled === true ? 'CANCELLED' : 'OPEN',
    locationId: gid('Location', place + 1),
    fulfillBy: facts.fulfillBy === undefined ? null : timeOf(facts.fulfillBy),
    remaining: new Map(
      lines.filter((_line, at) => at % count === place).map(({ id, quantity }) => [id, quantity]),
    ),
  }))
}
