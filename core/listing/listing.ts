import type { ConnectionId, ListingId } from '#core/shared/ids.ts'
import type { Money } from '#core/money/money.ts'

/**
 * `draft`: not offered yet; `processing`: the remote took it and does not show it yet; `active`: buyers can buy it, maybe with issues;
 * `hidden`: there, but buyers do not see it; `blocked`: the remote took it out.
 */
export const REMOTE_LISTING_STATUSES = [
  'draft',
  'processing',
  'active',
  'hidden',
  'blocked',
  'unknown',
] as const
export type RemoteListingStatus = (typeof REMOTE_LISTING_STATUSES)[number]

/** What buyers read, in one language. Text from outside: may hold markup, is never rendered as such. */
export interface ListingContent {
  title: string
  description: string
}

/** What it costs, in one market: a country's site, a group of countries. */
export interface OfferPrice extends Money {
  /** Short and stable at the remote, e.g. `DE`; absent for the price of the shop itself. */
  market?: string | undefined
}

export const LISTING_SEVERITIES = ['error', 'warning', 'info'] as const

/** What the remote finds wrong with a listing, in its own words. */
export interface ListingIssue {
  code: string
  severity: (typeof LISTING_SEVERITIES)[number]
  /** Text from outside. */
  message: string
  /** The remote's own names of what it is about; none when it is about all of it. */
  fields: string[]
  /** BCP 47; absent when it is about no language. */
  locale?: string | undefined
  /** Which of the texts it is about; absent when it is about none, or several. */
  part?: keyof ListingContent | undefined
  market?: string | undefined
}

/** One thing to buy on a listing: a size, a colour, or the listing's only one. */
export interface Offer {
  remoteId: string
  sku: string
  /** What sets it apart from the other offers, e.g. "blue / L"; '' when nothing does. */
  option: string
  /** At most one per currency and market, sorted by currency, then market; the shop's own first. */
  prices: OfferPrice[]
  /**
   * What it costs where nobody set a price and the remote works one out (by rate, by adjustment); it moves by itself and is nobody's change.
   * Absent where the remote does no such thing.
   */
  reckoned?: OfferPrice[] | undefined
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
  /** Absent when the remote finds nothing wrong with it. */
  issues?: ListingIssue[] | undefined
  /** The remote's rules that hold for it, by the remote's names; absent where it has none that could be kept. */
  ruleSets?: string[] | undefined
}

/** `gone`: the shop no longer has it. Kept, with all that was done to it, until a person forgets it. */
export const LISTING_STATES = [...REMOTE_LISTING_STATUSES, 'gone'] as const
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

/** Sorts prices as they are kept. */
export function comparePrices(a: OfferPrice, b: OfferPrice): number {
  const [left, right] = [a, b].map(({ currency, market = '' }) => `${currency} ${market}`) as [string, string]
  return left < right ? -1 : left > right ? 1 : 0
}

/** The title people know it by: in its main language, else in any. */
export function listingTitle({ mainLocale, contents }: Pick<Listing, 'mainLocale' | 'contents'>): string {
  const main = contents[mainLocale]?.title ?? ''
  return main !== '' ? main : (Object.values(contents).find(({ title }) => title !== '')?.title ?? '')
}
