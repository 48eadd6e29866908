import type { ConnectionId } from '#core/shared/ids.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import type { StockReserve } from '#renderer/data/records.ts'
import type { CopiedReserves } from '#renderer/data/setting-records.ts'

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

/** Reserves of a file that nobody has decided on; null when there are none. */
export async function loadCopiedReserves(db: CaravelDatabase): Promise<CopiedReserves | null> {
  const row = await db.settings.get('copied-reserves')
  return row?.key === 'copied-reserves' ? row.value : null
}

/** Null, or none left, when everything is decided. */
export async function saveCopiedReserves(db: CaravelDatabase, value: CopiedReserves | null): Promise<void> {
  if (value === null || value.reserves.length === 0) await db.settings.delete('copied-reserves')
  else await db.settings.put({ key: 'copied-reserves', value })
}

/**
 * What a database that was filled from a file holds as taken out of shops is no longer certain: it leaves the reserve, so that nothing
 * gives it back, and waits beside it for a person's word. What had been waiting in the file stays with it.
 */
export function setReservesAside(db: CaravelDatabase, copiedAt: number): Promise<void> {
  return db.transaction('rw', ['reserves', 'settings'], async () => {
    const found = await db.reserves.toArray()
    const before = await loadCopiedReserves(db)
    const reserves = [...(before?.reserves ?? []), ...found]
    await saveCopiedReserves(db, { copiedAt: before?.copiedAt ?? copiedAt, reserves })
    await db.reserves.clear()
  })
}

/** A shop that is no longer here is asked nothing about. To be called in a unit over `settings`. */
export async function forgetCopiedReserves(db: CaravelDatabase, of: ConnectionId): Promise<void> {
  const copied = await loadCopiedReserves(db)
  if (copied === null) return
  const reserves = copied.reserves.filter(({ connectionId }) => connectionId !== of)
  await saveCopiedReserves(db, { ...copied, reserves })
}

/** The same pieces of the same freeze. */
export function isSameReserve(a: StockReserve, b: StockReserve): boolean {
  return a.listingId === b.listingId && a.since === b.since
}

/** Pieces that were frozen at different times are all out of the shop. */
export function addPieces(
  mine: StockReserve['offers'],
  more: StockReserve['offers'],
): StockReserve['offers'] {
  const pieces = new Map(mine.map((offer) => [offer.offerRemoteId, offer.pieces]))
  for (const offer of more)
    pieces.set(offer.offerRemoteId, (pieces.get(offer.offerRemoteId) ?? 0) + offer.pieces)
  return [...pieces].map(([offerRemoteId, count]) => ({ offerRemoteId, pieces: count }))
}
