import { exact, roundExact, type Exact } from '#core/money/exact.ts'
import type { Money } from '#core/money/money.ts'
import { err, ok, type Result } from '#core/shared/result.ts'

/** Money as some remotes write it; decimals are texts, so that no digit is lost. */
export interface DecimalMoney {
  amount: string
  currencyCode: string
}

/** `{ amount: "12.5", currencyCode: "EUR" }` as ours, or in one line why not. Digits that the currency does not have are rounded. */
export function toMoney(wire: DecimalMoney): Result<Money, string> {
  const units = toUnits(wire)
  return units.ok ? toRounded(units.value, wire.currencyCode) : units
}

/** The same before it is rounded, to reckon with. */
export function toUnits({ amount }: DecimalMoney): Result<Exact, string> {
  return /^-?\d{1,18}(\.\d{1,18})?$/.test(amount) ? ok(exact(amount)) : err('amount: not a decimal')
}

export function toRounded(units: Exact, currencyCode: string): Result<Money, string> {
  const rounded = roundExact(units, currencyCode)
  return rounded.ok ? rounded : err(`amount: ${rounded.error.reason ?? rounded.error.code}`)
}
