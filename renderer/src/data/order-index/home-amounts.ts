import { ageOfRates } from '#core/money/choose-rates.ts'
import { convertMoney, convertQuickly, minorFactor } from '#core/money/fx.ts'
import { dayOf } from '#core/money/rate-days.ts'
import type { RateSet } from '#core/money/rate-set.ts'

const DAY_MS = 86_400_000

/** What amounts were worth at home on each day (UTC, as the rates are), to the minor unit; NaN where no rate is known. */
export class HomeAmounts {
  readonly #firstDay: number
  readonly #currencies: readonly string[]
  readonly #home: string
  /** By day: the set that applies, and whether it was old then. */
  readonly #sets: { set: RateSet; stale: boolean }[]
  readonly #factors: Float64Array
  readonly #known: Uint8Array

  /** `sets` may be of any days; of a day before the first, or a month after one, there are no rates. */
  constructor(
    { from, to }: { from: number; to: number },
    { sets, currencies, home }: { sets: readonly RateSet[]; currencies: readonly string[]; home: string },
  ) {
    this.#firstDay = Math.floor(from / DAY_MS)
    const days = Math.max(0, Math.floor(to / DAY_MS) - this.#firstDay + 1)
    this.#currencies = currencies
    this.#home = home
    this.#sets = setsByDay(this.#firstDay, days, sets)
    this.#factors = new Float64Array(days * currencies.length)
    this.#known = new Uint8Array(days * currencies.length)
  }

  /** An amount in a currency (its place) at home, rounded as the one conversion that documents use does. */
  convert(minor: number, currency: number, at: number): number {
    const day = Math.floor(at / DAY_MS) - this.#firstDay
    const place = day * this.#currencies.length + currency
    if (this.#known[place] === 0) {
      this.#known[place] = 1
      this.#factors[place] = this.#find(day, this.#currencies[currency] ?? '')
    }
    const factor = this.#factors[place] ?? NaN
    if (factor === 1 && this.#currencies[currency] === this.#home) return minor
    if (Number.isNaN(factor) || Number.isNaN(minor)) return NaN
    return convertQuickly(minor, factor) ?? this.#convertExactly(minor, currency, day)
  }

  /** It was converted, by rates that were more than a week old then. */
  isStale(currency: number, at: number): boolean {
    if (this.#currencies[currency] === this.#home) return false
    return this.#sets[Math.floor(at / DAY_MS) - this.#firstDay]?.stale ?? false
  }

  #find(day: number, currency: string): number {
    if (currency === this.#home) return 1
    const set = this.#sets[day]?.set
    const factor = set === undefined ? null : minorFactor(currency, this.#home, set)
    return factor?.ok === true ? factor.value : NaN
  }

  #convertExactly(minor: number, currency: number, day: number): number {
    const set = this.#sets[day]?.set
    if (set === undefined) return NaN
    const amount = { minor, currency: this.#currencies[currency] ?? '' }
    const converted = convertMoney(amount, this.#home, set)
    return converted.ok ? converted.value.money.minor : NaN
  }
}

function setsByDay(
  first: number,
  days: number,
  sets: readonly RateSet[],
): { set: RateSet; stale: boolean }[] {
  const sorted = sets.toSorted((a, b) => (a.date < b.date ? -1 : 1))
  const found: { set: RateSet; stale: boolean }[] = []
  let next = 0
  for (let place = 0; place < days; place++) {
    const day = dayOf((first + place) * DAY_MS)
    while (sorted[next] !== undefined && (sorted[next]?.date ?? '') <= day) next++
    const set = sorted[next - 1]
    if (set === undefined) continue
    const { standing } = ageOfRates(set.date, day)
    if (standing !== 'expired') found[place] = { set, stale: standing === 'stale' }
  }
  return found
}
