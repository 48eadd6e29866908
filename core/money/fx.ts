import { Decimal } from 'decimal.js'
import { err, ok, type Result } from '#core/shared/result.ts'
import { issue } from '#core/shared/issue.ts'
import { exponentOf, findExponent } from '#core/money/currencies.ts'
import { money, type Money } from '#core/money/money.ts'

/** One day's rates of one source; immutable, so an order can name the set it was reckoned with. */
export interface RateSet {
  base: string
  /** ISO day the rates are of. */
  date: string
  source: string
  /** Units per one unit of `base`, decimal text with a point; keys are currencies or `XDR`. */
  rates: Readonly<Record<string, string>>
}

export type Rounding = 'half-even' | 'half-up'

/** Own constructor: 40 digits, and nobody's global settings. */
const Exact = Decimal.clone({ precision: 40, defaults: true })
const MODES = { 'half-even': Decimal.ROUND_HALF_EVEN, 'half-up': Decimal.ROUND_HALF_UP } as const

/**
 * Converts through the set's base at full precision and rounds once (`half-up` rounds ties away from zero, so
 * a refund mirrors the sale). Same currency: unchanged. Fails with `not-found.rate-missing` (never a rate of
 * 1), `malformed.rate-invalid` (field = currency) or `invalid-input` currency-unknown, amount-too-large.
 */
export function convertMoney(amount: Money, to: string, set: RateSet, rounding: Rounding): Result<Money> {
  if (amount.currency === to) return ok(amount)
  const exponent = findExponent(to)
  if (!exponent.ok) return exponent
  const converted = convertExactly(amount, to, set)
  if (!converted.ok) return converted
  const minor = converted.value
    .times(new Exact(10).pow(exponent.value))
    .toDecimalPlaces(0, MODES[rounding])
    .toNumber()
  if (!Number.isSafeInteger(minor))
    return err(issue('invalid-input', { reason: 'amount-too-large', field: 'amount' }))
  return ok(money(minor, to))
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
  const most = new Exact(limit.amount)
  const known = findExponent(amount.currency)
  if (!known.ok) return known
  if (amount.currency === limit.unit) return ok(toUnits(amount).lessThanOrEqualTo(most))
  if (set === null) return err(issue('not-found', { reason: 'rate-missing', field: limit.unit }))
  const converted = convertExactly(amount, limit.unit, set)
  return converted.ok ? ok(converted.value.lessThanOrEqualTo(most)) : converted
}

function convertExactly(amount: Money, to: string, set: RateSet): Result<Decimal> {
  const known = findExponent(amount.currency)
  if (!known.ok) return known
  const from = findRate(amount.currency, set)
  if (!from.ok) return from
  const target = findRate(to, set)
  if (!target.ok) return target
  return ok(toUnits(amount).times(target.value).dividedBy(from.value))
}

function findRate(code: string, set: RateSet): Result<Decimal> {
  if (code === set.base) return ok(new Exact(1))
  const text = Object.hasOwn(set.rates, code) ? set.rates[code] : undefined
  if (text === undefined) return err(issue('not-found', { reason: 'rate-missing', field: code }))
  // A stored ECB file had decimal commas; only plain decimals pass (customs-pricing.md 3.3).
  if (!/^\d+(\.\d+)?$/.test(text) || !/[1-9]/.test(text))
    return err(issue('malformed', { reason: 'rate-invalid', field: code }))
  return ok(new Exact(text))
}

function toUnits(amount: Money): Decimal {
  return new Exact(amount.minor).dividedBy(new Exact(10).pow(exponentOf(amount.currency)))
}
