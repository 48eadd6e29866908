import type { ListingId } from '#core/shared/ids.ts'
import { changeText, type FieldChange } from '#core/shared/field-change.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { isEqual, type FieldConflict } from '#core/sync/merge3.ts'
import { requeue } from '#core/sync/outbox-machine.ts'
import { checkListingValue } from '#core/listing/check-change.ts'
import { listingFields, withFields } from '#core/listing/fields.ts'
import type { Listing, RemoteListing } from '#core/listing/listing.ts'
import { planChanges, type WantedValue } from '#core/listing/plan-changes.ts'
import { withoutFields } from '#core/listing/replay.ts'
import { fieldsOf, type ListingChange } from '#core/listing/unsent.ts'
import { addActivity } from '#renderer/data/repos/activity.repo.ts'
import { loadConflicts, saveConflict } from '#renderer/data/repos/conflicts.repo.ts'
import {
  listingChangesOf,
  loadListing,
  loadListingShadow,
  ofListing,
  saveListings,
} from '#renderer/data/repos/listings.repo.ts'
import type { Conflict } from '#renderer/data/records.ts'
import { LISTING_STORES } from '#renderer/data/unit-of-work.ts'
import { addChange, offers } from '#renderer/usecases/add-change.ts'
import type { LocalContext } from '#renderer/usecases/context.ts'

/** The stores that `changeListing` needs in its unit. */
export const CHANGE_LISTING_STORES = [...LISTING_STORES, 'connections'] as const

export interface ListingEdit {
  /** Key of the entry in its timeline. */
  what: 'listing-edited' | 'conflict-resolved' | 'stock-frozen' | 'stock-given-back'
  /** By name (core/listing/fields.ts); undefined takes a field away. */
  values: ReadonlyMap<string, unknown>
}

/**
 * Sets fields of a listing and puts what its shop has to hear on the way. A field in conflict is decided by it: on what the shop
 * has now. To be called in a unit over CHANGE_LISTING_STORES. Issues: those of loading and checking, `conflict.listing-gone`,
 * `conflict.being-sent`, `unsupported.no-such-operation`.
 */
export async function changeListing(
  ctx: LocalContext,
  id: ListingId,
  { what, values }: ListingEdit,
): Promise<Result<Listing>> {
  const { db, now } = ctx
  const loaded = await loadListing(db, id)
  if (!loaded.ok) return loaded
  const listing = loaded.value
  const owner = ofListing(listing)
  const conflict = (await loadConflicts(db, [owner.entityKey])).get(owner.entityKey)
  const allowed = await check(ctx, listing, values, conflict?.fields ?? [])
  if (!allowed.ok) return allowed
  const here = listingFields(listing)
  const decided = (conflict?.fields ?? []).filter(({ field }) => values.has(field))
  const freed = await decide(ctx, listing, conflict, decided)
  if (!freed.ok) return freed
  const wanted = [...values].map(([field, to]): WantedValue => {
    const choice = decided.find((each) => each.field === field)
    return { field, from: choice === undefined ? here.get(field) : choice.there, to }
  })
  for (const change of planChanges(listing, wanted))
    await addChange(ctx, {
      ...{ connectionId: listing.connectionId, entityKey: owner.entityKey },
      ...{ entityLabel: owner.label, ...change },
    })
  const next = { ...withFields(listing, values), updatedAt: now() }
  await saveListings(db, [next])
  const names = new Set(decided.map(({ field }) => field))
  await tell(ctx, next, [...values.keys()].map(changeOf(here, listingFields(next))), (field) =>
    // Typing another value where a person has to choose is a choice.
    what === 'listing-edited' && names.has(field) ? 'conflict-resolved' : what,
  )
  return ok(next)
}

const changeOf =
  (before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>) =>
  (field: string): FieldChange => ({
    field,
    from: changeText(before.get(field)),
    to: changeText(after.get(field)),
  })

