import type { ListingId } from '#core/shared/ids.ts'
import { listingFields, withFields } from '#core/listing/fields.ts'
import { replayChanges } from '#core/listing/replay.ts'
import { fieldsOf, type ListingChange } from '#core/listing/unsent.ts'
import { loadConflicts, saveConflict } from '#renderer/data/repos/conflicts.repo.ts'
import {
  listingChangesOf,
  loadListing,
  loadListingShadow,
  ofListing,
  saveListings,
} from '#renderer/data/repos/listings.repo.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/**
 * A row left the outbox because a person dropped it: what it changed is as the shop last said, with what still waits on top, and no
 * longer in conflict. Needs CHANGE_LISTING_STORES.
 */
export async function showWithoutRow({ db, now }: UseCaseContext, row: ListingChange): Promise<void> {
  const { entityKey } = row
  const conflict = (await loadConflicts(db, [entityKey])).get(entityKey)
  if (conflict !== undefined) {
    const gone = new Set(fieldsOf(row))
    const rest = conflict.fields.filter(({ field }) => !gone.has(field))
    await saveConflict(db, conflict, rest, { before: conflict, now: now() })
  }
  await showUnsent({ db, now }, row)
}

/** Shows the fields of a row as the rows that wait say them; on what the shop last said. Needs CHANGE_LISTING_STORES. */
export async function showUnsent(
  { db, now }: Pick<UseCaseContext, 'db' | 'now'>,
  row: ListingChange,
): Promise<void> {
  const id = row.entityKey.replace(/^listing:/, '') as ListingId
  const loaded = await loadListing(db, id)
  const shadow = await loadListingShadow(db, id)
  if (!loaded.ok || shadow === null) return
  const { entityKey } = ofListing(loaded.value)
  const rows = (await listingChangesOf(db, [entityKey])).get(entityKey) ?? []
  const replayed = replayChanges(listingFields(shadow), rows)
  const values = new Map(fieldsOf(row).map((field) => [field, replayed.get(field)]))
  await saveListings(db, [{ ...withFields(loaded.value, values), updatedAt: now() }])
}
