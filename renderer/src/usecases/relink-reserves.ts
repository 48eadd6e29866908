import type { StockReserve } from '#renderer/data/records.ts'
import { addPieces } from '#renderer/data/repos/reserves.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import type { LocalContext } from '#renderer/usecases/context.ts'

/**
 * After the loss of the store listings are pulled under new ids, while reserves come back from the journal of unsent work under the old
 * ones: each goes to the listing that its shop knows by the same id.
 */
export function relinkReserves({ db }: Pick<LocalContext, 'db'>): Promise<void> {
  return inUnit(db, { stores: ['reserves', 'listings'], durability: 'strict' }, async () => {
    const reserves = await db.reserves.toArray()
    const listings = await db.listings.bulkGet(reserves.map(({ listingId }) => listingId))
    const astray = reserves.filter((_reserve, i) => listings[i] === undefined)
    for (const reserve of astray) {
      const place = [reserve.connectionId, reserve.remoteId ?? '']
      const there = await db.listings.where('[connectionId+remoteId]').equals(place).first()
      if (there === undefined) continue
      const mine: StockReserve | undefined = await db.reserves.get(there.id)
      const offers = addPieces(mine?.offers ?? [], reserve.offers)
      await db.reserves.put({ ...reserve, listingId: there.id, offers })
      await db.reserves.delete(reserve.listingId)
    }
  })
}
