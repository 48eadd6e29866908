import { ageOfRates } from '#core/money/choose-rates.ts'
import { convertMoney, convertQuickly, minorFactor } from '#core/money/fx.ts'
import { dayOf } from '#core/money/rate-days.ts'
import type { RateSet } from '#core/money/rate-set.ts'

const DAY_MS = 86_400_000

/** Not looked for yet; a factor is above 0, and NaN where no rate is known. */
const UNSOUGHT = -1

/** What amounts were worth at home on each day (UTC, as the rates are), to the minor unit; NaN where no rate is known. */
export class HomeAmounts {
  readonly #firstDay: number
  readonly #currencies: readonly string[]
  readonly #home: string
  /** Place of the currency at home, -1 when no amount is in it. */
  readonly #homePlace: number
  /** By day: the set that applies, and whether it was old then. */
  readonly #sets: { set: RateSet; stale: boolean }[]
  /** By day and currency. */
  readonly #factors: Float64Array

  /** `sets` may be of any days; of a day before the first, or a month after one, there are no rates. */
  constructor(
    { from, to }: { from: number; to: number },
    { sets, currencies, home }: { sets: readonly RateSet[]; currencies: readonly string[]; home: string },
  ) {
    this.#firstDay = Math.floor(from / DAY_MS)
    const days = Math.max(0, Math.floor(to / DAY_MS) - this.#firstDay + 1)
    this.#currencies = currencies
    this.#home = home
    this.#homePlace = currencies.indexOf(home)
    this.#sets = setsByDay(this.#firstDay, days, sets)
    this.#factors = new Float64Array(days * currencies.length).fill(UNSOUGHT)
  }

  /** The day of a moment, as the others want it: reckoned once for all amounts of an order. */
  dayOf(at: number): number {
    return Math.floor(at / DAY_MS) - this.#firstDay
  }

  /** An amount in a currency (its place) at home, rounded as the one conversion that documents use does. */
  convert(minor: number, currency: number, day: number): number {
    if (currency === this.#homePlace) return minor
    const place = day * this.#currencies.length + currency
    let factor = this.#factors[place] ?? NaN
    if (factor === UNSOUGHT) {
      factor = this.#find(day, this.#currencies[currency] ?? '')
      this.#factors[place] = factor
    }
    if (Number.isNaN(factor) || Number.isNaN(minor)) return NaN
    return convertQuickly(minor, factor) ?? this.#convertExactly(minor, currency, day)
  }

  /** It was converted, by rates that were more than a week old then. */
  isStale(currency: number, day: number): boolean {
    return currency !== this.#homePlace && (this.#sets[day]?.stale ?? false)
  }

  #find(day: number, currency: string): number {
    const set = this.#sets[day]?.set
    return set === undefined ? NaN : factorOf(set, currency, this.#home)
  }

  #convertExactly(minor: number, currency: number, day: number): number {
    const set = this.#sets[day]?.set
    if (set === undefined) return NaN
    const amount = { minor, currency: this.#currencies[currency] ?? '' }
    const converted = convertMoney(amount, this.#home, set)
    return converted.ok ? converted.value.money.minor : NaN
  }
}

/** By set and pair: two years of days have a thousand exact quotients, which take longer than half a million orders. */
const factors = new WeakMap<RateSet, Map<string, number>>()

/** NaN where the set has no rate. */
function factorOf(set: RateSet, currency: string, home: string): number {
  const known = factors.get(set) ?? new Map<string, number>()
  factors.set(set, known)
  const pair = `${currency} ${home}`
  let factor = known.get(pair)
  if (factor === undefined) {
    const found = minorFactor(currency, home, set)
    factor = found.ok ? found.value : NaN
    known.set(pair, factor)
  }
  return factor
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
