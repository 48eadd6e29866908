import { ship, type FakeFulfilment, type FakeLine, type FakeOrder, type FakeShop } from './shop-state.ts'

/** The fake shop as Shopify's schema sees it: graphql-js reads these properties and calls these functions. */

interface ListArgs {
  first?: number | null
  after?: string | null
}

const money = (amount: string, currencyCode: string) => ({
  shopMoney: { amount, currencyCode },
  presentmentMoney: { amount, currencyCode },
})

/** A connection over a list; cursors are positions by id, so that a list may change between pages. */
function connection<T extends { id: string }>(list: readonly T[], { first, after }: ListArgs) {
  const start =
    after === null || after === undefined ? 0 : list.findIndex(({ id }) => id === decode(after)) + 1
  const nodes = list.slice(start, start + (first ?? 10))
  const last = nodes.at(-1)
  return {
    nodes,
    edges: nodes.map((node) => ({ node, cursor: encode(node.id) })),
    pageInfo: {
      hasNextPage: start + nodes.length < list.length,
      hasPreviousPage: start > 0,
      startCursor: nodes[0] === undefined ? null : encode(nodes[0].id),
      endCursor: last === undefined ? null : encode(last.id),
    },
  }
}

const encode = (text: string): string => Buffer.from(text).toString('base64')
const decode = (text: string): string => Buffer.from(text, 'base64').toString('utf8')

function showLine(line: FakeLine, currency: string) {
  return {
    ...line,
    discountedUnitPriceAfterAllDiscountsSet: money(line.unitPrice, currency),
    taxLines: () => (line.tax === undefined ? [] : [{ title: 'VAT', priceSet: money(line.tax, currency) }]),
  }
}

function showFulfilment(one: FakeFulfilment) {
  return {
    ...one,
    __typename: 'Fulfillment',
    trackingInfo: () => [{ company: one.company, number: one.number, url: null }],
    location: { id: one.locationId },
  }
}

export function showOrder(order: FakeOrder) {
  return {
    __typename: 'Order',
    ...{ id: order.id, name: order.name, createdAt: order.createdAt, updatedAt: order.updatedAt },
    ...{ cancelledAt: order.cancelledAt, email: order.email, taxesIncluded: order.taxesIncluded },
    displayFinancialStatus: order.financial,
    displayFulfillmentStatus: order.fulfilment,
    requiresShipping: order.requiresShipping,
    currentTotalPriceSet: money(order.total, order.currency),
    shippingAddress: order.address,
    billingAddress: order.address,
    lineItems: (args: ListArgs) =>
      connection(
        order.lines.map((line) => showLine(line, order.currency)),
        args,
      ),
    fulfillments: ({ first }: ListArgs) => order.fulfilments.slice(0, first ?? undefined).map(showFulfilment),
    fulfillmentOrders: (args: ListArgs) =>
      connection(
        order.fulfilmentOrders.map((one) => ({
          ...one,
          assignedLocation: { location: { id: one.locationId }, name: 'Warehouse' },
          lineItems: (lineArgs: ListArgs) =>
            connection(
              [...one.remaining].map(([line, remainingQuantity]) => ({
                id: line.replace('LineItem', 'FulfillmentOrderLineItem'),
                remainingQuantity,
              })),
              lineArgs,
            ),
        })),
        args,
      ),
  }
}

/** `updated_at:>='2026-…'`, all that this connector asks by. */
function readSince(query: string | null | undefined): number {
  if (query === null || query === undefined) return -Infinity
  const found = /^updated_at:>='([^']+)'$/.exec(query)
  if (found === null) throw new Error(`the fake does not know the search ${query}`)
  return Date.parse(found[1] ?? '')
}

interface FulfilmentInput {
  lineItemsByFulfillmentOrder: { fulfillmentOrderId: string; fulfillmentOrderLineItems?: unknown[] }[]
  trackingInfo?: { company?: string; number?: string }
}

export function rootOf(shop: FakeShop) {
  const byChange = (): FakeOrder[] =>
    [...shop.orders.values()].sort(
      (a, b) =>
        Date.parse(a.updatedAt) - Date.parse(b.updatedAt) ||
        a.id.localeCompare(b.id, 'en', { numeric: true }),
    )
  return {
    shop: { name: shop.name, myshopifyDomain: shop.domain },
    currentAppInstallation: { accessScopes: shop.scopes.map((handle) => ({ handle })) },
    orders: ({ query, ...args }: ListArgs & { query?: string | null }) => {
      const since = readSince(query)
      return connection(
        byChange()
          .filter(({ updatedAt }) => Date.parse(updatedAt) >= since)
          .map(showOrder),
        args,
      )
    },
    order: ({ id }: { id: string }) => showIf(shop.orders.get(id)),
    nodes: ({ ids }: { ids: string[] }) => ids.map((id) => showIf(shop.orders.get(id))),
    fulfillmentCreate: ({ fulfillment }: { fulfillment: FulfilmentInput }) => {
      const ids = fulfillment.lineItemsByFulfillmentOrder.map(({ fulfillmentOrderId }) => fulfillmentOrderId)
      const { company = '', number = '' } = fulfillment.trackingInfo ?? {}
      const done = ship(shop, ids, { company, number })
      return 'refused' in done
        ? { fulfillment: null, userErrors: [{ field: ['fulfillment'], message: done.refused }] }
        : { fulfillment: showFulfilment(done.fulfilment), userErrors: [] }
    },
  }
}

const showIf = (order: FakeOrder | undefined) => (order === undefined ? null : showOrder(order))
