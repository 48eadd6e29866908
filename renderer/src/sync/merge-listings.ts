import type { ConnectionId } from '#core/shared/ids.ts'
import { changeText } from '#core/shared/field-change.ts'
import { sameJson } from '#core/shared/same-json.ts'
import { diff } from '#core/sync/diff.ts'
import { listingFields } from '#core/listing/fields.ts'
import type { Listing, RemoteListing } from '#core/listing/listing.ts'
import { reconcileListing, type ListingAfter } from '#core/listing/reconcile-listing.ts'
import type { ListingChange } from '#core/listing/unsent.ts'
import { remoteListingSchema } from '#core/contracts/values.ts'
import { quickParse } from '#core/contracts/quick-parse.ts'
import { addActivity, type NewActivity } from '#renderer/data/repos/activity.repo.ts'
import { loadConflicts, saveConflict } from '#renderer/data/repos/conflicts.repo.ts'
import {
  findListings,
  listingChangesOf,
  listingKey,
  ofListing,
  saveListings,
  type FoundListing,
} from '#renderer/data/repos/listings.repo.ts'
import { quarantine, type Unreadable } from '#renderer/data/repos/quarantine.repo.ts'
import type { Conflict, Shadow } from '#renderer/data/records.ts'
import { LISTING_STORES } from '#renderer/data/unit-of-work.ts'
import type { SyncDeps } from '#renderer/sync/sync-deps.ts'

/** The stores that `mergeRemoteListings` needs in its unit. */
export const MERGE_LISTING_STORES = [...LISTING_STORES, 'connections', 'quarantine', 'settings'] as const

/**
 * Puts what the remote says of some listings under what was done here, and writes all that follows: listings, slim rows, shadows,
 * conflicts, unsent rows on their new ground, timelines. To be called in a unit over MERGE_LISTING_STORES. Returns how many
 * listings were written.
 */
export async function mergeRemoteListings(
  deps: SyncDeps,
  connectionId: ConnectionId,
  remotes: readonly RemoteListing[],
  walkStartedAt: number | null,
): Promise<number> {
  if (remotes.length === 0) return 0
  const { db } = deps
  const found = await findListings(
    db,
    connectionId,
    remotes.map(({ remoteId }) => remoteId),
  )
  const keys = [...found.values()].map(({ id }) => listingKey(id))
  const [shadows, rows, conflicts] = await Promise.all([
    loadShadows(deps, keys),
    listingChangesOf(db, keys),
    loadConflicts(db, keys),
  ])
  const beside = { shadows, rows, conflicts }
  const merge = new ListingMerge(deps, { connectionId, walkStartedAt }, found, beside)
  for (const remote of lastOfEach(remotes)) merge.take(remote)
  await merge.write()
  return merge.written
}

interface Beside {
  shadows: Map<string, RemoteListing>
  rows: Map<string, ListingChange[]>
  conflicts: Map<string, Conflict>
}

/** One page's merge in memory. */
class ListingMerge {
  written = 0
  readonly #listings: Listing[] = []
  /** Nothing moved but the time of the walk that met them. */
  readonly #met: Listing[] = []
  readonly #merged: ListingAfter[] = []
  readonly #unreadable: Unreadable[] = []
  readonly #activity: NewActivity[] = []
  readonly #deps: SyncDeps
  readonly #pull: { connectionId: ConnectionId; walkStartedAt: number | null }
  readonly #found: Map<string, FoundListing>
  readonly #beside: Beside

  constructor(
    deps: SyncDeps,
    pull: { connectionId: ConnectionId; walkStartedAt: number | null },
    found: Map<string, FoundListing>,
    beside: Beside,
  ) {
    this.#deps = deps
    this.#pull = pull
    this.#found = found
    this.#beside = beside
  }

