import type { Listing } from '#core/listing/listing.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { listingChangesOf, listingKey, saveListings } from '#renderer/data/repos/listings.repo.ts'

/**
 * Puts a listing with unsent changes back, after its rows. What the shop last said, and what was in conflict, are not kept twice: the
 * rows say on what they were made, and the next reading finds the same conflicts again. To be called in a transaction over the
 * listings' stores.
 */
export async function restoreListing(db: CaravelDatabase, kept: Listing): Promise<void> {
  const key = listingKey(kept.id)
  const rows = (await listingChangesOf(db, [key])).get(key) ?? []
  const place = [kept.connectionId, kept.remoteId]
  const there = await db.listings.where('[connectionId+remoteId]').equals(place).first()
  // A pull has brought it under another id meanwhile: its changes go with that one.
  const id = there?.id ?? kept.id
  if (id !== kept.id) await db.outbox.bulkPut(rows.map((row) => ({ ...row, entityKey: listingKey(id) })))
  await db.shadows.delete(listingKey(id))
  await saveListings(db, [{ ...kept, id }])
}
