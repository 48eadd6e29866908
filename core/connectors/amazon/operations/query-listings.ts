import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { OpContext, Settings, Step } from '#core/connectors/_kit/operation.ts'
import { parseWith, readField } from '#core/connectors/_kit/parse-items.ts'
import { callAmazon } from '#core/connectors/amazon/api.ts'
import { LISTING_DATA, listingWireSchema, type ListingWire } from '#core/connectors/amazon/listing-wire.ts'
import { placeIn, type Placed } from '#core/connectors/amazon/mapping/texts.ts'
import type { Marketplace } from '#core/connectors/amazon/marketplaces.ts'
import { readSettings } from '#core/connectors/amazon/settings.ts'

export interface Seller {
  /** Begins every path of listings. */
  path: string
  /** Never empty; the first counts the pieces and names the language. */
  marketplaces: [Marketplace, ...Marketplace[]]
}

/** Amazon's limit for a page, and for SKUs that are asked for at once. */
export const MOST_AT_ONCE = 20

/** Whose listings they are, and where. Orders do without: so it may be missing. Issue `invalid-input.missing` with its field. */
export function readSeller(settings: Settings): Result<Seller> {
  const account = readSettings(settings)
  if (!account.ok) return account
  const { sellerId } = account.value
  const [first, ...others] = account.value.marketplaces
  if (sellerId === '') return err(issue('invalid-input', { reason: 'missing', field: 'sellerId' }))
  if (first === undefined) return err(issue('invalid-input', { reason: 'missing', field: 'marketplaces' }))
  const path = `/listings/2021-08-01/items/${encodeURIComponent(sellerId)}`
  return ok({ path, marketplaces: [first, ...others] })
}

type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>

export interface SearchPage {
  /** Listings not parsed yet. */
  raw: unknown[]
  next: string | null
}

/** A page of a seller's listings in one marketplace. */
export function* searchListings(
  marketplace: Marketplace,
  query: Query,
  context: OpContext,
): Step<SearchPage> {
  const seller = readSeller(context.settings)
  if (!seller.ok) return seller
  const answer = yield* callAmazon(
    {
      ...{ name: 'SearchListingsItems', method: 'GET', path: seller.value.path, effect: 'read' },
      query: { marketplaceIds: [marketplace.id], includedData: LISTING_DATA, ...query },
    },
    context,
  )
  if (!answer.ok) return answer
  const raw = readField(answer.value, 'items')
  const next = readField(readField(answer.value, 'pagination'), 'nextToken') ?? null
  if (!Array.isArray(raw) || (next !== null && typeof next !== 'string'))
    return err(issue('malformed', { reason: 'unreadable-answer', field: 'items' }))
  return ok({ raw, next: next === '' ? null : next })
}

/** A listing in every marketplace that has it, in their order; a text where one of them cannot be read. */
export function* readPlaces(sku: string, context: OpContext): Step<Result<Placed[], string>> {
  const seller = readSeller(context.settings)
  if (!seller.ok) return seller
  const places: Placed[] = []
  const unread: string[] = []
  for (const marketplace of seller.value.marketplaces) {
    const wire = yield* getListing(sku, marketplace, context)
    if (!wire.ok) return wire
    if (wire.value?.ok === true) places.push(placeIn(marketplace, wire.value.value))
    else if (wire.value !== null) unread.push(`${marketplace.country}: ${wire.value.error}`)
  }
  return ok(unread.length === 0 ? ok(places) : err(unread.join('; ')))
}

/** Null where the marketplace does not have it. */
function* getListing(
  sku: string,
  marketplace: Marketplace,
  context: OpContext,
): Step<Result<ListingWire, string> | null> {
  const seller = readSeller(context.settings)
  if (!seller.ok) return seller
  const answer = yield* callAmazon(
    {
      ...{ name: 'GetListingsItem', method: 'GET', effect: 'read' },
      path: `${seller.value.path}/${encodeURIComponent(sku)}`,
      query: { marketplaceIds: [marketplace.id], includedData: LISTING_DATA },
    },
    context,
  )
  if (answer.ok) return ok(parseWith(listingWireSchema, { ...(answer.value as object), sku }))
  // A listing that is not there is told with a code; a path that is not there, without.
  const isGone = answer.error.code === 'not-found' && !(answer.error.remoteCode ?? 'HTTP').startsWith('HTTP')
  return isGone ? ok(null) : answer
}
