import { toDecimalString } from '#core/money/money.ts'
import { shopify } from '#core/connectors/shopify/index.ts'
import type { ConnectorCases } from '#tests/conformance/conformance.ts'
import { loadFixtures } from '#tests/conformance/fixture-files.ts'
import type { Exchange, Fixture } from '#tests/conformance/fixture.ts'

type OrderBody = Record<string, unknown>
type PageBody = { data: { orders: { nodes: OrderBody[] } } }

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
    'pull-orders.error': 'remote-down',
    'pull-orders.throttled': 'rate-limited',
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
  // Shopify has one endpoint: a 404 is about the address.
  statuses: { 404: 'remote-down' },
}

function changeOrders(fixture: Fixture, change: (order: OrderBody) => OrderBody): Fixture {
  const exchanges = fixture.exchanges.map((exchange): Exchange => {
    if (exchange.name !== 'PullOrders' || exchange.response.kind !== 'answer') return exchange
    const body = structuredClone(exchange.response.body) as PageBody
    body.data.orders.nodes = body.data.orders.nodes.map(change)
    return { ...exchange, response: { ...exchange.response, body } }
  })
  return { ...fixture, exchanges }
}
