import type { Wanted } from '#renderer/usecases/fetch-pictures.ts'
import { fetchBatch, type PictureTools } from '#renderer/usecases/fetch-pictures.ts'
import { readPictures } from '#renderer/data/queries/pictures.ts'
import { loadConnectivity } from '#renderer/data/repos/settings.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'

/** Thumbnails of some ten thousand bytes each: beyond this many, only going offline on purpose fetches more, and counts the bytes. */
const MOST = 1000

/**
 * Stores the pictures of listings that somebody looks at, where this desk has none or an older one. Nothing is asked for without a line.
 * Returns the addresses that were asked for, whatever came of it: one that cannot be had is not worth asking for again soon.
 */
export async function fetchSeenPictures(
  tools: PictureTools & { most?: number },
  seen: readonly Wanted[],
): Promise<string[]> {
  const { db, most = MOST } = tools
  if ((await loadConnectivity(db)).state === 'offline') return []
  const stored = await readPictures(
    db,
    seen.map(({ id }) => id),
  )
  const known = new Map(stored.map(({ listingId, url }) => [listingId, url]))
  const room = Math.max(0, most - (await db.pictures.count()))
  const newer = seen.filter(({ id, pictureUrl }) => known.has(id) && known.get(id) !== pictureUrl)
  const wanted = [...newer, ...seen.filter(({ id }) => !known.has(id)).slice(0, room)]
  if (wanted.length === 0) return []
  const fetched = await fetchBatch(tools, wanted, () => false)
  if (fetched.length > 0)
    await inUnit(db, { stores: ['pictures'], durability: 'relaxed' }, () => db.pictures.bulkPut(fetched))
  return wanted.map(({ pictureUrl }) => pictureUrl)
}
