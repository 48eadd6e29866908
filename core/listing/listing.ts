import type { ConnectionId, ListingId } from '#core/shared/ids.ts'
import type { Money } from '#core/money/money.ts'

/** `hidden`: there, but buyers do not see it. */
export const REMOTE_LISTING_STATUSES = ['active', 'hidden', 'unknown'] as const
export type RemoteListingStatus = (typeof REMOTE_LISTING_STATUSES)[number]

/** What buyers read, in one language. Text from outside: may hold markup, is never rendered as such. */
export interface ListingContent {
  title: string
  description: string
}

/** One thing to buy on a listing: a size, a colour, or the listing's only one. */
export interface Offer {
  remoteId: string
  sku: string
  /** What sets it apart from the other offers, e.g. "blue / L"; '' when nothing does. */
  option: string
  /** One per currency, sorted by currency. */
  prices: Money[]
  /** Pieces the shop has; null when it does not count them. */
  stock: number | null
}

/** A listing as a connector hands it over: canonical, not yet ours. */
export interface RemoteListing {
  remoteId: string
  status: RemoteListingStatus
  rawStatus: string
  updatedAt: number
  /** Language of the texts that are always there, BCP 47. */
  mainLocale: string
  /** By language, BCP 47. */
  contents: Record<string, ListingContent>
  offers: Offer[]
  /** Address of a small picture, https or on the shop's own host; '' when there is none. */
  pictureUrl: string
}

/** `gone`: the shop no longer has it. Kept, with all that was done to it, until a person forgets it. */
export const LISTING_STATES = ['active', 'hidden', 'unknown', 'gone'] as const
export type ListingState = (typeof LISTING_STATES)[number]

/** A listing on this desk: as it should be. What the remote last said is its shadow; the difference is unsent. */
export interface Listing extends Omit<RemoteListing, 'status' | 'updatedAt'> {
  id: ListingId
  connectionId: ConnectionId
  state: ListingState
  remoteUpdatedAt: number
  /** Walk of the whole catalogue on which it was seen last, epoch ms of its start. */
  seenAt: number
  updatedAt: number
}

/** The title people know it by: in its main language, else in any. */
export function listingTitle({ mainLocale, contents }: Pick<Listing, 'mainLocale' | 'contents'>): string {
  const main = contents[mainLocale]?.title ?? ''
  return main !== '' ? main : (Object.values(contents).find(({ title }) => title !== '')?.title ?? '')
}
