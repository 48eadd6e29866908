import { Decimal } from 'decimal.js'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { exponentOf, findExponent } from '#core/money/currencies.ts'
import { money, type Money } from '#core/money/money.ts'
import { isRateText, type RateSet } from '#core/money/rate-set.ts'

/** Own constructor: enough digits that no tie is mistaken (16 of an amount, 24 of each rate), and nobody's global settings. */
const Decimals = Decimal.clone({ precision: 80, defaults: true })

/** A number in units of a currency, before it is rounded; never stored, never shown. */
export type Exact = Decimal

/** Decimal text or a whole number as an exact one; the text was checked before. */
export function exact(value: string | number): Exact {
  return new Decimals(value)
}

/** An amount in units of its currency: 1234 EUR → 12.34. */
export function toExact(amount: Money): Exact {
  return new Decimals(amount.minor).dividedBy(new Decimals(10).pow(exponentOf(amount.currency)))
}

/**
 * Rounds to the currency's minor units, ties away from zero, so that a refund mirrors the sale. Fails with `invalid-input`
 * currency-unknown, amount-too-large.
 */
export function roundExact(
  units: Exact,
  currency: string,
  mode: Decimal.Rounding = Decimal.ROUND_HALF_UP,
): Result<Money> {
  const exponent = findExponent(currency)
  if (!exponent.ok) return exponent
  const minor = units.times(new Decimals(10).pow(exponent.value)).toDecimalPlaces(0, mode).toNumber()
  return Number.isSafeInteger(minor)
    ? ok(money(minor, currency))
    : err(issue('invalid-input', { reason: 'amount-too-large', field: 'amount' }))
}

/** Both rates of a pair as published, per unit of the set's base. */
export interface RatePair {
  from: string
  to: string
}

/** Fails with `not-found.rate-missing` (never a rate of 1), `malformed.rate-invalid`; field = currency. */
export function findPair(fromCode: string, toCode: string, set: RateSet): Result<RatePair> {
  const known = findExponent(fromCode)
  if (!known.ok) return known
  const from = findRate(fromCode, set)
  if (!from.ok) return from
  const to = findRate(toCode, set)
  return to.ok ? ok({ from: from.value, to: to.value }) : to
}

/** Units of another currency at full precision; without a set only the same currency will do. Fails as {@link findPair}. */
export function convertExact(
  units: Exact,
  fromCode: string,
  toCode: string,
  set: RateSet | null,
): Result<Exact> {
  if (fromCode === toCode) return ok(units)
  if (set === null) return err(issue('not-found', { reason: 'rate-missing', field: toCode }))
  const pair = findPair(fromCode, toCode, set)
  return pair.ok ? ok(atPair(units, pair.value)) : pair
}

export function atPair(units: Exact, { from, to }: RatePair): Exact {
  return units.times(to).dividedBy(from)
}

function findRate(code: string, set: RateSet): Result<string> {
  if (code === set.base) return ok('1')
  const text = Object.hasOwn(set.rates, code) ? set.rates[code] : undefined
  if (text === undefined) return err(issue('not-found', { reason: 'rate-missing', field: code }))
  return isRateText(text) ? ok(text) : err(issue('malformed', { reason: 'rate-invalid', field: code }))
}