/** One entry for what was edited and one for what was decided; a decision counts also when it leaves the value as it was. */
async function tell(
  { db, newId, now }: LocalContext,
  listing: Listing,
  all: readonly FieldChange[],
  whatOf: (field: string) => ListingEdit['what'],
): Promise<void> {
  const told = all.filter(({ field, from, to }) => from !== to || whatOf(field) === 'conflict-resolved')
  for (const what of new Set(told.map(({ field }) => whatOf(field)))) {
    const changes = told.filter(({ field }) => whatOf(field) === what)
    await addActivity(db, newId, [
      { ...ofListing(listing), at: now(), by: 'here', what, values: {}, changes },
    ])
  }
}

/** All of it can be sent, or nothing is changed. What the shop has anyway is always allowed. */
async function check(
  { db }: LocalContext,
  listing: Listing,
  values: ReadonlyMap<string, unknown>,
  conflicts: readonly FieldConflict[],
): Promise<Result<null>> {
  const shadow = await loadListingShadow(db, listing.id)
  const there = shadow === null ? new Map<string, unknown>() : listingFields(shadow)
  if (listing.state === 'gone') return err(issue('conflict', { reason: 'listing-gone', field: 'state' }))
  for (const [name, value] of values) {
    const theirs = conflicts.find(({ field }) => field === name)
    if (theirs !== undefined && isEqual(theirs.there, value)) continue
    const checked = checkListingValue(listing, name, value, there)
    if (!checked.ok) return checked
    const { kind } = checked.value
    const capability = kind === 'content' ? 'push-listing' : kind === 'price' ? 'push-price' : 'push-stock'
    if (!(await offers(db, listing.connectionId, capability)))
      return err(issue('unsupported', { reason: 'no-such-operation', field: name }))
  }
  return ok(null)
}

/** What a person decides stands on what the shop has now: rows about it go, and rows that waited only for it go on. */
async function decide(
  ctx: LocalContext,
  listing: Listing,
  conflict: Conflict | undefined,
  decided: readonly FieldConflict[],
): Promise<Result<null>> {
  if (conflict === undefined || decided.length === 0) return ok(null)
  const { db, now } = ctx
  const owner = ofListing(listing)
  const rows = (await listingChangesOf(db, [owner.entityKey])).get(owner.entityKey) ?? []
  const names = new Set(decided.map(({ field }) => field))
  const { put, remove } = withoutFields(rows, names)
  if ([...put, ...remove].some(({ state }) => state === 'leased'))
    return err(issue('conflict', { reason: 'being-sent' }))
  const rest = conflict.fields.filter(({ field }) => !names.has(field))
  const stuck = new Set(rest.map(({ field }) => field))
  const changed = new Map(put.map((row) => [row.id, row]))
  const gone = new Set(remove.map(({ id }) => id))
  const left = rows.filter(({ id }) => !gone.has(id)).map((row) => changed.get(row.id) ?? row)
  await db.outbox.bulkDelete([...gone])
  await db.outbox.bulkPut(left.map((row) => freed(row, stuck, now())))
  await db.shadows.put(await shadowWith(ctx, listing, owner.entityKey, decided))
  await saveConflict(db, owner, rest, { before: conflict, now: now() })
  return ok(null)
}

function freed(row: ListingChange, stuck: ReadonlySet<string>, now: number): ListingChange {
  const waits = row.state === 'blocked-conflict' && !fieldsOf(row).some((field) => stuck.has(field))
  return waits ? (requeue(row, now) as ListingChange) : row
}

/** A field that was an open question is taken to be what the person saw. */
async function shadowWith(
  { db }: LocalContext,
  listing: Listing,
  entityKey: string,
  decided: readonly FieldConflict[],
): Promise<{ entityKey: string; value: RemoteListing | null; remoteUpdatedAt: number }> {
  const shadow = await loadListingShadow(db, listing.id)
  const said = new Map(decided.map(({ field, there }) => [field, there]))
  return {
    ...{ entityKey, remoteUpdatedAt: listing.remoteUpdatedAt },
    value: shadow === null ? null : withFields(shadow, said),
  }
}
