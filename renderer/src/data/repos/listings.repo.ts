import Dexie from 'dexie'
import type { ConnectionId, ListingId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { Listing, RemoteListing } from '#core/listing/listing.ts'
import { listingTitle } from '#core/listing/listing.ts'
import { toListingRow } from '#core/listing/listing-row.ts'
import { isListingChange, type ListingChange } from '#core/listing/unsent.ts'
import { remoteListingSchema } from '#core/contracts/values.ts'
import { quickParse } from '#core/contracts/quick-parse.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { noteListingChange, type CountChanges } from '#renderer/data/counting.ts'
import { readByKeys } from '#renderer/data/read-by-keys.ts'
import { applyCounts } from '#renderer/data/repos/counters.repo.ts'
import { listingSchema, outboxRowSchema, whyNot } from '#renderer/data/stored-schemas.ts'

/** The key under which a listing's timeline, shadow, conflict and outbox rows are filed. */
export function listingKey(id: ListingId): string {
  return `listing:${id}`
}

/** Whose entry it is: a listing's. */
export function ofListing(listing: Pick<Listing, 'id' | 'connectionId' | 'mainLocale' | 'contents'>) {
  const label = listingTitle(listing).slice(0, 200)
  return { entityKey: listingKey(listing.id), connectionId: listing.connectionId, label }
}

/**
 * Writes listings with their slim rows and counters. The only way a listing is written; to be called last in a unit over LISTING_STORES, when
 * its outbox rows and its conflict are as they will be.
 */
export async function saveListings(db: CaravelDatabase, listings: readonly Listing[]): Promise<void> {
  if (listings.length === 0) return
  const keys = listings.map(({ id }) => listingKey(id))
  const unsent = new Set(await db.outbox.where('entityKey').anyOf(keys).keys())
  const [conflicts, before] = await Promise.all([
    db.conflicts.bulkGet(keys),
    db.listingRows.bulkGet(listings.map(({ id }) => id)),
  ])
  const rows = listings.map((listing, i) =>
    toListingRow(listing, { unsent: unsent.has(keys[i] ?? ''), conflict: conflicts[i] !== undefined }),
  )
  const last = new Map(rows.map((row) => [row.id, row]))
  const known = new Map(before.flatMap((row) => (row === undefined ? [] : [[row.id, row]])))
  const changes: CountChanges = new Map()
  for (const row of last.values()) noteListingChange(changes, known.get(row.id), row)
  await db.listings.bulkPut([...listings])
  await db.listingRows.bulkPut(rows)
  await applyCounts(db, changes)
}

/** Reads one listing and checks that it still is one. Issues: `not-found.listing`, `malformed.stored-listing`. */
export async function loadListing(db: CaravelDatabase, id: ListingId): Promise<Result<Listing>> {
  const stored = await db.listings.get(id)
  if (stored === undefined) return err(issue('not-found', { reason: 'listing' }))
  const parsed = quickParse(listingSchema, stored)
  return parsed.success
    ? ok(parsed.data)
    : err(issue('malformed', { reason: 'stored-listing', remoteMessage: whyNot(parsed.error) }))
}

/** What the shop last said of it; null when that is not known. */
export async function loadListingShadow(db: CaravelDatabase, id: ListingId): Promise<RemoteListing | null> {
  const parsed = quickParse(remoteListingSchema, (await db.shadows.get(listingKey(id)))?.value)
  return parsed.success ? parsed.data : null
}

/** A listing as found under its remote id; `listing` is null when its record does not parse. */
export interface FoundListing {
  id: ListingId
  listing: Listing | null
  raw: unknown
}

/** What is stored under these remote ids, by remote id. */
export async function findListings(
  db: CaravelDatabase,
  connectionId: ConnectionId,
  remoteIds: readonly string[],
): Promise<Map<string, FoundListing>> {
  const keys = remoteIds.map((remoteId) => [connectionId, remoteId])
  const found = await readByKeys(db.listings, '[connectionId+remoteId]', keys)
  return new Map(
    found.map((stored) => {
      const parsed = quickParse(listingSchema, stored)
      return [stored.remoteId, { id: stored.id, listing: parsed.success ? parsed.data : null, raw: stored }]
    }),
  )
}

/** Unsent changes of these listings that parse, in their order, by entity key. */
export async function listingChangesOf(
  db: CaravelDatabase,
  entityKeys: readonly string[],
): Promise<Map<string, ListingChange[]>> {
  const byKey = new Map<string, ListingChange[]>()
  if (entityKeys.length === 0) return byKey
  const stored = await db.outbox
    .where('entityKey')
    .anyOf([...entityKeys])
    .toArray()
  const rows = stored.flatMap((row) => {
    const { data } = quickParse(outboxRowSchema, row)
    return data !== undefined && isListingChange(data) ? [data] : []
  })
  rows.sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
  for (const row of rows) byKey.set(row.entityKey, [...(byKey.get(row.entityKey) ?? []), row])
  return byKey
}

/**
 * Remote ids of a shop's listings that a walk of its whole catalogue did not meet and that are not gone yet. One that was seen at a time
 * that is still to come was seen before the clock was set back, not by this walk.
 */
export async function unmetListings(
  db: CaravelDatabase,
  connectionId: ConnectionId,
  walkStartedAt: number,
  now: number,
): Promise<string[]> {
  const seen = () => db.listings.where('[connectionId+seenAt]')
  const before = seen().between([connectionId, Dexie.minKey], [connectionId, walkStartedAt])
  const toCome = Math.max(walkStartedAt, now)
  const strayed = seen().between([connectionId, toCome], [connectionId, Dexie.maxKey], false, true)
  const found = [...(await before.toArray()), ...(await strayed.toArray())]
  return found.filter(({ state }) => state !== 'gone').map(({ remoteId }) => remoteId)
}

/** How many of a shop's listings are not gone. */
export async function countListings(db: CaravelDatabase, id: ConnectionId): Promise<number> {
  const [all, gone] = await db.counters.bulkGet([`${id}:listings.all`, `${id}:listings.gone`])
  return (all?.count ?? 0) - (gone?.count ?? 0)
}

/** Removes up to `most` listings of a shop with all that is kept beside them; returns how many. */
export async function forgetListings(
  db: CaravelDatabase,
  connectionId: ConnectionId,
  most: number,
): Promise<number> {
  const ids = (await db.listings
    .where('[connectionId+seenAt]')
    .between([connectionId, Dexie.minKey], [connectionId, Dexie.maxKey])
    .limit(most)
    .primaryKeys()) as ListingId[]
  const changes: CountChanges = new Map()
  for (const row of await db.listingRows.bulkGet(ids)) noteListingChange(changes, row, undefined)
  await db.listings.bulkDelete(ids)
  await db.listingRows.bulkDelete(ids)
  await applyCounts(db, changes)
  await db.pictures.bulkDelete(ids)
  await db.shadows.bulkDelete(ids.map(listingKey))
  await db.conflicts.bulkDelete(ids.map(listingKey))
  return ids.length
}
