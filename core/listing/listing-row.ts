import { foldText } from '#core/shared/fold-text.ts'
import type { ConnectionId, ListingId } from '#core/shared/ids.ts'
import type { Money } from '#core/money/money.ts'
import { listingTitle, type Listing, type ListingState } from '#core/listing/listing.ts'

/** The lists of listings, in the order they are shown; each listing is in one. */
export const LISTING_LISTS = ['conflict', 'unsent', 'issues', 'active', 'hidden', 'gone'] as const
export type ListingList = (typeof LISTING_LISTS)[number]

/** What a list shows of a listing; stored beside the full record and written in the same transaction. */
export interface ListingRow {
  id: ListingId
  connectionId: ConnectionId
  remoteId: string
  list: ListingList
  /** Folded title: the order of the list. */
  sortKey: string
  title: string
  /** Of its first offer. */
  sku: string
  offerCount: number
  /** Languages that have a title. */
  locales: string[]
  /** Lowest and highest price of the shop itself, else of the first market that has any; null without any. */
  price: { from: Money; to: Money; market?: string | undefined } | null
  /** Pieces of all offers; null when none is counted. */
  stock: number | null
  state: ListingState
  /** The worst that the remote finds wrong with it; absent when that is nothing that keeps it from being sold. */
  issues?: 'error' | 'warning' | undefined
  pictureUrl: string
  /** Folded; search with a folded needle. */
  searchText: string
}

const LONGEST_KEY = 80

export interface ListingWork {
  unsent: boolean
  conflict: boolean
}

/** The slim row of a listing; `work` says what waits for it. */
export function toListingRow(listing: Listing, work: ListingWork): ListingRow {
  const { id, connectionId, remoteId, offers, contents, state, pictureUrl } = listing
  const title = listingTitle(listing)
  const amounts = offers.flatMap(({ stock }) => (stock === null ? [] : [stock]))
  const locales = Object.keys(contents).filter((locale) => contents[locale]?.title !== '')
  const texts = [...locales.map((locale) => contents[locale]?.title ?? ''), ...offers.map(({ sku }) => sku)]
  const issues = worstOf(listing)
  return {
    ...{ id, connectionId, remoteId, title, state, pictureUrl },
    ...(issues === undefined ? {} : { issues }),
    list: listOf(state, issues, work),
    sortKey: foldText(title.slice(0, LONGEST_KEY)).slice(0, LONGEST_KEY),
    sku: offers[0]?.sku ?? '',
    offerCount: offers.length,
    locales: locales.sort(),
    price: priceRange(listing),
    stock: amounts.length === 0 ? null : amounts.reduce((sum, amount) => sum + amount, 0),
    searchText: foldText(texts.join(' ').slice(0, 2_000)),
  }
}

function worstOf({ issues = [] }: Listing): ListingRow['issues'] {
  return (['error', 'warning'] as const).find((worst) => issues.some(({ severity }) => severity === worst))
}

function listOf(
  state: ListingState,
  issues: ListingRow['issues'],
  { unsent, conflict }: ListingWork,
): ListingList {
  if (conflict) return 'conflict'
  if (unsent) return 'unsent'
  if (issues !== undefined && state !== 'gone') return 'issues'
  if (state === 'unknown') return 'active'
  return state === 'active' || state === 'gone' ? state : 'hidden'
}

function priceRange({ offers }: Listing): ListingRow['price'] {
  const prices = offers.flatMap((offer) => offer.prices)
  const first = prices.find(({ market }) => market === undefined) ?? prices[0]
  if (first === undefined) return null
  const { currency, market } = first
  const amounts = prices
    .filter((price) => price.currency === currency && price.market === market)
    .map(({ minor }) => minor)
  return {
    from: { minor: Math.min(...amounts), currency },
    to: { minor: Math.max(...amounts), currency },
    ...(market === undefined ? {} : { market }),
  }
}
