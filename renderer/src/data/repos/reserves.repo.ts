import type { OutboxRow } from '#core/sync/outbox.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'

/**
 * A change of stock that a person dropped took nothing out of the shop: so many pieces are not in this desk's reserve either. To be
 * called in a unit over `reserves`.
 */
export async function forgetReserve(db: CaravelDatabase, row: OutboxRow<'push-stock'>): Promise<void> {
  const { offerRemoteId, delta } = row.payload
  const reserve = delta < 0 ? await db.reserves.get(row.entityKey.replace(/^listing:/, '')) : undefined
  if (reserve === undefined) return
  const offers = reserve.offers
    .map((offer) =>
      offer.offerRemoteId === offerRemoteId ? { ...offer, pieces: Math.max(0, offer.pieces + delta) } : offer,
    )
    .filter(({ pieces }) => pieces > 0)
  if (offers.length === 0) await db.reserves.delete(reserve.listingId)
  else await db.reserves.put({ ...reserve, offers })
}
