import type { RateSet } from '#core/money/rate-set.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'

/**
 * `current`: as new as weekends and holidays allow, with some days to spare. `stale`: the source was missed for days, an amount in
 * another currency is a guess. `expired`: not to be used without a person's word.
 */
export type RateStanding = 'current' | 'stale' | 'expired'

export interface RateAge {
  /** Whole days from the day of the rates to the day they are used on. */
  days: number
  standing: RateStanding
  /** First moment of the day on which they are stale, epoch ms (UTC). */
  safeUntil: number
}

const DAY = 24 * 3_600_000
/** The longest rest of the source is four days (Good Friday to Easter Monday); a week is that and a bad line. */
const CURRENT_DAYS = 7
const USABLE_DAYS = 30

/** How old rates of `date` are on `day`; both ISO days. */
export function ageOfRates(date: string, day: string): RateAge {
  const from = Date.parse(`${date}T00:00:00Z`)
  const days = Math.round((Date.parse(`${day}T00:00:00Z`) - from) / DAY)
  const standing = days <= CURRENT_DAYS ? 'current' : days <= USABLE_DAYS ? 'stale' : 'expired'
  return { days, standing, safeUntil: from + (CURRENT_DAYS + 1) * DAY }
}

/**
 * The set that applies on an ISO day: the last one published on that day or before, so that a weekend has Friday's. A day before the
 * first set has none; nothing is taken from a later day. Issue: `not-found.rate-missing`, field = day.
 */
export function findRateSet<T extends Pick<RateSet, 'date'>>(
  sets: readonly T[],
  day: string,
): Result<{ set: T; age: RateAge }> {
  const found = sets.reduce<T | null>(
    (best, set) => (set.date <= day && (best === null || set.date > best.date) ? set : best),
    null,
  )
  if (found === null) return err(issue('not-found', { reason: 'rate-missing', field: day }))
  return ok({ set: found, age: ageOfRates(found.date, day) })
}
