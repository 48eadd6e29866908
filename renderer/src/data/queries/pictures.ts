import type { ListingId } from '#core/shared/ids.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { watch, type Watched } from '#renderer/data/queries/watch.ts'
import type { ListingPicture } from '#renderer/data/records.ts'

/** Of which listings a picture is here; tells again whenever one comes, changes or goes. No bytes are read. */
export function watchPictureIds(db: CaravelDatabase): Watched<ListingId[]> {
  return watch(async () => (await db.pictures.toCollection().primaryKeys()) as ListingId[])
}

/** Pictures of these listings, as far as there are any. */
export async function readPictures(
  db: CaravelDatabase,
  ids: readonly ListingId[],
): Promise<ListingPicture[]> {
  if (ids.length === 0) return []
  return (await db.pictures.bulkGet([...ids])).filter((picture) => picture !== undefined)
}

/** Ids and addresses of some pictures that are here. */
export function watchSomePictures(
  db: CaravelDatabase,
  most: number,
): Watched<Pick<ListingPicture, 'listingId' | 'connectionId'>[]> {
  return watch(async () => {
    const some = await db.pictures.limit(most).toArray()
    return some.map(({ listingId, connectionId }) => ({ listingId, connectionId }))
  })
}
