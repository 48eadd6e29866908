import type { FormLimit } from '#core/customs/parcel-checks.ts'
import { isAtMost } from '#core/money/fx.ts'
import type { RateSet } from '#core/money/rate-set.ts'
import type { Money } from '#core/money/money.ts'

/** UPU limits (logistics.md 4.2), for a post of which no row is known. */
export const UPU_LIMIT: FormLimit = {
  ...{ operator: 'UPU', country: '*', from: '', until: null, amount: '300', unit: 'XDR' },
  ...{ grams: 2000, gramsTo: [], source: 'upu-forms' },
}

export type FormChoice =
  | { form: 'cn22'; reason: 'within-limits' }
  | { form: 'cn23'; reason: 'value-over-limit' | 'over-weight' }
  | { form: 'unknown'; reason: 'unknown-rate' }

/** What the post of a country takes on a day (ISO); that of the UPU where it has said nothing else. */
export function limitOf(sentFrom: string, day: string, limits: readonly FormLimit[]): FormLimit {
  const inForce = limits.filter(({ from, until }) => from <= day && (until === null || day <= until))
  const own = inForce.find(({ country }) => country === sentFrom)
  return own ?? inForce.find(({ country }) => country === '*') ?? UPU_LIMIT
}

/** The most grams of a CN 22 to this destination. */
export function mostGrams({ grams, gramsTo }: FormLimit, destination: string): number {
  return gramsTo.find(({ country }) => country === destination)?.grams ?? grams
}

/**
 * CN 22 within the limits of the post, else CN 23. `rates` needs the parcel's currency and that of the limit; an approximate set
 * is good enough, none at all gives `unknown-rate` — never a guess.
 */
export function chooseForm(
  { total, grossGrams, destination }: { total: Money; grossGrams: number; destination: string },
  limit: FormLimit,
  rates: RateSet | null,
): FormChoice {
  if (grossGrams > mostGrams(limit, destination)) return { form: 'cn23', reason: 'over-weight' }
  const within = isAtMost(total, limit, rates)
  if (!within.ok) return { form: 'unknown', reason: 'unknown-rate' }
  return within.value
    ? { form: 'cn22', reason: 'within-limits' }
    : { form: 'cn23', reason: 'value-over-limit' }
}
