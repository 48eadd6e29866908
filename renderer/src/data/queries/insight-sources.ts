import type { CaravelDatabase } from '#renderer/data/database.ts'
import { watch, type Watched } from '#renderer/data/queries/watch.ts'
import { LAST_CHANGE } from '#renderer/data/repos/order-changes.repo.ts'

/** Something that says otherwise whenever what insights are made of has changed: orders, or the days of rates. */
export function watchInsightSources(db: CaravelDatabase): Watched<string> {
  return watch(async () => {
    const [orders, rates] = await Promise.all([
      db.counters.get(LAST_CHANGE),
      db.rateSets.orderBy('date').last(),
    ])
    return `${orders?.count ?? 0} ${rates?.id ?? ''} ${rates?.storedAt ?? 0}`
  })
}
