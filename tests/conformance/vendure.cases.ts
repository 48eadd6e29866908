import { exponentOf } from '#core/money/currencies.ts'
import { vendure } from '#core/connectors/vendure/index.ts'
import type { ConnectorCases } from '#tests/conformance/conformance.ts'
import { loadFixtures } from '#tests/conformance/fixture-files.ts'
import type { Exchange, Fixture } from '#tests/conformance/fixture.ts'

type OrderBody = Record<string, unknown> & { lines: Record<string, unknown>[] }
type OfferBody = Record<string, unknown>
type ListingPageBody = {
  data: {
    products: { items: { variants: OfferBody[] }[] }
    globalSettings: { serverConfig: { moneyStrategyPrecision: number } }
  }
}
type PageBody = {
  data: {
    orders: { items: OrderBody[] }
    globalSettings: { serverConfig: { moneyStrategyPrecision: number } }
  }
}

/** Enough digits for every currency at once, as a shop that sells in dinars sets it. */
const PRECISION = 3

const isInItem = (path: readonly string[]): boolean =>
  path[0] === 'data' && path[1] === 'orders' && path[2] === 'items' && path.length > 3

export const vendureCases: ConnectorCases = {
  connector: vendure,
  settings: { baseUrl: 'https://shop.example.com', username: 'seller' },
  fixtures: loadFixtures('vendure'),
  issues: {
    'cancel-order.lost-answer': 'outcome-unknown',
    'cancel-order.not-found': 'not-found',
    'cancel-order.shipped': 'conflict',
    'confirm-shipment.already-fulfilled': 'conflict',
    'confirm-shipment.cancelled': 'conflict',
    'confirm-shipment.conflict': 'conflict',
    'confirm-shipment.lost-answer': 'outcome-unknown',
    'confirm-shipment.not-found': 'not-found',
    'note-order.lost-answer': 'outcome-unknown',
    'note-order.not-found': 'not-found',
    'pull-listings.error': 'remote-down',
    'pull-listings.throttled': 'rate-limited',
    'pull-orders.error': 'remote-down',
    'pull-orders.throttled': 'rate-limited',
    'push-listing.lost-answer': 'outcome-unknown',
    'push-listing.not-found': 'not-found',
    'push-listing.refused': 'invalid-input',
    'push-price.digits': 'invalid-input',
    'push-price.lost-answer': 'outcome-unknown',
    'push-price.refused': 'invalid-input',
    'push-stock.elsewhere': 'conflict',
    'push-stock.lost-answer': 'outcome-unknown',
  },
  pull: {
    success: 'pull-orders.success',
    empty: 'pull-orders.empty',
    paged: ['pull-orders.paged-1', 'pull-orders.paged-2', 'pull-orders.paged-3', 'pull-orders.paged-4'],
    sweep: 'pull-orders.paged-3',
    throttled: 'pull-orders.throttled',
    error: 'pull-orders.error',
    small: 'pull-orders.again',
    isInItem,
    withStatus: (fixture, raw) => changeOrders(fixture, (order) => ({ ...order, state: raw })),
    withTotal: (fixture, { minor, currency }) => {
      const totalWithTax = minor * 10 ** (PRECISION - exponentOf(currency))
      return changeOrders(fixture, (order) => ({ ...order, currencyCode: currency, totalWithTax }), PRECISION)
    },
  },
  read: { success: 'read-orders.success', missing: ['999999'], isInItem },
  listings: {
    walk: 'pull-listings.success',
    paged: ['pull-listings.paged-1', 'pull-listings.paged-2', 'pull-listings.paged-3'],
    changed: 'pull-listings.changed',
    empty: 'pull-listings.empty',
    throttled: 'pull-listings.throttled',
    read: 'read-listings.success',
    missing: ['8', '999999'],
    isInItem: (path) =>
      path[0] === 'data' && path[1] === 'products' && path[2] === 'items' && path.length > 3,
    withPrices: (fixture, { minor, currency }) => {
      const price = minor * 10 ** (PRECISION - exponentOf(currency))
      return changeListings(fixture, (variant) => ({
        ...variant,
        prices: [{ currencyCode: currency, price }],
      }))
    },
  },
  // Vendure has one endpoint: a 404 is about the address.
  statuses: { 404: 'remote-down' },
}

/** Every fixture of a connector that is about operations; runs that end in sign-in are the runtime's to test. */
function changeOrders(
  fixture: Fixture,
  change: (order: OrderBody) => OrderBody,
  precision?: number,
): Fixture {
  const exchanges = fixture.exchanges.map((exchange): Exchange => {
    if (exchange.name !== 'PullOrders' || exchange.response.kind !== 'answer') return exchange
    const body = structuredClone(exchange.response.body) as PageBody
    body.data.orders.items = body.data.orders.items.map(change)
    if (precision !== undefined) body.data.globalSettings.serverConfig.moneyStrategyPrecision = precision
    return { ...exchange, response: { ...exchange.response, body } }
  })
  return { ...fixture, exchanges }
}

function changeListings(fixture: Fixture, change: (variant: OfferBody) => OfferBody): Fixture {
  const exchanges = fixture.exchanges.map((exchange): Exchange => {
    if (exchange.name !== 'ReadListings' || exchange.response.kind !== 'answer') return exchange
    const body = structuredClone(exchange.response.body) as ListingPageBody
    for (const item of body.data.products.items) item.variants = item.variants.map(change)
    body.data.globalSettings.serverConfig.moneyStrategyPrecision = PRECISION
    return { ...exchange, response: { ...exchange.response, body } }
  })
  return { ...fixture, exchanges }
}
