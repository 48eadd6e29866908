import { findExponent } from '#core/money/currencies.ts'
import type { Money } from '#core/money/money.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { precisionSchema } from '#core/connectors/vendure/wire.ts'

/** `DefaultMoneyStrategy.precision` of Vendure: two digits for every currency, JPY and KWD too. */
export const DEFAULT_PRECISION = 2

/** The shop's precision from an answer; Vendure's default when the shop does not say. */
export function readPrecision(globalSettings: unknown): number {
  const parsed = precisionSchema.safeParse(globalSettings)
  return parsed.success ? parsed.data.serverConfig.moneyStrategyPrecision : DEFAULT_PRECISION
}

/**
 * Vendure's integers count 10^-precision of the main unit whatever the currency, so ¥1,000 arrives as 100000 and
 * KD 1.250 as 125 (checked 3.7.3: MoneyStrategy.precision, and its Stripe plugin divides zero-decimal currencies by 100).
 * Digits a currency does not have are rounded half away from zero: ¥1,000.50 cannot be paid.
 */
export function toMoney(value: number, currency: string, precision: number): Result<Money, string> {
  const exponent = findExponent(currency)
  if (!exponent.ok) return err(`currencyCode: ${currency} is not a currency`)
  const shift = exponent.value - precision
  const minor = shift >= 0 ? value * 10 ** shift : roundHalfAway(value, 10 ** -shift)
  if (!Number.isSafeInteger(minor)) return err('amount: out of range')
  return ok({ minor, currency })
}

/**
 * The other way round. Null when the shop's digits cannot hold the amount: KD 1.255 in a shop with two. Fails on nothing
 * else, because our currencies are known.
 */
export function fromMoney({ minor, currency }: Money, precision: number): number | null {
  const exponent = findExponent(currency)
  if (!exponent.ok) return null
  const shift = precision - exponent.value
  const value = shift >= 0 ? minor * 10 ** shift : minor / 10 ** -shift
  return Number.isSafeInteger(value) ? value : null
}

function roundHalfAway(value: number, divisor: number): number {
  const size = Math.abs(value)
  const whole = Math.floor(size / divisor)
  const rounded = (size % divisor) * 2 >= divisor ? whole + 1 : whole
  return value < 0 && rounded !== 0 ? -rounded : rounded
}
