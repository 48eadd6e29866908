import { exact } from '#core/money/exact.ts'
import type { RateSet } from '#core/money/rate-set.ts'

/** What one SDR holds of each currency: amounts that the IMF fixed for the five years from 2022-08-01. */
const BASKET = { USD: '0.57813', EUR: '0.37379', CNY: '1.0993', JPY: '13.452', GBP: '0.080870' } as const
const BASKET_FROM = '2022-08-01'
const BASKET_UNTIL = '2027-07-31'
const DIGITS = 12

/**
 * The set with a rate of the SDR (`XDR`), by which limits of customs forms are written: banks publish the currencies of its basket and not
 * the SDR itself. Within a thousandth of what the IMF publishes, which is enough for a limit and for nothing else. The same set where
 * a rate is missing, or on days for which the basket is not known.
 */
export function withSdr(set: RateSet): RateSet {
  if (set.rates['XDR'] !== undefined || set.date < BASKET_FROM || set.date > BASKET_UNTIL) return set
  let worth = exact(0)
  for (const [currency, amount] of Object.entries(BASKET)) {
    const rate = currency === set.base ? '1' : set.rates[currency]
    if (rate === undefined || !(Number(rate) > 0)) return set
    worth = worth.plus(exact(amount).dividedBy(rate))
  }
  const perBase = exact(1).dividedBy(worth).toDecimalPlaces(DIGITS).toFixed()
  return { ...set, rates: { ...set.rates, XDR: perBase } }
}
