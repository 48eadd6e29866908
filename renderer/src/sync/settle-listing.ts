import type { ListingId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import { requeue, settleAccepted, settleIssue } from '#core/sync/outbox-machine.ts'
import { fieldName, listingFields, withFields } from '#core/listing/fields.ts'
import type { RemoteListing } from '#core/listing/listing.ts'
import { plannedListingChanges, valuesOf, type ListingChange } from '#core/listing/unsent.ts'
import { addActivity } from '#renderer/data/repos/activity.repo.ts'
import { loadConflicts, saveConflict } from '#renderer/data/repos/conflicts.repo.ts'
import {
  listingKey,
  loadListing,
  loadListingShadow,
  saveListings,
} from '#renderer/data/repos/listings.repo.ts'
import { loadOutboxRow } from '#renderer/data/repos/outbox.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { MERGE_LISTING_STORES, mergeRemoteListings } from '#renderer/sync/merge-listings.ts'
import type { RowAnswer } from '#renderer/sync/row-answer.ts'
import type { SyncDeps } from '#renderer/sync/sync-deps.ts'

type PushAnswer = Extract<RowAnswer, { row: ListingChange }>

/**
 * A change of a listing was answered. Written: the row leaves, and what it said is what the remote has. Accepted: the row waits until
 * a reading shows it (core/listing/shown.ts). Moved: nothing was written; the listing is merged with what the remote has now, and the
 * row goes again on that ground, or waits for a person.
 */
export function settlePushed(deps: SyncDeps, answer: RowAnswer): Promise<void> {
  const { db } = deps
  return inUnit(db, { stores: MERGE_LISTING_STORES, durability: 'strict' }, async () => {
    const { row, value } = answer as PushAnswer
    const current = await loadOutboxRow(db, row.id)
    const ours = current?.state === 'leased' && current.attempts === row.attempts
    if (value.outcome === 'moved') {
      if (ours) await settleMoved(deps, row, value.listing)
    } else if (value.outcome === 'accepted') {
      if (ours) await settleTaken(deps, row)
    } else if (current !== undefined) await settleWritten(deps, row)
    await mergeRemoteListings(deps, row.connectionId, [value.listing], null)
    await showWork(deps, row)
  })
}

/** The remote's word on these fields is now what we said: differences that were made since stand on that. */
async function settleWritten({ db, newId, now }: SyncDeps, row: ListingChange): Promise<void> {
  await db.outbox.delete(row.id)
  const shadow = await loadListingShadow(db, idOf(row))
  const changes = plannedListingChanges(row, shadow === null ? new Map() : listingFields(shadow))
  if (shadow !== null) {
    const value = withFields(shadow, saidBy(row))
    await db.shadows.put({ entityKey: row.entityKey, value, remoteUpdatedAt: value.updatedAt })
  }
  const { entityKey, connectionId, entityLabel: label } = row
  await addActivity(db, newId, [
    {
      entityKey,
      connectionId,
      label,
      at: now(),
      by: 'remote',
      what: `${row.kind}-sent`,
      values: {},
      changes,
    },
  ])
}

async function settleTaken({ db, newId, now }: SyncDeps, row: ListingChange): Promise<void> {
  await db.outbox.put(settleAccepted(row, now()))
  const { entityKey, connectionId, entityLabel: label } = row
  const entry = { entityKey, connectionId, label, at: now(), by: 'remote' as const }
  await addActivity(db, newId, [{ ...entry, what: `${row.kind}-taken`, values: {} }])
}

function saidBy(row: ListingChange): Map<string, unknown> {
  if (row.kind !== 'push-stock') return new Map(valuesOf(row))
  const { aim, offerRemoteId } = row.payload
  return new Map([[fieldName({ kind: 'stock', offerRemoteId }), aim?.to]])
}

/** A difference of stock that may have arrived cannot be told from a sale: a person looks. All else goes again. */
async function settleMoved(deps: SyncDeps, row: ListingChange, there: RemoteListing): Promise<void> {
  const { db, now, rng } = deps
  const lost = row.kind === 'push-stock' && row.payload.aim?.mayHaveArrived === true
  if (lost) {
    await askAboutStock(deps, row, there)
    const asked = settleIssue(row, issue('conflict', { reason: 'stock-moved' }), now(), rng)
    // Still an open question: no reading of the listing decides it.
    await db.outbox.put({ ...asked, inFlight: true })
    return
  }
  const free = settleIssue(row, issue('cancelled'), now(), rng)
  const again = { ...free, inFlight: false, lastIssue: null, nextAttemptAt: now() } as OutboxRow
  await db.outbox.put(
    again.kind === 'push-stock'
      ? { ...again, payload: { ...again.payload, aim: null } }
      : requeue(again, now()),
  )
}

async function askAboutStock(
  { db, now }: SyncDeps,
  row: OutboxRow<'push-stock'>,
  there: RemoteListing,
): Promise<void> {
  const field = fieldName({ kind: 'stock', offerRemoteId: row.payload.offerRemoteId })
  const before = (await loadConflicts(db, [row.entityKey])).get(row.entityKey)
  const asked = {
    field,
    before: row.payload.aim?.from,
    here: row.payload.aim?.to,
    there: listingFields(there).get(field),
  }
  const { entityKey, connectionId, entityLabel: label } = row
  const others = before?.fields.filter((each) => each.field !== field) ?? []
  await saveConflict(db, { entityKey, connectionId, label }, [...others, asked], { before, now: now() })
}

/** The slim row says what waits for its listing: the last row may have left. */
async function showWork({ db }: SyncDeps, row: ListingChange): Promise<void> {
  const loaded = await loadListing(db, idOf(row))
  if (loaded.ok) await saveListings(db, [loaded.value])
}

function idOf({ entityKey }: ListingChange): ListingId {
  return entityKey.slice(listingKey('' as ListingId).length) as ListingId
}
