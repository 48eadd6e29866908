import type { DocumentId } from '#core/shared/ids.ts'
import type { NumberPool } from '#core/shipping/number-pool.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { watch, type Watched } from '#renderer/data/queries/watch.ts'
import type { StoredDocument } from '#renderer/data/records.ts'
import type { DeskSettings, RecentSearch } from '#renderer/data/setting-records.ts'
import { loadDesk, loadSearches } from '#renderer/data/repos/settings.repo.ts'

export function readPools(db: CaravelDatabase): Promise<NumberPool[]> {
  return Promise.resolve(db.pools.orderBy('id').toArray())
}

export function watchPools(db: CaravelDatabase): Watched<NumberPool[]> {
  return watch(() => readPools(db))
}

export function readSettings(db: CaravelDatabase): Promise<DeskSettings> {
  return loadDesk(db)
}

export function watchSettings(db: CaravelDatabase): Watched<DeskSettings> {
  return watch(() => readSettings(db))
}

/** Stored bytes, for a preview or for saving them as a file. */
export async function readDocument(db: CaravelDatabase, id: DocumentId): Promise<StoredDocument | null> {
  return (await db.documents.get(id)) ?? null
}

/** What was looked for on this desk, the last first. */
export function watchSearches(db: CaravelDatabase): Watched<RecentSearch[]> {
  return watch(() => loadSearches(db))
}
