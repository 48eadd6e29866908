import { timeOf, type FakeAccount } from './account-state.ts'
import {
  attributesIn,
  patch,
  settle,
  type FakeElement,
  type FakeIssue,
  type FakeListing,
  type FakePatch,
} from './listings-state.ts'
import { ok, readList, refuse, type FakeAnswer, type FakeRequest, type Route } from './route.ts'

/** A search shows so many, whatever there is. */
const STRETCH = 1_000
const PREVIEW = 'VALIDATION_PREVIEW'

const invalid = (message: string): FakeAnswer => refuse(400, 'InvalidInput', message)
const gone = (sku: string): FakeAnswer => refuse(404, 'NOT_FOUND', `SKU '${sku}' not found in marketplace.`)

/** The marketplace that is answered for: the first, as seen at Amazon. A text where the request cannot be. */
function placeOf(
  account: FakeAccount,
  { parts: [sellerId = ''], query }: FakeRequest,
): string | { fault: string } {
  if (sellerId !== account.sellerId) return { fault: 'Invalid sellerId.' }
  const [marketplaceId = ''] = readList(query, 'marketplaceIds')
  const isOwn = account.marketplaces.some(
    ({ id, isParticipating }) => id === marketplaceId && isParticipating,
  )
  return isOwn ? marketplaceId : { fault: 'Invalid marketplaceIds.' }
}

function showListing(
  listing: FakeListing,
  marketplaceId: string,
  included: ReadonlySet<string>,
): Record<string, unknown> {
  const market = listing.markets.get(marketplaceId)!
  const attributes = attributesIn(listing, marketplaceId)
  const [name] = attributes['item_name'] ?? []
  const offers = (attributes['purchasable_offer'] ?? []).map(showOffer)
  const availability = (attributes['fulfillment_availability'] ?? []).map((each) => ({
    fulfillmentChannelCode: each['fulfillment_channel_code'],
    ...(each['quantity'] === undefined ? {} : { quantity: each['quantity'] }),
  }))
  const all: Record<string, unknown> = {
    summaries: listing.isIndexed
      ? [
          {
            ...{ marketplaceId, asin: listing.asin, productType: listing.productType },
            ...{ conditionType: 'new_new', status: market.status, itemName: name?.['value'] ?? '' },
            ...{ createdDate: timeOf(listing.createdAt), lastUpdatedDate: timeOf(market.updatedAt) },
            mainImage: {
              link: `https://m.media-amazon.com/images/I/${listing.asin}.jpg`,
              height: 500,
              width: 500,
            },
          },
        ]
      : [],
    attributes,
    issues: market.issues.map((each) => ({ ...each, marketplaceIds: [marketplaceId] })),
    offers: offers.map((offer) => ({ marketplaceId, ...offer })),
    fulfillmentAvailability: availability,
    productTypes: [{ marketplaceId, productType: listing.productType }],
  }
  return { sku: listing.sku, ...Object.fromEntries(Object.entries(all).filter(([key]) => included.has(key))) }
}

function showOffer(element: FakeElement): Record<string, unknown> {
  const amount = priceOf(element).toFixed(2)
  return {
    offerType: element['audience'] === 'B2B' ? 'B2B' : 'B2C',
    price: { currencyCode: element['currency'], amount },
    audience: { value: element['audience'] ?? 'ALL' },
  }
}

function priceOf(element: FakeElement): number {
  const [price] = (element['our_price'] ?? []) as { schedule: { value_with_tax: number }[] }[]
  return price?.schedule[0]?.value_with_tax ?? 0
}

const includedIn = (query: URLSearchParams): ReadonlySet<string> => {
  const named = readList(query, 'includedData')
  return new Set(named.length === 0 ? ['summaries'] : named)
}

function search(account: FakeAccount, request: FakeRequest): FakeAnswer {
  settle(account.listings, account.now())
  const place = placeOf(account, request)
  if (typeof place !== 'string') return invalid(place.fault)
  const { query } = request
  const skus = readList(query, 'identifiers')
  if (skus.length > 0 !== query.has('identifiersType')) return invalid('identifiers without identifiersType.')
  const after = Date.parse(query.get('lastUpdatedAfter') ?? '') || 0
  const before = Date.parse(query.get('lastUpdatedBefore') ?? '') || Infinity
  const timed = [...account.listings.bySku.values()].flatMap((listing) => {
    const market = listing.markets.get(place)
    return market === undefined || !listing.isIndexed ? [] : [{ listing, at: market.updatedAt }]
  })
  const found = timed
    .filter(
      ({ listing, at }) => at >= after && at <= before && (skus.length === 0 || skus.includes(listing.sku)),
    )
    .sort((a, b) => b.at - a.at || (a.listing.sku < b.listing.sku ? -1 : 1))
  if (query.get('sortOrder') === 'ASC') found.reverse()
  const size = Number(query.get('pageSize') ?? 10)
  const from = Number(query.get('pageToken') ?? 0)
  const shown = found.slice(0, STRETCH).slice(from, from + size)
  const next = from + shown.length
  return ok({
    numberOfResults: Math.min(found.length, STRETCH),
    ...(next < Math.min(found.length, STRETCH) && { pagination: { nextToken: String(next) } }),
    items: shown.map(({ listing }) => showListing(listing, place, includedIn(query))),
  })
}

