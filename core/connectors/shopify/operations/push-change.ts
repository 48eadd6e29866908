import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { OperationOutput } from '#core/contracts/operations.ts'
import type { Offer, RemoteListing } from '#core/listing/listing.ts'
import type { HttpRequest, HttpResponse, Step } from '#core/connectors/_kit/operation.ts'
import { asNotReadBack } from '#core/connectors/_kit/after-write.ts'
import { callGraphql } from '#core/connectors/_kit/graphql.ts'
import { unreadableAnswer } from '#core/connectors/_kit/http-issue.ts'
import { readField } from '#core/connectors/_kit/parse-items.ts'
import { adminApi } from '#core/connectors/shopify/api.ts'
import type { ShopFacts } from '#core/connectors/shopify/mapping/shop-facts.ts'
import { parseListings, queryListingsById } from '#core/connectors/shopify/operations/query-listings.ts'
import { queryShopFacts } from '#core/connectors/shopify/operations/query-shop-facts.ts'
import { readUserErrors } from '#core/connectors/shopify/user-errors.ts'

type Output = OperationOutput<'push-listing' | 'push-price' | 'push-stock'>

export interface ReadListing {
  listing: RemoteListing
  shop: ShopFacts
}

/** What a push has to do, seen from what the shop has now. Writing may find that the shop has something else by then. */
export type Plan = Result<'already' | 'moved' | (() => Step<'written' | 'moved'>)>

/** Reads, decides, writes, reads. Where Shopify has no "only if it still is", the reading comes right before the writing. */
export function* pushChange(
  listingRemoteId: string,
  decide: (read: ReadListing) => Plan,
): Generator<HttpRequest, Result<Output, Issue[]>, HttpResponse> {
  const before = yield* readOneListing(listingRemoteId)
  if (!before.ok) return err([before.error])
  const plan = decide(before.value)
  if (!plan.ok) return err([plan.error])
  if (typeof plan.value === 'string') return ok({ outcome: plan.value, listing: before.value.listing })
  const written = yield* plan.value()
  if (!written.ok) return err([written.error])
  const after = yield* readOneListing(listingRemoteId)
  if (after.ok) return ok({ outcome: written.value, listing: after.value.listing })
  return err([written.value === 'written' ? asNotReadBack(after.error) : after.error])
}

export function findOffer({ listing }: ReadListing, offerRemoteId: string): Result<Offer> {
  const offer = listing.offers.find(({ remoteId }) => remoteId === offerRemoteId)
  return offer === undefined
    ? err(issue('not-found', { reason: 'offer-gone', field: 'offerRemoteId' }))
    : ok(offer)
}

export interface WriteCall {
  /** Of the operation in `query`. */
  name: string
  /** Field of the answer. */
  field: string
  query: string
  variables: Record<string, unknown>
}

/** Sends a mutation. Its `userErrors` are an issue: nothing was changed. */
export function* write({ name, field, query, variables }: WriteCall): Step<'written'> {
  const answer = yield* callGraphql(adminApi, { name, query, variables, effect: 'write' })
  if (!answer.ok) return answer
  const refused = readUserErrors(answer.value[field])
  if (refused !== null) return err(refused)
  // Without the list nobody can tell whether it was refused.
  return Array.isArray(readField(answer.value[field], 'userErrors'))
    ? ok('written')
    : err(unreadableAnswer('write', `${field}: no userErrors`))
}

function* readOneListing(id: string): Step<ReadListing> {
  const shop = yield* queryShopFacts()
  if (!shop.ok) return shop
  const read = yield* queryListingsById(shop.value, [id])
  if (!read.ok) return read
  if (read.value.raw.length === 0)
    return err(issue('not-found', { reason: 'listing-gone', field: 'listingRemoteId' }))
  const { items, rejected } = parseListings(shop.value, read.value)
  const [listing] = items
  return listing === undefined
    ? err(issue('malformed', { reason: 'unreadable-listing', remoteMessage: rejected[0]?.reason }))
    : ok({ listing, shop: shop.value })
}
