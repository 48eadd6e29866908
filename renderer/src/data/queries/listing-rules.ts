import type { ConnectionId } from '#core/shared/ids.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { watch, type Watched } from '#renderer/data/queries/watch.ts'
import { loadListingRules, type KeptRules } from '#renderer/data/repos/listing-rules.repo.ts'

/** Rules of these names that are here, live. */
export function watchListingRules(
  db: CaravelDatabase,
  connectionId: ConnectionId,
  ruleSets: readonly string[],
): Watched<KeptRules[]> {
  return watch(() => loadListingRules(db, connectionId, ruleSets))
}
