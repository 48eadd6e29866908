import type { RateSet } from '#core/money/rate-set.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import type { StoredRateSet } from '#renderer/data/records.ts'

/** What came in: days that were not here or not so, and the newest day that is here now. */
export interface RatesGained {
  added: number
  newest: string
}

/** Two years and the quarter before them: orders are added up by the rates of their own day. */
const KEPT_DAYS = 830
const DAY_MS = 24 * 3_600_000

/**
 * Adds what is new and lets go of what is older than {@link KEPT_DAYS} before the newest. A set that is here stays as it is, unless it came
 * from a file and the source itself says otherwise. To be called in a unit over `rateSets`.
 */
export async function saveRateSets(
  db: CaravelDatabase,
  sets: readonly RateSet[],
  { from, storedAt }: Pick<StoredRateSet, 'from' | 'storedAt'>,
): Promise<RatesGained> {
  const incoming = sets.map((set): StoredRateSet => ({ ...set, id: idOf(set), from, storedAt }))
  const here = await db.rateSets.bulkGet(incoming.map(({ id }) => id))
  const wanted = incoming.filter((_set, i) => {
    const known = here[i]
    return known === undefined || (known.from === 'file' && from === 'line')
  })
  await db.rateSets.bulkPut(wanted)
  const newest = (await db.rateSets.orderBy('date').last())?.date ?? ''
  if (newest !== '') await db.rateSets.where('date').below(daysBefore(newest)).delete()
  return { added: wanted.length, newest }
}

function idOf({ source, date }: RateSet): string {
  return `${source}:${date}`
}

/** Counted from the newest set: a clock that is wrong must not empty the store. */
function daysBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - KEPT_DAYS * DAY_MS).toISOString().slice(0, 10)
}
