import { confirm, timeOf, type FakeAccount, type FakeOrder } from './account-state.ts'
import { ok, readList, refuse, type FakeAnswer, type FakeRequest, type Route } from './route.ts'
import { showOrder } from './show-order.ts'

const BEFORE_LIMIT_MS = 120_000
const TOKEN_LIFE_MS = 86_400_000

const invalid = (details: string): FakeAnswer =>
  refuse(
    400,
    'InvalidInput',
    'The input you have submitted is not valid. Please check your input and try again.',
    details,
  )

/** A token is the place after the orders that were shown, and when it was given. */
const writeToken = (place: { after: number; at: number }): string =>
  Buffer.from(JSON.stringify(place)).toString('base64url')

function readToken(token: string): { after: number; at: number } | null {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as { after: number; at: number }
  } catch {
    return null
  }
}

/** What the models say in words only. */
function findFault(query: URLSearchParams, now: number): string | null {
  const [created, updated] = [query.get('createdAfter'), query.get('lastUpdatedAfter')]
  if ((created === null) === (updated === null)) return 'Exactly one of createdAfter and lastUpdatedAfter.'
  if (updated !== null && query.has('createdBefore')) return 'createdBefore with lastUpdatedAfter.'
  if (created !== null && query.has('lastUpdatedBefore')) return 'lastUpdatedBefore with createdAfter.'
  const after = Date.parse(created ?? updated ?? '')
  const before = query.get('createdBefore') ?? query.get('lastUpdatedBefore')
  if (before !== null && Date.parse(before) < after) return 'The end is before the beginning.'
  if (before !== null && Date.parse(before) > now - BEFORE_LIMIT_MS) return 'Before must be two minutes ago.'
  return null
}

function searchOrders(account: FakeAccount, { query }: FakeRequest): FakeAnswer {
  const now = account.now()
  const fault = findFault(query, now)
  if (fault !== null) return invalid(fault)
  const token = query.get('paginationToken')
  const place = token === null ? { after: 0, at: now } : readToken(token)
  if (place === null || now - place.at > TOKEN_LIFE_MS) return invalid('paginationToken')
  const before =
    Date.parse(query.get('lastUpdatedBefore') ?? query.get('createdBefore') ?? '') ||
    place.at - BEFORE_LIMIT_MS
  const found = [...account.orders.values()].filter((order) => isWanted(order, query, before))
  const size = Number(query.get('maxResultsPerPage') ?? 100)
  if (size < 1 || size > 100) return invalid('maxResultsPerPage')
  const shown = found.slice(place.after, place.after + size)
  const after = place.after + shown.length
  return ok({
    orders: shown.map((order) =>
      showOrder(order, account.marketplaces, new Set(readList(query, 'includedData'))),
    ),
    ...(after < found.length && { pagination: { nextToken: writeToken({ after, at: place.at }) } }),
    lastUpdatedBefore: timeOf(before),
  })
}

function isWanted(order: FakeOrder, query: URLSearchParams, before: number): boolean {
  const { [query.has('createdAfter') ? 'createdAt' : 'updatedAt']: at } = order
  const after = Date.parse(query.get('createdAfter') ?? query.get('lastUpdatedAfter') ?? '')
  const allows = (name: string, value: string): boolean => {
    const list = readList(query, name)
    return list.length === 0 || list.includes(value)
  }
  return (
    at >= after &&
    at <= before &&
    allows('marketplaceIds', order.marketplaceId) &&
    allows('fulfillmentStatuses', order.status) &&
    allows('fulfilledBy', order.fulfilledBy)
  )
}

function getOrder(account: FakeAccount, { parts: [id = ''], query }: FakeRequest): FakeAnswer {
  const order = account.orders.get(id)
  if (order === undefined) return refuse(404, 'NotFound', 'The requested order does not exist.')
  return ok({ order: showOrder(order, account.marketplaces, new Set(readList(query, 'includedData'))) })
}

interface ConfirmBody {
  marketplaceId: string
  packageDetail: {
    packageReferenceId: string
    carrierCode: string
    carrierName?: string
    trackingNumber: string
    shipDate: string
    orderItems: { orderItemId: string; quantity: number }[]
  }
}

function confirmShipment(account: FakeAccount, { parts: [id = ''], body }: FakeRequest): FakeAnswer {
  const order = account.orders.get(id)
  if (order === undefined) return refuse(404, 'NotFound', 'The requested order does not exist.')
  const { marketplaceId, packageDetail } = body as ConfirmBody
  if (marketplaceId !== order.marketplaceId) return refuse(400, 'InvalidInput', 'Invalid marketplaceId.')
  if (packageDetail.carrierCode === 'Other' && (packageDetail.carrierName ?? '') === '')
    return refuse(400, 'InvalidInput', 'CarrierName is required when carrierCode is Other.')
  if (Date.parse(packageDetail.shipDate) < order.createdAt)
    return refuse(400, 'InvalidInput', 'The ship date is before the order.')
  const refused = confirm(account, order, {
    ...{ packageReferenceId: packageDetail.packageReferenceId, trackingNumber: packageDetail.trackingNumber },
    carrier:
      packageDetail.carrierCode === 'Other' ? (packageDetail.carrierName ?? '') : packageDetail.carrierCode,
    ...{ shipDate: packageDetail.shipDate, items: packageDetail.orderItems },
  })
  return refused === null ? { status: 204 } : refuse(400, 'InvalidInput', refused)
}

function participations({ marketplaces, storeName }: FakeAccount): FakeAnswer {
  return ok({
    payload: marketplaces.map(({ id, country, name, currency, isParticipating }) => ({
      marketplace: {
        ...{ id, countryCode: country, name, defaultCurrencyCode: currency },
        ...{ defaultLanguageCode: 'de_DE', domainName: `www.${name.toLowerCase()}` },
      },
      storeName,
      participation: { isParticipating, hasSuspendedListings: false },
    })),
  })
}

export const ORDER_ROUTES: readonly Route[] = [
  {
    ...{ name: 'SearchOrders', method: 'GET', pattern: /^\/orders\/2026-01-01\/orders$/ },
    ...{ rate: 0.0056, burst: 20, answer: searchOrders },
  },
  {
    ...{ name: 'GetOrder', method: 'GET', pattern: /^\/orders\/2026-01-01\/orders\/([^/]+)$/ },
    ...{ rate: 0.5, burst: 30, answer: getOrder },
  },
  {
    ...{
      name: 'ConfirmShipment',
      method: 'POST',
      pattern: /^\/orders\/v0\/orders\/([^/]+)\/shipmentConfirmation$/,
    },
    ...{ rate: 2, burst: 10, answer: confirmShipment },
  },
  {
    ...{
      name: 'GetMarketplaceParticipations',
      method: 'GET',
      pattern: /^\/sellers\/v1\/marketplaceParticipations$/,
    },
    ...{ rate: 0.016, burst: 15, answer: participations },
  },
]
