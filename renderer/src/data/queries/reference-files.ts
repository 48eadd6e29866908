import type { CaravelDatabase } from '#renderer/data/database.ts'
import { watchAtOnce, type Watched } from '#renderer/data/queries/watch.ts'
import type { ReferenceFile } from '#renderer/data/records.ts'
import { loadRuleFile } from '#renderer/data/repos/reference-files.repo.ts'

/** At once: what is judged meanwhile would be judged by rules that no longer hold. Null: ours hold. */
export function watchRuleFile(db: CaravelDatabase): Watched<ReferenceFile | null> {
  return watchAtOnce(async () => (await loadRuleFile(db)) ?? null)
}