  take(remote: RemoteListing): void {
    const { newId, now } = this.#deps
    const found = this.#found.get(remote.remoteId)
    const existing = found?.listing ?? null
    if (found !== undefined && existing === null)
      this.#setAside(remote.remoteId, 'stored record unreadable', found.raw)
    const key = found === undefined ? '' : listingKey(found.id)
    const after = reconcileListing(
      {
        listing: existing,
        shadow: this.#beside.shadows.get(key) ?? null,
        rows: this.#beside.rows.get(key) ?? [],
        conflicts: this.#beside.conflicts.get(key)?.fields ?? [],
      },
      remote,
      {
        ...{ ...this.#pull, now: now() },
        // A record that does not parse is replaced under its own id: the remote id is unique.
        makeListingId: () => found?.id ?? newId<'listing'>(),
      },
    )
    this.#merged.push(after)
    if (after.outcome !== 'stale') this.#note(existing, after)
  }

  #note(existing: Listing | null, { outcome, listing, taken, put, remove }: ListingAfter): void {
    const moved = outcome !== 'unchanged' || put.length + remove.length > 0
    if (moved) this.#listings.push(listing)
    else if (listing.seenAt !== existing?.seenAt) this.#met.push(listing)
    if (outcome === 'unchanged') return
    this.written++
    const entry = { ...ofListing(listing), at: this.#deps.now(), by: 'remote' as const, values: {} }
    if (existing === null) this.#activity.push({ ...entry, what: 'listing-received' })
    else this.#activity.push(...describe(entry, existing, listing, taken))
  }

  /** Rows and conflicts first: the slim rows say what waits for their listing. */
  async write(): Promise<void> {
    const { db, newId, now } = this.#deps
    const put = this.#merged.flatMap((each) => each.put)
    const remove = this.#merged.flatMap((each) => each.remove)
    if (put.length > 0) await db.outbox.bulkPut(put)
    if (remove.length > 0) await db.outbox.bulkDelete(remove.map(({ id }) => id))
    await this.#writeConflicts()
    const shadows = this.#newShadows()
    if (shadows.length > 0) await db.shadows.bulkPut(shadows)
    const asMet = this.#met.filter((listing) => !this.#listings.includes(listing))
    if (asMet.length > 0) await db.listings.bulkPut(asMet)
    await saveListings(db, this.#listings)
    await quarantine(db, this.#unreadable, now())
    await addActivity(db, newId, this.#activity)
  }

  async #writeConflicts(): Promise<void> {
    const { db, now } = this.#deps
    for (const { listing, conflicts, outcome } of this.#merged) {
      if (outcome === 'stale') continue
      const owner = ofListing(listing)
      const before = this.#beside.conflicts.get(owner.entityKey)
      await saveConflict(db, owner, conflicts, { before, now: now() })
      this.#noteConflict(owner, before, conflicts.length)
      if (before === undefined && conflicts.length === 0) continue
      if (!this.#listings.includes(listing)) this.#listings.push(listing)
    }
  }

  /** Those that differ from what the shop said before. */
  #newShadows(): Shadow[] {
    const said = this.#merged.filter(({ outcome }) => outcome !== 'stale')
    return said
      .map(({ listing, shadow }) => ({
        ...{ entityKey: listingKey(listing.id), value: shadow, remoteUpdatedAt: shadow.updatedAt },
      }))
      .filter(({ entityKey, value }) => !sameJson(this.#beside.shadows.get(entityKey), value))
  }

  #noteConflict(owner: ReturnType<typeof ofListing>, before: Conflict | undefined, count: number): void {
    if ((before === undefined) === (count === 0)) return
    const what = count > 0 ? 'conflict-found' : 'conflict-over'
    this.#activity.push({ ...owner, at: this.#deps.now(), by: 'remote', what, values: { count } })
  }

  #setAside(remoteId: string, reason: string, raw: unknown): void {
    this.#unreadable.push({
      ...{ connectionId: this.#pull.connectionId, remoteId: `listing:${remoteId}`, reason, raw },
    })
  }
}

function describe(
  entry: Omit<NewActivity, 'what'>,
  before: Listing,
  after: Listing,
  taken: readonly string[],
): NewActivity[] {
  const changes = diff(listingFields(before), listingFields(after))
    .filter(({ field }) => taken.includes(field))
    .map(({ field, from, to }) => ({ field, from: changeText(from), to: changeText(to) }))
  const state =
    before.state === after.state ? [] : [{ field: 'state', from: before.state, to: after.state as string }]
  const all = [...state, ...changes]
  if (all.length === 0) return []
  return [{ ...entry, what: 'listing-changed', values: { count: all.length }, changes: all }]
}

/** A listing that is on a page twice counts as it came last. */
function lastOfEach(remotes: readonly RemoteListing[]): RemoteListing[] {
  const newest = new Map<string, RemoteListing>()
  for (const remote of remotes) {
    const other = newest.get(remote.remoteId)
    if (other === undefined || other.updatedAt <= remote.updatedAt) newest.set(remote.remoteId, remote)
  }
  return [...newest.values()]
}

async function loadShadows({ db }: SyncDeps, keys: string[]): Promise<Map<string, RemoteListing>> {
  const found = keys.length === 0 ? [] : await db.shadows.bulkGet(keys)
  return new Map(
    found.flatMap((shadow) => {
      if (shadow === undefined) return []
      const { data } = quickParse(remoteListingSchema, shadow.value)
      return data === undefined ? [] : [[shadow.entityKey, data] as const]
    }),
  )
}
