import Dexie from 'dexie'
import type { ConnectionId, ListingId } from '#core/shared/ids.ts'
import type { Issue } from '#core/shared/issue.ts'
import { foldText } from '#core/shared/fold-text.ts'
import type { Listing, RemoteListing } from '#core/listing/listing.ts'
import { LISTING_LISTS, type ListingList, type ListingRow } from '#core/listing/listing-row.ts'
import type { ListingChange } from '#core/listing/unsent.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { watch, type Watched } from '#renderer/data/queries/watch.ts'
import type { Activity, Conflict, Connection } from '#renderer/data/records.ts'
import { loadConflicts } from '#renderer/data/repos/conflicts.repo.ts'
import {
  listingChangesOf,
  listingKey,
  loadListing,
  loadListingShadow,
} from '#renderer/data/repos/listings.repo.ts'

export type ListingListId = ListingList | 'all'
export type ListingCounts = Record<ListingListId, number>

/** Where a page ends: the place of its last row. */
export type ListingPageKey = readonly [sortKey: string, id: string]

export interface ListingQuery {
  list: ListingListId
  connectionId?: ConnectionId | undefined
}

export interface ListingPage {
  rows: ListingRow[]
  /** Null when this page is the last. */
  next: ListingPageKey | null
}

/** One page of a list by title, by keyset: page 1,000 costs what page 1 costs. */
export async function readListingPage(
  db: CaravelDatabase,
  query: ListingQuery,
  { after, limit }: { after: ListingPageKey | null; limit: number },
): Promise<ListingPage> {
  const rows = await range(db, query, after).limit(limit).toArray()
  const last = rows.at(-1)
  return { rows, next: rows.length < limit || last === undefined ? null : [last.sortKey, last.id] }
}

/** The first rows of a list, live. */
export function watchListingRows(
  db: CaravelDatabase,
  query: ListingQuery,
  limit: number,
): Watched<ListingRow[]> {
  return watch(async () => (await readListingPage(db, query, { after: null, limit })).rows)
}

/** Listings of a list in which every word of the text occurs (any language, SKUs), by title. Stops when there are enough. */
export async function searchListings(
  db: CaravelDatabase,
  query: ListingQuery & { text: string },
  limit: number,
): Promise<ListingRow[]> {
  const words = foldText(query.text)
    .split(' ')
    .filter((word) => word !== '')
  if (words.length === 0) return []
  return range(db, query, null)
    .filter((row) => words.every((word) => row.searchText.includes(word)))
    .limit(limit)
    .toArray()
}

function range(db: CaravelDatabase, { list, connectionId }: ListingQuery, after: ListingPageKey | null) {
  const scope: string[] = [
    ...(connectionId === undefined ? [] : [connectionId]),
    ...(list === 'all' ? [] : [list]),
  ]
  const index = [
    ...(connectionId === undefined ? [] : ['connectionId']),
    ...(list === 'all' ? [] : ['list']),
    'sortKey',
    'id',
  ]
  const lower = after === null ? [...scope, Dexie.minKey] : [...scope, ...after]
  return db.listingRows
    .where(`[${index.join('+')}]`)
    .between(lower, [...scope, Dexie.maxKey], after === null, true)
}

/** How many listings are in each list, from kept counters. */
export async function readListingCounts(
  db: CaravelDatabase,
  connectionId?: ConnectionId,
): Promise<ListingCounts> {
  const lists: ListingListId[] = [...LISTING_LISTS, 'all']
  const prefix = connectionId === undefined ? '' : `${connectionId}:`
  const kept = await db.counters.bulkGet(lists.map((list) => `${prefix}listings.${list}`))
  return Object.fromEntries(lists.map((list, i) => [list, kept[i]?.count ?? 0])) as ListingCounts
}

export function watchListingCounts(db: CaravelDatabase, connectionId?: ConnectionId): Watched<ListingCounts> {
  return watch(() => readListingCounts(db, connectionId))
}

/** Everything the listing's side panel shows. */
export interface ListingDetail {
  listing: Listing
  connection: Connection | null
  /** What the shop last said; null when that is not known. */
  shadow: RemoteListing | null
  /** Changes that the shop does not have yet, in their order. */
  unsent: ListingChange[]
  conflict: Conflict | null
  /** Oldest first. */
  activity: Activity[]
}

const MOST_ENTRIES = 50

/** A listing with what hangs on it; null when there is none, the issue when its record does not parse. */
export async function readListing(db: CaravelDatabase, id: ListingId): Promise<ListingDetail | Issue | null> {
  const loaded = await loadListing(db, id)
  if (!loaded.ok) return loaded.error.code === 'not-found' ? null : loaded.error
  const listing = loaded.value
  const key = listingKey(id)
  const [connection, shadow, unsent, conflicts, newest] = await Promise.all([
    db.connections.get(listing.connectionId),
    loadListingShadow(db, id),
    listingChangesOf(db, [key]),
    loadConflicts(db, [key]),
    db.activity
      .where('[entityKey+seq]')
      .between([key, Dexie.minKey], [key, Dexie.maxKey])
      .reverse()
      .limit(MOST_ENTRIES)
      .toArray(),
  ])
  return {
    ...{ listing, connection: connection ?? null, shadow, unsent: unsent.get(key) ?? [] },
    ...{ conflict: conflicts.get(key) ?? null, activity: newest.reverse() },
  }
}

/** Tells the two unhappy answers of `readListing` apart from a detail. */
export function isListingDetail(answer: ListingDetail | Issue | null): answer is ListingDetail {
  return answer !== null && 'listing' in answer
}

export function watchListing(db: CaravelDatabase, id: ListingId): Watched<ListingDetail | Issue | null> {
  return watch(() => readListing(db, id))
}

const MOST_LOOKED_AT = 1_000

/** Languages that a shop's listings use, most used first: what a listing can be given as well. */
export async function readListingLocales(db: CaravelDatabase, connectionId: ConnectionId): Promise<string[]> {
  const { rows } = await readListingPage(
    db,
    { list: 'all', connectionId },
    { after: null, limit: MOST_LOOKED_AT },
  )
  const uses = new Map<string, number>()
  for (const locale of rows.flatMap(({ locales }) => locales)) uses.set(locale, (uses.get(locale) ?? 0) + 1)
  return [...uses].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([locale]) => locale)
}
