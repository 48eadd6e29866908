import { toDecimalString } from '#core/money/money.ts'
import { amazon } from '#core/connectors/amazon/index.ts'
import type { ConnectorCases } from '#tests/conformance/conformance.ts'
import { loadFixtures } from '#tests/conformance/fixture-files.ts'
import { changeBodies, type Exchange, type Fixture } from '#tests/conformance/fixture.ts'

type OrderBody = Record<string, unknown>
type PageBody = { orders: OrderBody[] }
type ItemBody = { attributes: Record<string, unknown>; offers: unknown[] }

export const amazonCases: ConnectorCases = {
  connector: amazon,
  settings: {
    ...{ region: 'eu', clientId: 'amzn1.application-oa2-client.1' },
    ...{ sellerId: 'A2LANTERNROW01', marketplaces: 'DE, GB' },
  },
  fixtures: loadFixtures('amazon'),
  issues: {
    'confirm-shipment.by-amazon': 'conflict',
    'confirm-shipment.cancelled': 'conflict',
    'confirm-shipment.conflict': 'conflict',
    'confirm-shipment.lost-answer': 'outcome-unknown',
    'confirm-shipment.not-found': 'not-found',
    'confirm-shipment.unpaid': 'conflict',
    'pull-listings.throttled': 'rate-limited',
    'pull-listing-rules.gone': 'remote-down',
    'pull-listing-rules.not-found': 'not-found',
    'pull-listing-rules.unknown': 'invalid-input',
    'push-listing.lost-answer': 'outcome-unknown',
    'push-listing.not-found': 'not-found',
    'push-listing.refused': 'invalid-input',
    'push-price.currency': 'invalid-input',
    'push-price.lost-answer': 'outcome-unknown',
    'push-prices.lost-answer': 'outcome-unknown',
    'push-stock.lost-answer': 'outcome-unknown',
    'pull-orders.error': 'remote-down',
    'pull-orders.throttled': 'rate-limited',
    'test-connection.role-missing': 'auth',
    'test-connection.wrong-region': 'auth',
  },
  pull: {
    success: 'pull-orders.success',
    empty: 'pull-orders.empty',
    paged: ['pull-orders.paged-1', 'pull-orders.paged-2', 'pull-orders.paged-3'],
    throttled: 'pull-orders.throttled',
    error: 'pull-orders.error',
    small: 'pull-orders.again',
    isInItem: (path) => path[0] === 'orders' && path.length > 2,
    withStatus: (fixture, raw) =>
      changeOrders(fixture, (order) => ({ ...order, fulfillment: { fulfillmentStatus: raw } })),
    withTotal: (fixture, total) => {
      const grandTotal = { amount: toDecimalString(total), currencyCode: total.currency }
      return changeOrders(fixture, (order) => ({ ...order, proceeds: { grandTotal } }))
    },
  },
  read: {
    success: 'read-orders.success',
    missing: ['302-9999999-9999999'],
    isInItem: (path) => path[0] === 'order' && path.length > 1,
  },
  rules: {
    success: 'pull-listing-rules.success',
    unchanged: 'pull-listing-rules.unchanged',
    title: { locale: 'de-DE', kept: 'Becher', broken: 'x'.repeat(201), code: 'too-long' },
  },
  listings: {
    walk: 'pull-listings.success',
    paged: ['pull-listings.paged-1', 'pull-listings.paged-2'],
    changed: 'pull-listings.changed',
    empty: 'pull-listings.empty',
    throttled: 'pull-listings.throttled',
    read: 'read-listings.success',
    missing: ['NONE-99'],
    isInItem: (path) =>
      path[0] === 'items'
        ? path.length > 2
        : !['numberOfResults', 'pagination', 'errors'].includes(path[0] ?? ''),
    withPrices: (fixture, price) =>
      changeItems(fixture, (item) => ({
        ...item,
        attributes: { ...item.attributes, purchasable_offer: [] },
        offers: [
          {
            ...{ marketplaceId: 'A1PA6795UKMFR9', offerType: 'B2C' },
            price: { amount: toDecimalString(price), currencyCode: price.currency },
          },
        ],
      })),
  },
}

function changeItems(fixture: Fixture, change: (item: ItemBody) => ItemBody): Fixture {
  const exchanges = fixture.exchanges.map((exchange): Exchange => {
    const { response } = exchange
    if (exchange.name !== 'GetListingsItem' || response.kind !== 'answer' || response.status !== 200)
      return exchange
    return { ...exchange, response: { ...response, body: change(response.body as ItemBody) } }
  })
  return { ...fixture, exchanges }
}

function changeOrders(fixture: Fixture, change: (order: OrderBody) => OrderBody): Fixture {
  return changeBodies(fixture, (body) => {
    const page = body as PageBody
    page.orders = page.orders.map(change)
  })
}