function find(
  account: FakeAccount,
  request: FakeRequest,
): { listing: FakeListing; place: string } | FakeAnswer {
  settle(account.listings, account.now())
  const place = placeOf(account, request)
  if (typeof place !== 'string') return invalid(place.fault)
  const sku = request.parts[1] ?? ''
  const listing = account.listings.bySku.get(sku)
  return listing?.markets.has(place) === true ? { listing, place } : gone(sku)
}

function getItem(account: FakeAccount, request: FakeRequest): FakeAnswer {
  const found = find(account, request)
  if ('status' in found) return found
  return ok(showListing(found.listing, found.place, includedIn(request.query)))
}

/** What is wrong with what was submitted, in the style of Amazon's own answers; the limits are made up. */
export function findFaults(patches: readonly FakePatch[]): FakeIssue[] {
  return patches.flatMap(({ path, value = [] }) => {
    const name = path.replace('/attributes/', '')
    const tooLong = name === 'item_name' && value.some((each) => String(each['value']).length > 200)
    const isDear = name === 'purchasable_offer' && value.some((each) => priceOf(each) > 100_000)
    const shouts = name === 'item_name' && value.some((each) => /!!/.test(String(each['value'])))
    const about = { attributeNames: [name], categories: ['INVALID_ATTRIBUTE'] }
    return [
      ...(tooLong
        ? [
            {
              code: '99010',
              message: `'${name}' exceeds the maximum length.`,
              severity: 'ERROR' as const,
              ...about,
            },
          ]
        : []),
      ...(isDear
        ? [{ code: '99022', message: 'The price is too high.', severity: 'ERROR' as const, ...about }]
        : []),
      ...(shouts
        ? [
            {
              code: '100476',
              message: `'${name}' has excess punctuation.`,
              severity: 'WARNING' as const,
              ...about,
            },
          ]
        : []),
    ]
  })
}

function patchItem(account: FakeAccount, request: FakeRequest): FakeAnswer {
  const found = find(account, request)
  // The models have no 404 for it.
  if ('status' in found) return found.status === 404 ? { ...found, status: 400 } : found
  const { listing, place } = found
  const { productType, patches } = request.body as { productType: string; patches: FakePatch[] }
  if (productType !== listing.productType && productType !== 'PRODUCT')
    return invalid(`Invalid productType '${productType}'.`)
  const faults = findFaults(patches)
  const isValid = faults.every(({ severity }) => severity !== 'ERROR')
  const isPreview = request.query.get('mode') === PREVIEW
  const submission = { sku: listing.sku, submissionId: `submission-${account.nextId()}` }
  if (isPreview || !isValid)
    return ok({ ...submission, status: isValid ? 'VALID' : 'INVALID', issues: faults })
  for (const { path } of patches)
    account.listings.effects.push({ sku: listing.sku, marketplaceId: place, path })
  submit(account, listing, place, patches)
  return ok({ ...submission, status: 'ACCEPTED', issues: faults })
}

/** Accepted: carried out a while later. */
function submit(
  account: FakeAccount,
  listing: FakeListing,
  marketplaceId: string,
  patches: readonly FakePatch[],
): void {
  account.listings.pending.push({
    at: account.now() + account.listings.delayMs,
    carryOut: () => apply(account, listing, marketplaceId, patches),
  })
}

export function apply(
  account: FakeAccount,
  listing: FakeListing,
  marketplaceId: string,
  patches: readonly FakePatch[],
): void {
  for (const each of patches) patch(listing, marketplaceId, each)
  const market = listing.markets.get(marketplaceId)
  if (market !== undefined) market.updatedAt = account.now()
}

const ITEM = /^\/listings\/2021-08-01\/items\/([^/]+)\/([^/]+)$/

export const LISTING_ROUTES: readonly Route[] = [
  {
    ...{ name: 'SearchListingsItems', method: 'GET', pattern: /^\/listings\/2021-08-01\/items\/([^/]+)$/ },
    ...{ rate: 5, burst: 5, answer: search },
  },
  { ...{ name: 'GetListingsItem', method: 'GET', pattern: ITEM, rate: 5, burst: 10, answer: getItem } },
  { ...{ name: 'PatchListingsItem', method: 'PATCH', pattern: ITEM, rate: 5, burst: 5, answer: patchItem } },
]
