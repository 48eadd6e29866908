import { catalogueRoot, showProduct } from './catalogue-resolvers.ts'
import { catalogueWrites } from './catalogue-writes.ts'
import { changedSince, connection, readSince, type ListArgs } from './connection.ts'
import {
  ship,
  type FakeFulfilment,
  type FakeLine,
  type FakeOrder,
  type FakeShipping,
  type FakeShop,
} from './shop-state.ts'

/** The fake shop as Shopify's schema sees it: graphql-js reads these properties and calls these functions. */

const money = (amount: string, currencyCode: string) => ({
  shopMoney: { amount, currencyCode },
  presentmentMoney: { amount, currencyCode },
})

function showLine(line: FakeLine, currency: string) {
  return {
    ...line,
    originalUnitPriceSet: money(beforeDiscount(line), currency),
    discountedUnitPriceAfterAllDiscountsSet: money(line.unitPrice, currency),
    discountAllocations:
      line.discount === undefined ? [] : [{ allocatedAmountSet: money(line.discount, currency) }],
    taxLines: () => (line.tax === undefined ? [] : [{ title: 'VAT', priceSet: money(line.tax, currency) }]),
  }
}

/** Two decimals are enough for what tests order. */
function beforeDiscount({ unitPrice, discount, quantity }: FakeLine): string {
  return discount === undefined ? unitPrice : (Number(unitPrice) + Number(discount) / quantity).toFixed(2)
}

function showShipping(one: FakeShipping, at: number, currency: string) {
  return {
    ...{ id: `gid://shopify/ShippingLine/${at + 1}`, title: 'Post' },
    originalPriceSet: money(one.original, currency),
    discountedPriceSet: money(one.discounted, currency),
    currentDiscountedPriceSet: money(one.current, currency),
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
    currentTotalPriceSet: {
      ...money(order.total, order.currency),
      presentmentMoney: {
        amount: order.presented?.total ?? order.total,
        currencyCode: order.presented?.currency ?? order.currency,
      },
    },
    currentTotalTaxSet: money(order.tax, order.currency),
    shippingLines: (args: ListArgs) =>
      connection(
        order.shipping.map((one, at) => showShipping(one, at, order.currency)),
        args,
      ),
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

interface FulfilmentInput {
  lineItemsByFulfillmentOrder: { fulfillmentOrderId: string; fulfillmentOrderLineItems?: unknown[] }[]
  trackingInfo?: { company?: string; number?: string }
}

export function rootOf(shop: FakeShop): Record<string, unknown> {
  return {
    ...catalogueRoot(shop),
    ...catalogueWrites(shop),
    shop: { name: shop.name, myshopifyDomain: shop.domain, currencyCode: shop.catalogue.currency },
    currentAppInstallation: { accessScopes: shop.scopes.map((handle) => ({ handle })) },
    orders: ({ query, reverse, ...args }: ListArgs & { query?: string | null; reverse?: boolean }) => {
      const since = changedSince(shop.orders.values(), readSince(query))
      return connection(reverse === true ? since.reverse() : since, args, showOrder)
    },
    order: ({ id }: { id: string }) => showIf(shop.orders.get(id)),
    nodes: ({ ids }: { ids: string[] }) =>
      ids.map((id) => {
        const product = shop.catalogue.products.get(id)
        return product === undefined ? showIf(shop.orders.get(id)) : showProduct(product)
      }),
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
