import type { ConnectionId } from '#core/shared/ids.ts'
import type { OperationOutput } from '#core/contracts/operations.ts'
import type { Listing, RemoteListing } from '#core/listing/listing.ts'
import { addActivity } from '#renderer/data/repos/activity.repo.ts'
import { findListings, ofListing, saveListings } from '#renderer/data/repos/listings.repo.ts'
import { quarantine, releaseQuarantined } from '#renderer/data/repos/quarantine.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import type { CatalogueState } from '#renderer/data/records.ts'
import { MERGE_LISTING_STORES, mergeRemoteListings } from '#renderer/sync/merge-listings.ts'
import type { PullDeps } from '#renderer/sync/sync-deps.ts'

type Page = OperationOutput<'pull-listings'>

interface Applied {
  /** From before the page was asked for. */
  mark: number
  walkStartedAt: number | null
}

/** Stores a page and where it leads, in one transaction: cut off anywhere, the page is taken again and changes nothing. Null when the shop is gone. */
export async function applyListingPage(
  deps: PullDeps,
  id: ConnectionId,
  page: Page,
  applied: Applied & {
    next: (state: CatalogueState, page: Page, stored: number) => CatalogueState
  },
): Promise<CatalogueState | null> {
  return store(deps, id, page, applied, (state, stored) => applied.next(state, page, stored))
}

/** Stores listings that were read by id: how far the catalogue was read stays. */
export async function storeReadListings(
  deps: PullDeps,
  id: ConnectionId,
  read: OperationOutput<'read-listings'>,
  applied: Applied,
): Promise<void> {
  await store(deps, id, read, applied, (state) => state)
}

async function store(
  deps: PullDeps,
  id: ConnectionId,
  { listings, rejected }: Pick<Page, 'listings' | 'rejected'>,
  { mark, walkStartedAt }: Applied,
  next: (state: CatalogueState, stored: number) => CatalogueState,
): Promise<CatalogueState | null> {
  const { db, now } = deps
  return inUnit(db, { stores: MERGE_LISTING_STORES, durability: 'relaxed' }, async () => {
    const connection = await db.connections.get(id)
    // Disconnected while the page was on its way.
    if (connection === undefined) return null
    const parsed = listings.map(({ remoteId }) => quarantineId(remoteId))
    await releaseQuarantined(db, id, parsed)
    await touchUnread(deps, id, rejected, walkStartedAt)
    const certain = await dropDoubtful(deps, id, listings, mark, walkStartedAt)
    const stored = await mergeRemoteListings(deps, id, certain, walkStartedAt)
    await quarantine(
      db,
      rejected.map((item) => ({ ...item, remoteId: quarantineId(item.remoteId), connectionId: id })),
      now(),
    )
    const { catalogue: before } = connection
    if (before === undefined) return null
    const catalogue = next(before, stored)
    if (catalogue !== before) await db.connections.put({ ...connection, catalogue })
    return catalogue
  })
}

/** Orders and listings of one shop may have the same id. */
function quarantineId(remoteId: string): string {
  return `listing:${remoteId}`
}

/** What is there but cannot be read was met all the same: it is not gone. */
async function touchUnread(
  deps: PullDeps,
  id: ConnectionId,
  rejected: Page['rejected'],
  walkStartedAt: number | null,
): Promise<void> {
  if (walkStartedAt === null || rejected.length === 0) return
  await meet(
    deps,
    id,
    rejected.map(({ remoteId }) => remoteId),
    walkStartedAt,
  )
}

/** Without listings that may have been read before a change of ours was answered; the answer is newer. They were met all the same. */
async function dropDoubtful(
  deps: PullDeps,
  id: ConnectionId,
  listings: RemoteListing[],
  mark: number,
  walkStartedAt: number | null,
): Promise<RemoteListing[]> {
  const doubtful = listings.filter(({ remoteId }) => deps.writes.isDoubtful(mark, id, quarantineId(remoteId)))
  if (doubtful.length === 0) return listings
  const dropped = new Set(doubtful)
  if (walkStartedAt !== null)
    await meet(
      deps,
      id,
      doubtful.map(({ remoteId }) => remoteId),
      walkStartedAt,
    )
  return listings.filter((listing) => !dropped.has(listing))
}

async function meet({ db }: PullDeps, id: ConnectionId, remoteIds: string[], seenAt: number): Promise<void> {
  const found = [...(await findListings(db, id, remoteIds)).values()]
  await saveListings(
    db,
    found.flatMap(({ listing }) => (listing === null ? [] : [{ ...listing, seenAt }])),
  )
}

/** What a shop no longer has is kept and says so; unsent changes of it stay, and are refused when they are sent. */
export async function storeMissing(
  deps: PullDeps,
  id: ConnectionId,
  remoteIds: readonly string[],
  walkStartedAt: number,
): Promise<void> {
  const { db, newId, now } = deps
  if (remoteIds.length === 0) return
  await inUnit(db, { stores: MERGE_LISTING_STORES, durability: 'relaxed' }, async () => {
    const found = [...(await findListings(db, id, remoteIds)).values()]
    const gone = found.flatMap(({ listing }): Listing[] =>
      listing === null || listing.state === 'gone'
        ? []
        : [{ ...listing, state: 'gone', seenAt: walkStartedAt, updatedAt: now() }],
    )
    await saveListings(db, gone)
    await addActivity(
      db,
      newId,
      gone.map((listing) => ({
        ...{ ...ofListing(listing), at: now(), by: 'remote' as const, what: 'listing-gone', values: {} },
      })),
    )
  })
}
