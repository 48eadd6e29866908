import type { CaravelDatabase } from '#renderer/data/database.ts'
import { watch, type Watched } from '#renderer/data/queries/watch.ts'
import { LAST_CHANGE } from '#renderer/data/repos/order-changes.repo.ts'

/** Something that says otherwise whenever what orders are linted by has changed: orders, rates, or what a person did, which is in the journal. */
export function watchLintSources(db: CaravelDatabase): Watched<string> {
  return watch(async () => {
    const [orders, done, rates] = await Promise.all([
      db.counters.get(LAST_CHANGE),
      db.activity.orderBy('id').last(),
      db.rateSets.orderBy('date').last(),
    ])
    return `${orders?.count ?? 0} ${done?.id ?? ''} ${rates?.id ?? ''}`
  })
}
