import { err, ok } from '#core/shared/result.ts'
import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import type { OpContext, Operation, Step } from '#core/connectors/_kit/operation.ts'
import { parseWith } from '#core/connectors/_kit/parse-items.ts'
import type { FeedMessage } from '#core/connectors/amazon/feed-wire.ts'
import { listingWireSchema } from '#core/connectors/amazon/listing-wire.ts'
import { pricesOf } from '#core/connectors/amazon/mapping/offer.ts'
import { patchPrice } from '#core/connectors/amazon/mapping/patches.ts'
import { placeIn, productTypeOf, type Placed } from '#core/connectors/amazon/mapping/texts.ts'
import type { Marketplace } from '#core/connectors/amazon/marketplaces.ts'
import { isSamePrice } from '#core/connectors/amazon/operations/push-price.ts'
import { createFeed } from '#core/connectors/amazon/operations/create-feed.ts'
import {
  MOST_AT_ONCE,
  readSeller,
  searchListings,
} from '#core/connectors/amazon/operations/query-listings.ts'

type Name = 'push-prices'
type Input = OperationInput<Name>
type Change = Input['changes'][number]

/**
 * One feed for the prices of one marketplace. They are read by search, 20 at once; a price that is not what it was, that is there already or that
 * the search does not find, stays out, and is told by the single push.
 */
export const pushPrices: Operation<Input, OperationOutput<Name>> = function* ({ market, changes }, context) {
  const seller = readSeller(context.settings)
  if (!seller.ok) return err([seller.error])
  const marketplace = seller.value.marketplaces.find(({ country }) => country === market)
  if (marketplace === undefined) return ok({ batch: null })
  const places = yield* readMany(
    marketplace,
    [...new Set(changes.map(({ listingRemoteId }) => listingRemoteId))],
    context,
  )
  if (!places.ok) return err([places.error])
  const taken: { intentId: string; place: number }[] = []
  const messages: FeedMessage[] = []
  for (const change of changes) {
    const place = places.value.get(change.listingRemoteId)
    if (place === undefined || !isReady(place, change)) continue
    // A patch replaces the whole attribute: a second one of the same feed would undo the first.
    places.value.delete(change.listingRemoteId)
    const messageId = messages.length + 1
    taken.push({ intentId: change.intentId, place: messageId })
    messages.push({
      ...{
        messageId,
        sku: change.listingRemoteId,
        operationType: 'PATCH',
        productType: productTypeOf(place),
      },
      patches: [patchPrice(place, change.value)],
    })
  }
  if (messages.length === 0) return ok({ batch: null })
  const feed = yield* createFeed(marketplace, messages, context)
  return feed.ok ? ok({ batch: { remoteId: feed.value, taken } }) : err([feed.error])
}

/** By SKU; what the search does not find, or what cannot be read, is not in it. */
function* readMany(marketplace: Marketplace, skus: string[], context: OpContext): Step<Map<string, Placed>> {
  const found = new Map<string, Placed>()
  for (let from = 0; from < skus.length; from += MOST_AT_ONCE) {
    const identifiers = skus.slice(from, from + MOST_AT_ONCE)
    const query = { identifiers, identifiersType: 'SKU', pageSize: MOST_AT_ONCE }
    const page = yield* searchListings(marketplace, query, context)
    if (!page.ok) return page
    for (const raw of page.value.raw) {
      const wire = parseWith(listingWireSchema, raw)
      if (wire.ok) found.set(wire.value.sku, placeIn(marketplace, wire.value))
    }
  }
  return ok(found)
}

function isReady(place: Placed, { listingRemoteId, offerRemoteId, before, value }: Change): boolean {
  const current = pricesOf(place).find(({ currency }) => currency === value.currency) ?? null
  return (
    // A SKU is one offer of its own.
    offerRemoteId === listingRemoteId &&
    value.currency === place.marketplace.currency &&
    productTypeOf(place) !== '' &&
    isSamePrice(current, before) &&
    !isSamePrice(current, value)
  )
}
