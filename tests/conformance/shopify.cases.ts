import { toDecimalString } from '#core/money/money.ts'
import { shopify } from '#core/connectors/shopify/index.ts'
import type { ConnectorCases } from '#tests/conformance/conformance.ts'
import { loadFixtures } from '#tests/conformance/fixture-files.ts'
import { changeBodies, type Fixture } from '#tests/conformance/fixture.ts'

type OrderBody = Record<string, unknown>
/** What is changed of answers; each has some of it. */
interface Body {
  data: {
    orders?: { nodes: OrderBody[] }
    shop?: { currencyCode: string }
    catalogs?: { nodes: unknown[] }
    nodes?: (ProductBody | null)[]
    /** The rest of its variants. */
    product?: ProductBody
  }
}
interface ProductBody {
  variants?: { nodes: Record<string, unknown>[] }
}

export const shopifyCases: ConnectorCases = {
  connector: shopify,
  settings: { baseUrl: 'https://lantern-row.myshopify.com' },
  fixtures: loadFixtures('shopify'),
  issues: {
    'confirm-shipment.cancelled': 'conflict',
    'confirm-shipment.conflict': 'conflict',
    'confirm-shipment.held': 'conflict',
    'confirm-shipment.lost-answer': 'outcome-unknown',
    'confirm-shipment.not-found': 'not-found',
    'pull-listings.error': 'remote-down',
    'pull-listings.throttled': 'rate-limited',
    'pull-orders.error': 'remote-down',
    'pull-orders.throttled': 'rate-limited',
    'push-listing.locale': 'invalid-input',
    'push-listing.lost-answer': 'outcome-unknown',
    'push-listing.not-found': 'not-found',
    'push-listing.refused': 'invalid-input',
    'push-price.currency': 'invalid-input',
    'push-price.lost-answer': 'outcome-unknown',
    'push-price.market-gone': 'not-found',
    'push-stock.elsewhere': 'conflict',
    'push-stock.lost-answer': 'outcome-unknown',
    'test-connection.scope-missing': 'auth',
  },
  pull: {
    success: 'pull-orders.success',
    empty: 'pull-orders.empty',
    paged: ['pull-orders.paged-1', 'pull-orders.paged-2', 'pull-orders.paged-3'],
    throttled: 'pull-orders.throttled',
    error: 'pull-orders.error',
    small: 'pull-orders.again',
    isInItem: (path) => path[0] === 'data' && path[1] === 'orders' && path[2] === 'nodes' && path.length > 4,
    withStatus: (fixture, raw) =>
      changeOrders(fixture, (order) => ({ ...order, cancelledAt: null, displayFulfillmentStatus: raw })),
    withTotal: (fixture, total) => {
      const shopMoney = { amount: toDecimalString(total), currencyCode: total.currency }
      return changeOrders(fixture, (order) => ({ ...order, currentTotalPriceSet: { shopMoney } }))
    },
  },
  read: {
    success: 'read-orders.success',
    missing: ['gid://shopify/Order/999999'],
    isInItem: (path) => path[0] === 'data' && path[1] === 'nodes' && path.length > 3,
  },
  listings: {
    walk: 'pull-listings.success',
    paged: ['pull-listings.paged-1', 'pull-listings.paged-2', 'pull-listings.paged-3'],
    changed: 'pull-listings.changed',
    empty: 'pull-listings.empty',
    throttled: 'pull-listings.throttled',
    read: 'read-listings.success',
    missing: ['gid://shopify/Product/999999'],
    isInItem: (path) =>
      (path[1] === 'products' && path[2] === 'nodes' && path.length > 4) ||
      (path[1] === 'nodes' && path.length > 3) ||
      (path[1] === 'priceList' && path[5] === 'price'),
    withPrices: (fixture, price) => {
      const amount = toDecimalString(price)
      return changeBodies(fixture, (answer) => {
        const body = answer as Body
        if (body.data.shop !== undefined) {
          body.data.shop.currencyCode = price.currency
          body.data.catalogs = { nodes: [] }
        }
        for (const product of [body.data.product, ...(body.data.nodes ?? [])])
          for (const variant of product?.variants?.nodes ?? []) variant['price'] = amount
      })
    },
  },
  // Shopify has one endpoint: a 404 is about the address.
  statuses: { 404: 'remote-down' },
}

function changeOrders(fixture: Fixture, change: (order: OrderBody) => OrderBody): Fixture {
  return changeBodies(fixture, (body) => {
    const { data } = body as Body
    if (data.orders !== undefined) data.orders.nodes = data.orders.nodes.map(change)
  })
}
