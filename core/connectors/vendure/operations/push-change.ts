import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { OperationOutput } from '#core/contracts/operations.ts'
import type { RemoteListing } from '#core/listing/listing.ts'
import type { HttpRequest, HttpResponse, Settings, Step } from '#core/connectors/_kit/operation.ts'
import { callGraphql } from '#core/connectors/_kit/graphql.ts'
import { parseWith } from '#core/connectors/_kit/parse-items.ts'
import { adminApi } from '#core/connectors/vendure/issues.ts'
import { readShopFacts, toRemoteListing, type ShopFacts } from '#core/connectors/vendure/mapping/listing.ts'
import { asNotReadBack } from '#core/connectors/_kit/after-write.ts'
import {
  LISTING_FIELDS,
  listingWireSchema,
  SHOP_FIELDS,
  type ListingWire,
  type OfferWire,
} from '#core/connectors/vendure/wire.ts'

type Output = OperationOutput<'push-listing' | 'push-price' | 'push-stock'>

export interface ReadListing {
  wire: ListingWire
  listing: RemoteListing
  shop: ShopFacts
}

export interface WriteCall {
  name: string
  query: string
  variables: Record<string, unknown>
}

/** What a push has to do, seen from what the remote has now. */
export type Plan = Result<'already' | 'moved' | WriteCall>

/**
 * Reads, decides, writes, reads. Vendure has no "only if it still is": between the first reading and the writing somebody
 * in the shop may change the same value, a moment that this makes as short as it can be.
 */
export function* pushChange(
  settings: Settings,
  listingRemoteId: string,
  decide: (read: ReadListing) => Plan,
): Generator<HttpRequest, Result<Output, Issue[]>, HttpResponse> {
  const before = yield* readOneListing(settings, listingRemoteId)
  if (!before.ok) return err([before.error])
  const plan = decide(before.value)
  if (!plan.ok) return err([plan.error])
  if (typeof plan.value === 'string') return ok({ outcome: plan.value, listing: before.value.listing })
  const written = yield* callGraphql(adminApi(settings), { ...plan.value, effect: 'write' })
  if (!written.ok) return err([written.error])
  const after = yield* readOneListing(settings, listingRemoteId)
  return after.ok
    ? ok({ outcome: 'written', listing: after.value.listing })
    : err([asNotReadBack(after.error)])
}

export function findVariant({ wire }: ReadListing, offerRemoteId: string): Result<OfferWire> {
  const variant = wire.variants.find(({ id }) => id === offerRemoteId)
  return variant === undefined
    ? err(issue('not-found', { reason: 'offer-gone', field: 'offerRemoteId' }))
    : ok(variant)
}

export const UPDATE_VARIANT = `mutation UpdateVariant($input: [UpdateProductVariantInput!]!) {
  updateProductVariants(input: $input) { id }
}`

const READ = `query ReadListing($id: ID!) {
  ${SHOP_FIELDS}
  product(id: $id) {
    ${LISTING_FIELDS}
  }
}`

function* readOneListing(settings: Settings, id: string): Step<ReadListing> {
  const answer = yield* callGraphql(adminApi(settings), {
    name: 'ReadListing',
    query: READ,
    variables: { id },
    effect: 'read',
  })
  if (!answer.ok) return answer
  const raw = answer.value['product']
  if (raw === null) return err(issue('not-found', { reason: 'listing-gone', field: 'listingRemoteId' }))
  const wire = parseWith(listingWireSchema, raw)
  if (!wire.ok) return err(malformedListing(wire.error))
  const shop = readShopFacts(answer.value['globalSettings'], settings['baseUrl'] ?? '')
  const listing = toRemoteListing(wire.value, shop)
  return listing.ok
    ? ok({ wire: wire.value, listing: listing.value, shop })
    : err(malformedListing(listing.error))
}

function malformedListing(message: string): Issue {
  return issue('malformed', { reason: 'unreadable-listing', remoteMessage: message })
}
