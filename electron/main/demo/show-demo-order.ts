import { isCart, type DemoFulfillment, type DemoOrder, type DemoOrderLine } from '#main/demo/demo-orders.ts'
import { wholeSecond } from '#main/demo/list-demo-orders.ts'

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

export function showOrder(order: DemoOrder, locale: string) {
  const cancelled = order.state === 'Cancelled'
  // Cancelling takes the goods out of the total and leaves the shipping in.
  const goods = cancelled
    ? 0
    : order.lines.reduce((sum, line) => sum + line.unitPriceWithTax * line.quantity, 0)
  const { buyer } = order
  const [firstName = '', ...rest] = buyer.fullName.split(' ')
  return {
    ...order,
    active: isCart(order),
    createdAt: iso(wholeSecond(order.orderPlacedAt)),
    orderPlacedAt: isCart(order) ? null : iso(order.orderPlacedAt),
    updatedAt: iso(wholeSecond(order.updatedAt)),
    total: goods + order.shippingWithTax,
    totalWithTax: goods + order.shippingWithTax,
    subTotalWithTax: goods,
    customer: { id: order.id, firstName, lastName: rest.join(' '), emailAddress: buyer.email },
    shippingAddress: { ...buyer, country: buyer.countryCode },
    fulfillments: order.fulfillments.map(showFulfillment),
    lines: order.lines.map((line) => showLine(order, line, locale)),
  }
}

function showLine(order: DemoOrder, line: DemoOrderLine, locale: string) {
  const quantity = order.state === 'Cancelled' ? 0 : line.quantity
  return {
    ...line,
    quantity,
    orderPlacedQuantity: line.quantity,
    unitPrice: line.unitPriceWithTax,
    proratedUnitPriceWithTax: line.unitPriceWithTax,
    discountedUnitPriceWithTax: line.unitPriceWithTax,
    linePriceWithTax: line.unitPriceWithTax * quantity,
    productVariant: { id: line.sku, sku: line.sku, name: line.name, languageCode: locale },
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
