import currency from 'currency.js'
import { err, ok, type Result } from '#core/shared/result.ts'
import { issue } from '#core/shared/issue.ts'
import { exponentOf, findExponent } from '#core/money/currencies.ts'

/** An exact amount: integer minor units of an ISO 4217 currency (JPY 0 digits, EUR 2, KWD 3). */
export interface Money {
  minor: number
  currency: string
}

/**
 * Makes an amount from minor units. Throws RangeError when they are not a safe integer or the currency is
 * unknown: for values from outside use {@link tryMoney}.
 */
export function money(minor: number, currencyCode: string): Money {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`not minor units: ${minor}`)
  exponentOf(currencyCode)
  return { minor: minor + 0, currency: currencyCode }
}

/**
 * As {@link money} for values from outside: fails with `invalid-input` currency-unknown, amount-invalid
 * (field `minor`).
 */
export function tryMoney(minor: unknown, currencyCode: unknown): Result<Money> {
  const exponent = findExponent(typeof currencyCode === 'string' ? currencyCode : '')
  if (!exponent.ok) return exponent
  if (typeof minor !== 'number' || !Number.isSafeInteger(minor))
    return err(issue('invalid-input', { reason: 'amount-invalid', field: 'minor' }))
  return ok(money(minor, currencyCode as string))
}

/** Nothing, in the given currency. */
export function zeroMoney(currencyCode: string): Money {
  return money(0, currencyCode)
}

/** Sum of two amounts; throws TypeError on two currencies, RangeError beyond 2^53 minor units. */
export function addMoney(a: Money, b: Money): Money {
  requireSameCurrency(a, b)
  return money(wrap(a).add(wrap(b)).intValue, a.currency)
}

/** a − b; throws as {@link addMoney}. */
export function subtractMoney(a: Money, b: Money): Money {
  requireSameCurrency(a, b)
  return money(wrap(a).subtract(wrap(b)).intValue, a.currency)
}

/** Sum of a list; an empty list gives zero of `currencyCode`. Throws as {@link addMoney}. */
export function sumMoney(list: readonly Money[], currencyCode: string): Money {
  return list.reduce(addMoney, zeroMoney(currencyCode))
}

/**
 * Sum of amounts from outside. Fails with `invalid-input`: currency-unknown, currency-mix or
 * amount-too-large; `field` is the index of the amount at fault.
 */
export function trySumMoney(list: readonly Money[], currencyCode: string): Result<Money> {
  const known = findExponent(currencyCode)
  if (!known.ok) return known
  let total = zeroMoney(currencyCode)
  for (const [i, amount] of list.entries()) {
    if (amount.currency !== currencyCode)
      return err(issue('invalid-input', { reason: 'currency-mix', field: String(i) }))
    const minor = total.minor + amount.minor
    if (!Number.isSafeInteger(minor))
      return err(issue('invalid-input', { reason: 'amount-too-large', field: String(i) }))
    total = money(minor, currencyCode)
  }
  return ok(total)
}

/**
 * An amount times a whole number of pieces; throws RangeError on a fraction (rates belong to fx.ts) or beyond
 * 2^53.
 */
export function multiplyMoney(amount: Money, times: number): Money {
  if (!Number.isSafeInteger(times)) throw new RangeError(`not a whole number: ${times}`)
  return money(wrap(amount).multiply(times).intValue, amount.currency)
}

/**
 * As {@link multiplyMoney} for values from outside: `invalid-input` currency-unknown, quantity-invalid,
 * amount-too-large.
 */
export function tryMultiplyMoney(amount: Money, times: number): Result<Money> {
  const known = findExponent(amount.currency)
  if (!known.ok) return known
  if (!Number.isSafeInteger(times))
    return err(issue('invalid-input', { reason: 'quantity-invalid', field: 'quantity' }))
  if (!Number.isSafeInteger(amount.minor * times))
    return err(issue('invalid-input', { reason: 'amount-too-large', field: 'minor' }))
  return ok(multiplyMoney(amount, times))
}

/** −1, 0 or 1, for sorting; throws TypeError on two currencies. */
export function compareMoney(a: Money, b: Money): -1 | 0 | 1 {
  requireSameCurrency(a, b)
  if (a.minor === b.minor) return 0
  return a.minor < b.minor ? -1 : 1
}

/**
 * Plain decimal text with the currency's own digits: 1234 EUR → `12.34`, −5 JPY → `-5`. For wires and
 * exports, not for display.
 */
export function toDecimalString(amount: Money): string {
  const exponent = exponentOf(amount.currency)
  if (!Number.isSafeInteger(amount.minor)) throw new RangeError(`not minor units: ${amount.minor}`)
  const digits = String(Math.abs(amount.minor)).padStart(exponent + 1, '0')
  const sign = amount.minor < 0 ? '-' : ''
  if (exponent === 0) return sign + digits
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
}

/**
 * currency.js on whole cents: with `fromCents` and two currency objects it stays in integers and never
 * rounds.
 */
function wrap(amount: Money): currency {
  return currency(amount.minor, { fromCents: true, precision: exponentOf(amount.currency) })
}

function requireSameCurrency(a: Money, b: Money): void {
  if (a.currency !== b.currency) throw new TypeError(`cannot mix ${a.currency} and ${b.currency}`)
}
