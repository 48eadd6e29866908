import currency from 'currency.js'
import { exponentOf } from '#core/money/currencies.ts'
import { money, type Money } from '#core/money/money.ts'
import { apportion } from '#core/shared/apportion.ts'

/** More parts than this is a mistake of the caller, not an order. */
const MOST_PARTS = 100_000

/**
 * Splits an amount into `n` equal parts, or by whole-number weights, so that the parts add up to it exactly.
 * What does not divide goes out one minor unit at a time: by largest remainder, ties to the earlier part;
 * equal parts therefore favour the first. A refund mirrors the sale: parts of −m are the negated parts of m.
 * Throws RangeError when n is no positive integer, or weights are not whole numbers ≥ 0 with a sum above
 * zero.
 */
export function allocateMoney(amount: Money, parts: number | readonly number[]): Money[] {
  return typeof parts === 'number' ? splitEvenly(amount, parts) : splitByWeight(amount, parts)
}

function splitEvenly(amount: Money, n: number): Money[] {
  // currency.js loops without end on 2.5, −2 and NaN, and loses the money on 0 (customs-pricing.md 3.2).
  if (!Number.isInteger(n) || n <= 0 || n > MOST_PARTS) throw new RangeError(`cannot make ${n} parts`)
  const whole = currency(amount.minor, { fromCents: true, precision: exponentOf(amount.currency) })
  return whole.distribute(n).map((part) => money(part.intValue, amount.currency))
}

function splitByWeight(amount: Money, weights: readonly number[]): Money[] {
  if (weights.some((w) => !Number.isSafeInteger(w) || w < 0))
    throw new RangeError('weights are whole numbers ≥ 0')
  if (weights.every((w) => w === 0)) throw new RangeError('weights add up to nothing')
  const { minor, currency: code } = money(amount.minor, amount.currency)
  return apportion(minor, weights).map((share) => money(share, code))
}
