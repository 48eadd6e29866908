import type { ListingId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { fieldName } from '#core/listing/fields.ts'
import type { Listing } from '#core/listing/listing.ts'
import type { StockReserve } from '#renderer/data/records.ts'
import { listingKey, loadListing } from '#renderer/data/repos/listings.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { changeListing, CHANGE_LISTING_STORES } from '#renderer/usecases/change-listing.ts'
import type { LocalContext } from '#renderer/usecases/context.ts'
import { relinkReserves } from '#renderer/usecases/relink-reserves.ts'

/** What is asked between two steps of long work, and told after each. */
export interface FreezeControl {
  stopped: () => boolean
  onProgress: (done: number, total: number) => void
}

export interface Frozen {
  listings: number
  pieces: number
  /** Listings that could not be changed. */
  refused: number
}

const STORES = [...CHANGE_LISTING_STORES, 'reserves', 'connections'] as const
const BATCH = 50

/**
 * Takes a share of every counted stock of active listings out of the shops, rounded down, and keeps it for this desk. What a listing's
 * record says and what its shop has to hear commit together, so a crash leaves either both or neither; what is in the reserve
 * already is not taken again.
 */
export async function freezeStock(
  ctx: LocalContext,
  share: number,
  { stopped, onProgress }: FreezeControl,
): Promise<{ refused: number }> {
  await relinkReserves(ctx)
  const total = await ctx.db.listings.count()
  let refused = 0
  let done = 0
  for (let after = ''; !stopped();) {
    const ids = await idsAfter(ctx.db.listings, after)
    const last = ids.at(-1)
    if (last === undefined) break
    after = last
    await inUnit(ctx.db, { stores: STORES, durability: 'strict' }, async () => {
      for (const id of ids) if (!(await freezeListing(ctx, id, share)).ok) refused++
    })
    onProgress((done += ids.length), total)
  }
  return { refused }
}

/** What this desk keeps now. */
export async function countFrozen({ db }: Pick<LocalContext, 'db'>): Promise<Omit<Frozen, 'refused'>> {
  const reserves = await db.reserves.toArray()
  const pieces = reserves.flatMap(({ offers }) => offers.map((offer) => offer.pieces))
  return { listings: reserves.length, pieces: pieces.reduce((sum, each) => sum + each, 0) }
}

/**
 * Gives back what is left of the reserve, listing by listing; doing it again gives nothing twice. What cannot be given back now (a
 * conflict waits, a shop does not offer it) stays in the reserve and is counted as refused.
 */
export async function giveBackStock(
  ctx: LocalContext,
  { stopped, onProgress }: FreezeControl,
): Promise<{ refused: number }> {
  await relinkReserves(ctx)
  const total = await ctx.db.reserves.count()
  let refused = 0
  let done = 0
  for (let after = ''; !stopped();) {
    const ids = await idsAfter(ctx.db.reserves, after)
    const last = ids.at(-1)
    if (last === undefined) break
    after = last
    await inUnit(ctx.db, { stores: STORES, durability: 'strict' }, async () => {
      for (const id of ids) if (!(await giveBackListing(ctx, id)).ok) refused++
    })
    onProgress((done += ids.length), total)
  }
  return { refused }
}

async function idsAfter(
  table: LocalContext['db']['listings' | 'reserves'],
  after: string,
): Promise<ListingId[]> {
  return (await table.where(':id').above(after).limit(BATCH).primaryKeys()) as ListingId[]
}

async function freezeListing(ctx: LocalContext, id: ListingId, share: number): Promise<Result<unknown>> {
  const loaded = await loadListing(ctx.db, id)
  if (!loaded.ok) return loaded
  const listing = loaded.value
  if (listing.state !== 'active') return ok(null)
  const known = await ctx.db.reserves.get(id)
  const taken = new Set(known?.offers.map(({ offerRemoteId }) => offerRemoteId))
  const fresh = listing.offers.flatMap(({ remoteId, stock }) => {
    const pieces = Math.floor(((stock ?? 0) * share) / 100)
    return taken.has(remoteId) || pieces <= 0 ? [] : [{ offerRemoteId: remoteId, pieces }]
  })
  if (fresh.length === 0) return ok(null)
  const changed = await moveStock(ctx, listing, fresh, -1)
  if (!changed.ok) return changed
  const { connectionId, remoteId } = listing
  const reserve = known ?? { listingId: id, connectionId, remoteId, offers: [], since: ctx.now() }
  await ctx.db.reserves.put({ ...reserve, offers: [...reserve.offers, ...fresh] })
  return ok(null)
}

/** A listing that is gone or that no walk of its catalogue finds, and an offer that is no longer counted, take nothing back. */
async function giveBackListing(ctx: LocalContext, id: ListingId): Promise<Result<unknown>> {
  const reserve = await ctx.db.reserves.get(id)
  if (reserve === undefined) return ok(null)
  const loaded = await loadListing(ctx.db, id)
  if (!loaded.ok && !(loaded.error.code === 'not-found' && (await isWalked(ctx, reserve)))) return loaded
  if (loaded.ok && loaded.value.state !== 'gone') {
    const moved = await moveStock(ctx, loaded.value, reserve.offers, 1)
    if (!moved.ok) return moved
  }
  await ctx.db.reserves.delete(id)
  return ok(null)
}

/** Every listing of its shop is here: the store may have been lost, and the listing may still come. */
async function isWalked({ db }: LocalContext, { connectionId }: StockReserve): Promise<boolean> {
  const connection = await db.connections.get(connectionId)
  return connection === undefined || typeof connection.catalogue?.lastWholeAt === 'number'
}

/** A stock in conflict is a person's to decide first: `changeListing` would take this for their word. */
async function moveStock(
  ctx: LocalContext,
  listing: Listing,
  offers: StockReserve['offers'],
  sign: 1 | -1,
): Promise<Result<unknown>> {
  const pieces = new Map(offers.map((offer) => [offer.offerRemoteId, offer.pieces]))
  const values = new Map(
    listing.offers.flatMap(({ remoteId, stock }) => {
      const moved = pieces.get(remoteId)
      if (moved === undefined || stock === null) return []
      return [[fieldName({ kind: 'stock', offerRemoteId: remoteId }), stock + sign * moved]]
    }),
  )
  if (values.size === 0) return ok(null)
  const conflict = await ctx.db.conflicts.get(listingKey(listing.id))
  if (conflict?.fields.some(({ field }) => values.has(field)) === true)
    return err(issue('conflict', { reason: 'decide-first' }))
  return changeListing(ctx, listing.id, { what: sign < 0 ? 'stock-frozen' : 'stock-given-back', values })
}
