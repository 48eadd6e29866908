import { sameJson } from '#core/shared/same-json.ts'
import type { Listing, Offer, RemoteListing } from '#core/listing/listing.ts'

/**
 * True when a reading of a listing, of which nothing is unsent and nothing is asked, can be left alone: the remote says what it said
 * last (`said`), and what simply follows the remote does. False is no verdict: then it is reconciled (reconcile-listing.ts).
 */
export function changesNothing(listing: Listing, said: RemoteListing | null, remote: RemoteListing): boolean {
  if (said === null || listing.remoteUpdatedAt !== remote.updatedAt || listing.state !== remote.status)
    return false
  const { rawStatus, mainLocale, pictureUrl } = listing
  if (rawStatus !== remote.rawStatus || mainLocale !== remote.mainLocale || pictureUrl !== remote.pictureUrl)
    return false
  return sameOffers(listing.offers, remote.offers) && sameJson(said, remote)
}

/** The same offers in the same order; what people change of them is not looked at. */
function sameOffers(here: readonly Offer[], there: readonly Offer[]): boolean {
  if (here.length !== there.length) return false
  return here.every(({ remoteId, sku, option }, i) => {
    const other = there[i]
    return remoteId === other?.remoteId && sku === other.sku && option === other.option
  })
}
