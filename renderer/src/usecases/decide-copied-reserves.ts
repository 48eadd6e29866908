import { ok, type Result } from '#core/shared/result.ts'
import { addActivity, type NewActivity } from '#renderer/data/repos/activity.repo.ts'
import { ofListing } from '#renderer/data/repos/listings.repo.ts'
import { addPieces, loadCopiedReserves, saveCopiedReserves } from '#renderer/data/repos/reserves.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import type { LocalContext } from '#renderer/usecases/context.ts'

/** What a person knows of pieces that a file holds as taken out of shops. */
export type ReservesAnswer = 'still-out' | 'given-back'

/**
 * A person's word on the reserves of a file (docs/adr/0011): still out of the shops, then this desk keeps them and gives them back like
 * its own; or given back already, then they are forgotten. All or nothing, and noted for every listing. The value is how many listings.
 */
export function decideCopiedReserves(
  { db, now, newId }: LocalContext,
  { answer }: { answer: ReservesAnswer },
): Promise<Result<{ listings: number }>> {
  const stores = ['reserves', 'listings', 'activity', 'settings'] as const
  return inUnit(db, { stores, durability: 'strict' }, async () => {
    const copied = await loadCopiedReserves(db)
    if (copied === null) return ok({ listings: 0 })
    const entries: NewActivity[] = []
    for (const reserve of copied.reserves) {
      const listing = await db.listings.get(reserve.listingId)
      if (listing === undefined) continue
      if (answer === 'still-out') {
        const mine = await db.reserves.get(reserve.listingId)
        const offers = addPieces(mine?.offers ?? [], reserve.offers)
        await db.reserves.put({ ...(mine ?? reserve), offers })
      }
      entries.push({
        ...{ ...ofListing(listing), at: now(), by: 'here' },
        what: answer === 'still-out' ? 'reserve-taken-over' : 'reserve-forgotten',
        values: { pieces: reserve.offers.reduce((sum, { pieces }) => sum + pieces, 0) },
      })
    }
    await addActivity(db, newId, entries)
    await saveCopiedReserves(db, null)
    return ok({ listings: entries.length })
  })
}
