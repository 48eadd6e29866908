import type { ConnectionId, ListingId } from '#core/shared/ids.ts'
import type { Listing } from '#core/listing/listing.ts'
import type { ListingChange } from '#core/listing/unsent.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { listingKey, loadListing, saveListings } from '#renderer/data/repos/listings.repo.ts'
import { listingSchema } from '#renderer/data/stored-schemas.ts'

/**
 * Lets the listings of another workspace join. One that is here already stays as it is, and so do the other side's changes of it:
 * they may have been sent since.
 */
export class ListingsMerge {
  readonly #taken = new Set<string>()

  constructor(
    private readonly db: CaravelDatabase,
    private readonly connectionOf: (id: ConnectionId) => ConnectionId,
  ) {}

  async take(batch: readonly Listing[]): Promise<void> {
    const others = batch.flatMap((other) => listingSchema.safeParse(other).data ?? [])
    const moved = others.map((other) => ({ ...other, connectionId: this.connectionOf(other.connectionId) }))
    const keys = moved.map(({ connectionId, remoteId }) => [connectionId, remoteId])
    const here = await this.db.listings.where('[connectionId+remoteId]').anyOf(keys).toArray()
    const known = new Set(here.map(({ connectionId, remoteId }) => `${connectionId} ${remoteId}`))
    const absent = moved.filter(({ connectionId, remoteId }) => !known.has(`${connectionId} ${remoteId}`))
    // Not met on any walk of ours.
    await saveListings(
      this.db,
      absent.map((listing) => ({ ...listing, seenAt: 0 })),
    )
    for (const { id } of absent) this.#taken.add(listingKey(id))
  }

  /** True when it joined. The next reading begins from what the shop had when it was made. */
  async takeChange(row: ListingChange): Promise<boolean> {
    if (!this.#taken.has(row.entityKey)) return false
    await this.db.outbox.add({ ...row, connectionId: this.connectionOf(row.connectionId) })
    const listing = await loadListing(this.db, row.entityKey.replace(/^listing:/, '') as ListingId)
    if (listing.ok) await saveListings(this.db, [listing.value])
    return true
  }
}
