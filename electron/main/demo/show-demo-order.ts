import {
  isCart,
  liveQuantity,
  type DemoFulfillment,
  type DemoHistoryEntry,
  type DemoOrder,
  type DemoOrderLine,
} from '#main/demo/demo-orders.ts'
import { findSoldVariant, type DemoListing } from '#main/demo/demo-listings.ts'
import { listDemoHistory, wholeSecond } from '#main/demo/list-demo-orders.ts'
import type { ListOptions } from '#main/demo/page-demo-list.ts'
import { showVariant, type Showing } from '#main/demo/show-demo-listing.ts'

/** A demo shop's records in the shape of Vendure's admin API. */

/** States a fulfillment can be moved to; the real server lists them as `nextStates`. */
export const NEXT_STATES: Readonly<Record<string, readonly string[]>> = {
  Pending: ['Shipped', 'Delivered', 'Cancelled'],
  Shipped: ['Delivered', 'Cancelled'],
  Delivered: ['Cancelled'],
  Cancelled: [],
}

export function showFulfillment(one: DemoFulfillment) {
  const lines = one.lines.map((line) => ({ ...line, fulfillmentId: one.id }))
  return { __typename: 'Fulfillment', ...one, lines, nextStates: NEXT_STATES[one.state] ?? [] }
}

/** `listings`: a line names its variant also when the product is gone. */
export function showOrder(order: DemoOrder, listings: readonly DemoListing[], showing: Showing) {
  // Cancelling takes the goods out of the total, and leaves the shipping in unless it is asked to.
  const goods = order.lines.reduce((sum, line) => sum + line.unitPriceWithTax * liveQuantity(order, line), 0)
  const shipping = order.shippingCancelled === true ? 0 : order.shippingWithTax
  const { buyer } = order
  const [firstName = '', ...rest] = buyer.fullName.split(' ')
  return {
    ...order,
    active: isCart(order),
    createdAt: iso(wholeSecond(order.orderPlacedAt)),
    orderPlacedAt: isCart(order) ? null : iso(order.orderPlacedAt),
    updatedAt: iso(wholeSecond(order.updatedAt)),
    total: goods + shipping,
    totalWithTax: goods + shipping,
    subTotalWithTax: goods,
    shippingWithTax: shipping,
    nextStates: order.state === 'Cancelled' ? [] : ['Cancelled'],
    history: ({ options }: { options?: ListOptions | null }) => {
      const { items, totalItems } = listDemoHistory(order, options ?? {})
      return { totalItems, items: items.map(showEntry) }
    },
    customer: { id: order.id, firstName, lastName: rest.join(' '), emailAddress: buyer.email },
    shippingAddress: { ...buyer, country: buyer.countryCode },
    fulfillments: order.fulfillments.map(showFulfillment),
    lines: order.lines.map((line) => showLine(order, line, listings, showing)),
  }
}

export function showEntry(entry: DemoHistoryEntry) {
  const administrator = { id: '1', firstName: 'Demo', lastName: 'Shop', emailAddress: 'desk@example.com' }
  const { createdAt, updatedAt } = entry
  const times = { createdAt: iso(wholeSecond(createdAt)), updatedAt: iso(wholeSecond(updatedAt)) }
  return { ...entry, ...times, administrator }
}

function showLine(order: DemoOrder, line: DemoOrderLine, listings: readonly DemoListing[], showing: Showing) {
  const quantity = liveQuantity(order, line)
  return {
    ...line,
    quantity,
    orderPlacedQuantity: line.quantity,
    unitPrice: line.unitPriceWithTax,
    proratedUnitPriceWithTax: line.unitPriceWithTax,
    discountedUnitPriceWithTax: line.unitPriceWithTax,
    linePriceWithTax: line.unitPriceWithTax * quantity,
    productVariant: () => {
      const found = findSoldVariant(listings, line.sku)
      // A shop changes its goods and their numbers; the line keeps what was bought.
      const known = found === null ? { id: line.sku } : showVariant(found, showing)
      return { ...known, sku: line.sku, name: line.name, languageCode: showing.locale }
    },
    fulfillmentLines: order.fulfillments.flatMap((one) =>
      one.lines
        .filter((part) => part.orderLineId === line.id)
        .map((part) => ({ ...part, fulfillmentId: one.id })),
    ),
  }
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
