import type { CaravelDatabase } from '#renderer/data/database.ts'
import { watch, type Watched } from '#renderer/data/queries/watch.ts'
import type { StoredRateSet } from '#renderer/data/records.ts'
import type { RatesState } from '#renderer/data/setting-records.ts'
import { loadRatesState } from '#renderer/data/repos/settings.repo.ts'

/** The exchange rates of this desk, and what the last attempt to fetch them came to. */
export interface RatesHere {
  newest: StoredRateSet | null
  /** Days that are kept. */
  days: number
  state: RatesState | null
}

export async function readNewestRates(db: CaravelDatabase): Promise<StoredRateSet | null> {
  return (await db.rateSets.orderBy('date').last()) ?? null
}

export function watchRates(db: CaravelDatabase): Watched<RatesHere> {
  return watch(async () => {
    const [newest, days, state] = await Promise.all([
      readNewestRates(db),
      db.rateSets.count(),
      loadRatesState(db),
    ])
    return { newest, days, state }
  })
}

/** The rates of an ISO day: the last that came out until then; null when there are none. */
export function watchRatesOn(db: CaravelDatabase, day: string): Watched<StoredRateSet | null> {
  return watch(async () => (await db.rateSets.where('date').belowOrEqual(day).last()) ?? null)
}

/** Every day of rates that is kept. */
export function watchRateSets(db: CaravelDatabase): Watched<StoredRateSet[]> {
  return watch(() => db.rateSets.toArray())
}
