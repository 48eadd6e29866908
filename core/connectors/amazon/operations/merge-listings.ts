import { ok } from '#core/shared/result.ts'
import type { RejectedItem } from '#core/contracts/operations.ts'
import type { RemoteListing } from '#core/listing/listing.ts'
import type { OpContext, Step } from '#core/connectors/_kit/operation.ts'
import { parseWith, readRawId } from '#core/connectors/_kit/parse-items.ts'
import { listingWireSchema } from '#core/connectors/amazon/listing-wire.ts'
import { toRemoteListing } from '#core/connectors/amazon/mapping/listing.ts'
import { placeIn, type Placed } from '#core/connectors/amazon/mapping/texts.ts'
import type { Marketplace } from '#core/connectors/amazon/marketplaces.ts'
import {
  MOST_AT_ONCE,
  readSeller,
  searchListings,
} from '#core/connectors/amazon/operations/query-listings.ts'

interface Merged {
  listings: RemoteListing[]
  rejected: RejectedItem[]
}

/** What is known of one SKU so far: where it is, or why it cannot be read. */
type Known = Placed[] | { reason: string; raw: unknown }

/**
 * A page of one marketplace with what the others have of the same SKUs, so that a price of another marketplace never looks taken away. On a
 * walk a SKU that an earlier marketplace has was brought with that one.
 */
export function* mergeListings(
  raw: readonly unknown[],
  from: Marketplace,
  { isWalk }: { isWalk: boolean },
  context: OpContext,
): Step<Merged> {
  const seller = readSeller(context.settings)
  if (!seller.ok) return seller
  const known = new Map<string, Known>()
  const rejected = take(raw, from, known)
  const others = seller.value.marketplaces.filter(({ id }) => id !== from.id)
  const at = seller.value.marketplaces.findIndex(({ id }) => id === from.id)
  for (const [index, other] of others.entries()) {
    const wanted = [...known].flatMap(([sku, of]) => (Array.isArray(of) ? [sku] : []))
    const found = yield* searchSkus(wanted, other, context)
    if (!found.ok) return found
    addPlaces(known, found.value, other)
    if (isWalk && index < at)
      for (const [sku, of] of known)
        if (Array.isArray(of) && of.some(({ marketplace }) => marketplace.id === other.id)) known.delete(sku)
  }
  const merged: Merged = { listings: [], rejected }
  for (const [sku, of] of known) {
    const places = Array.isArray(of) ? inOrder(of, seller.value.marketplaces) : null
    const listing = places === null ? null : toRemoteListing(sku, places)
    if (listing?.ok === true) merged.listings.push(listing.value)
    else if (listing !== null)
      merged.rejected.push({ remoteId: sku, reason: listing.error.slice(0, 500), raw: places?.[0]?.wire })
    else if (!Array.isArray(of)) merged.rejected.push({ remoteId: sku, ...of })
  }
  return ok(merged)
}

/** Puts the items of the page itself in `known`; returns those whose SKU cannot be read. */
function take(raw: readonly unknown[], marketplace: Marketplace, known: Map<string, Known>): RejectedItem[] {
  const rejected: RejectedItem[] = []
  for (const item of raw) {
    const sku = readRawId(item, 'sku')
    const wire = parseWith(listingWireSchema, item)
    if (sku === '')
      rejected.push({ remoteId: '', reason: wire.ok ? 'sku: missing' : wire.error.slice(0, 500), raw: item })
    else if (wire.ok) known.set(sku, [placeIn(marketplace, wire.value)])
    else known.set(sku, { reason: wire.error.slice(0, 500), raw: item })
  }
  return rejected
}

/** A listing that cannot be read in one marketplace is set aside as a whole. An item without its SKU may be any that did not come. */
function addPlaces(known: Map<string, Known>, found: readonly unknown[], marketplace: Marketplace): void {
  const bySku = new Map(found.map((item) => [readRawId(item, 'sku'), item]))
  for (const [sku, of] of known) {
    if (!Array.isArray(of)) continue
    const item = bySku.get(sku) ?? bySku.get('')
    if (item === undefined) continue
    const wire = parseWith(listingWireSchema, item)
    if (wire.ok && bySku.has(sku)) of.push(placeIn(marketplace, wire.value))
    else
      known.set(sku, {
        reason: `${marketplace.country}: ${wire.ok ? 'sku: missing' : wire.error}`.slice(0, 500),
        raw: item,
      })
  }
}

function* searchSkus(skus: readonly string[], marketplace: Marketplace, context: OpContext): Step<unknown[]> {
  if (skus.length === 0) return ok([])
  const query = { identifiersType: 'SKU', identifiers: skus, pageSize: MOST_AT_ONCE }
  const page = yield* searchListings(marketplace, query, context)
  return page.ok ? ok(page.value.raw) : page
}

function inOrder(places: readonly Placed[], order: readonly Marketplace[]): Placed[] {
  return order.flatMap(({ id }) => places.filter(({ marketplace }) => marketplace.id === id))
}
