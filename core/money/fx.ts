import { Decimal } from 'decimal.js'
import { ok, type Result } from '#core/shared/result.ts'
import { exponentOf, findExponent } from '#core/money/currencies.ts'
import { atPair, convertExact, exact, findPair, roundExact, toExact } from '#core/money/exact.ts'
import type { Money } from '#core/money/money.ts'
import type { RateSet } from '#core/money/rate-set.ts'

export type Rounding = 'half-even' | 'half-up'

const MODES = { 'half-even': Decimal.ROUND_HALF_EVEN, 'half-up': Decimal.ROUND_HALF_UP } as const

/** By what an amount was converted, so that it can be shown, printed and reckoned again. */
export interface UsedRate {
  source: string
  /** ISO day of the rates. */
  date: string
  base: string
  /** Units per one unit of `base`, as published; `1` for the base itself. */
  from: string
  to: string
  /** Units of the target per one unit of the source, to 12 significant digits; for people, not for sums. */
  rate: string
}

export interface Converted {
  money: Money
  /** Null when there was nothing to convert: the amount is in that currency. */
  used: UsedRate | null
}

/**
 * Converts through the set's base at full precision and rounds once to the target's minor units (`half-up` rounds ties away from zero,
 * so a refund mirrors the sale). Same currency: unchanged. Fails with `not-found.rate-missing` (never a rate of 1),
 * `malformed.rate-invalid` (field = currency) or `invalid-input` currency-unknown, amount-too-large.
 */
export function convertMoney(
  amount: Money,
  to: string,
  set: RateSet,
  rounding: Rounding = 'half-up',
): Result<Converted> {
  if (amount.currency === to) return ok({ money: amount, used: null })
  const exponent = findExponent(to)
  if (!exponent.ok) return exponent
  const pair = findPair(amount.currency, to, set)
  if (!pair.ok) return pair
  const rounded = roundExact(atPair(toExact(amount), pair.value), to, MODES[rounding])
  if (!rounded.ok) return rounded
  const { source, date, base } = set
  const rate = exact(pair.value.to).dividedBy(pair.value.from).toSignificantDigits(12).toFixed()
  return ok({ money: rounded.value, used: { source, date, base, ...pair.value, rate } })
}

/**
 * Minor units of `to` per minor unit of `from`, for very many amounts (see {@link convertQuickly}): the exact quotient as the nearest
 * double. Fails as {@link convertMoney}.
 */
export function minorFactor(from: string, to: string, set: RateSet): Result<number> {
  if (from === to) return ok(1)
  const pair = findPair(from, to, set)
  const exponent = findExponent(to)
  if (!exponent.ok) return exponent
  if (!pair.ok) return pair
  const digits = exponent.value - exponentOf(from)
  return ok(exact(pair.value.to).dividedBy(pair.value.from).times(exact(10).pow(digits)).toNumber())
}

/** How far a double's product of an amount and a factor may be from the exact one, as a share of it; both were rounded once. */
const PRODUCT_ERROR = 2 ** -51

/**
 * What {@link convertMoney} would round an amount to, half up, by a factor of {@link minorFactor}. Null where the product is so near to a
 * half, or so large, that a double cannot tell; then {@link convertMoney} can.
 */
export function convertQuickly(minor: number, factor: number): number | null {
  const size = Math.abs(minor) * factor
  const whole = Math.floor(size)
  const part = size - whole
  if (!(Math.abs(part - 0.5) > size * PRODUCT_ERROR)) return null
  const rounded = part > 0.5 ? whole + 1 : whole
  return minor < 0 && rounded > 0 ? -rounded : rounded
}

/**
 * Is the amount at most `limit.amount` of `limit.unit` (a currency or `XDR`)? Compared without rounding, so a
 * boundary is exact. Fails as {@link convertMoney}.
 */
export function isAtMost(
  amount: Money,
  limit: { amount: string; unit: string },
  set: RateSet | null,
): Result<boolean> {
  const known = findExponent(amount.currency)
  if (!known.ok) return known
  const units = convertExact(toExact(amount), amount.currency, limit.unit, set)
  return units.ok ? ok(units.value.lessThanOrEqualTo(limit.amount)) : units
}
