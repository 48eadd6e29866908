import type { ConnectionId, ListingId } from '#core/shared/ids.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import type { StockReserve } from '#renderer/data/records.ts'
import { isSameReserve, loadCopiedReserves, saveCopiedReserves } from '#renderer/data/repos/reserves.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'

/**
 * Reserves of another workspace become a question, never a reserve: the desk that froze them may be at work and give them back itself.
 * What this desk keeps of an offer is its own word; nothing is asked about that.
 */
export async function mergeReserves(
  db: CaravelDatabase,
  from: CaravelDatabase,
  connectionOf: (id: ConnectionId) => ConnectionId,
): Promise<true> {
  const theirs = await loadCopiedReserves(from)
  if (theirs === null) return true
  const moved: StockReserve[] = []
  for (const reserve of theirs.reserves) {
    const connectionId = connectionOf(reserve.connectionId)
    const listing = await from.listings.get(reserve.listingId)
    const here = await db.listings
      .where('[connectionId+remoteId]')
      .equals([connectionId, listing?.remoteId ?? ''])
      .first()
    if (here !== undefined) moved.push({ ...reserve, connectionId, listingId: here.id })
  }
  await inUnit(db, { stores: ['settings', 'reserves'], durability: 'strict' }, async () => {
    const before = await loadCopiedReserves(db)
    const known = before?.reserves ?? []
    const fresh: StockReserve[] = []
    for (const reserve of moved) {
      if (known.some((each) => isSameReserve(each, reserve))) continue
      const offers = await notKept(db, reserve)
      if (offers.length > 0) fresh.push({ ...reserve, offers })
    }
    if (fresh.length === 0) return
    const copiedAt = Math.min(theirs.copiedAt, before?.copiedAt ?? theirs.copiedAt)
    await saveCopiedReserves(db, { copiedAt, reserves: [...known, ...fresh] })
  })
  return true
}

async function notKept(
  db: CaravelDatabase,
  { listingId, offers }: { listingId: ListingId; offers: StockReserve['offers'] },
): Promise<StockReserve['offers']> {
  const mine = await db.reserves.get(listingId)
  const kept = new Set(mine?.offers.map(({ offerRemoteId }) => offerRemoteId))
  return offers.filter(({ offerRemoteId }) => !kept.has(offerRemoteId))
}
