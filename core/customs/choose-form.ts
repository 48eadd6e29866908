import { isAtMost } from '#core/money/fx.ts'
import type { RateSet } from '#core/money/rate-set.ts'
import type { Money } from '#core/money/money.ts'

/** UPU limits (logistics.md 4.2); an operator's own, narrower limits come as data from its connector. */
export const CN22_LIMIT = { amount: '300', unit: 'XDR' } as const
export const CN22_MOST_GRAMS = 2000

export type FormChoice =
  | { form: 'cn22'; reason: 'within-limits' }
  | { form: 'cn23'; reason: 'value-over-limit' | 'over-2-kg' }
  | { form: 'unknown'; reason: 'unknown-rate' }

/**
 * CN 22 up to 300 SDR and 2 kg, else CN 23. `rates` needs the parcel's currency and `XDR`; an approximate set
 * is good enough, none at all gives `unknown-rate` — never a guess.
 */
export function chooseForm(total: Money, grossGrams: number, rates: RateSet | null): FormChoice {
  if (grossGrams > CN22_MOST_GRAMS) return { form: 'cn23', reason: 'over-2-kg' }
  const within = isAtMost(total, CN22_LIMIT, rates)
  if (!within.ok) return { form: 'unknown', reason: 'unknown-rate' }
  return within.value
    ? { form: 'cn22', reason: 'within-limits' }
    : { form: 'cn23', reason: 'value-over-limit' }
}
