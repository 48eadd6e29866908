import type { ConnectionId, ListingId } from '#core/shared/ids.ts'
import type { Clock } from '#core/shared/ports.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import type { ListingPicture } from '#renderer/data/records.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import type { HostCalls } from '#renderer/platform/host.ts'
import type { FreezeControl } from '#renderer/usecases/freeze-stock.ts'

export interface PictureTools {
  db: CaravelDatabase
  host: Pick<HostCalls, 'connector.fetch-picture'>
  now: Clock
  /** Room for all pictures together, in bytes. */
  mostBytes?: number
}

export interface FetchedPictures {
  stored: number
  /** Listings that have a picture at their shop and none here. */
  lacking: number
  /** The room is used up. */
  full: boolean
}

const ROOM = 50_000_000
const BATCH = 100
const AT_ONCE = 4

/** A picture that a shop has and this desk has not. */
export interface Wanted {
  id: ListingId
  connectionId: ConnectionId
  pictureUrl: string
}

/**
 * Stores the small picture of every listing that is not gone, unless it is here already. One that cannot be had is counted; the rest go
 * on. A picture of a listing that is gone, or that has another one now, makes room.
 */
export async function fetchPictures(
  tools: PictureTools,
  { stopped, onProgress }: FreezeControl,
): Promise<FetchedPictures> {
  const { db, mostBytes = ROOM } = tools
  let used = 0
  await db.pictures.each(({ bytes }) => (used += bytes.length))
  const found: FetchedPictures = { stored: 0, lacking: 0, full: false }
  const total = await db.listings.count()
  let done = 0
  for (let after = ''; !stopped();) {
    const batch = await db.listings.where(':id').above(after).limit(BATCH).toArray()
    const last = batch.at(-1)
    if (last === undefined) break
    after = last.id
    const stored = await db.pictures.bulkGet(batch.map(({ id }) => id))
    const wanted: Wanted[] = []
    const old: ListingPicture[] = []
    batch.forEach(({ id, connectionId, pictureUrl, state }, i) => {
      const picture = stored[i]
      const isWanted = state !== 'gone' && pictureUrl !== ''
      if (isWanted && picture?.url === pictureUrl) {
        found.stored++
        return
      }
      if (isWanted) wanted.push({ id, connectionId, pictureUrl })
      if (picture !== undefined) old.push(picture)
    })
    const fetched = await fetchBatch(tools, wanted, stopped)
    // What is stored stays until there is a better one, unless nothing points to it any more.
    const fresh = new Set(fetched.map(({ listingId }) => listingId))
    const kept = new Set(wanted.map(({ id }) => id).filter((id) => !fresh.has(id)))
    const gone = old.filter(({ listingId }) => !kept.has(listingId))
    used -= sizeOf(gone)
    const fitting = fetched.filter(({ bytes }) => {
      const fits = used + bytes.length <= mostBytes
      if (fits) used += bytes.length
      return fits
    })
    await inUnit(db, { stores: ['pictures'], durability: 'relaxed' }, async () => {
      await db.pictures.bulkDelete(gone.map(({ listingId }) => listingId))
      await db.pictures.bulkPut(fitting)
    })
    found.full ||= fitting.length < fetched.length
    found.stored += fitting.length
    found.lacking += wanted.length - fitting.length
    onProgress((done += batch.length), total)
  }
  return found
}

function sizeOf(pictures: readonly ListingPicture[]): number {
  return pictures.reduce((sum, { bytes }) => sum + bytes.length, 0)
}

/** A few at a time; one that cannot be had is left out. */
export async function fetchBatch(
  { host, now }: PictureTools,
  wanted: readonly Wanted[],
  stopped: () => boolean,
): Promise<ListingPicture[]> {
  const fetched: ListingPicture[] = []
  const queue = [...wanted]
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined && !stopped(); next = queue.shift()) {
      const { id, connectionId, pictureUrl } = next
      const answer = await host['connector.fetch-picture']({ connectionId, url: pictureUrl })
      if (answer.ok)
        fetched.push({ listingId: id, connectionId, url: pictureUrl, ...answer.value, fetchedAt: now() })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return fetched
}
