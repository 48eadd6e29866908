import { exact, roundExact, type Exact } from '#core/money/exact.ts'
import type { Money } from '#core/money/money.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { MoneyWire } from '#core/connectors/shopify/wire.ts'

/** `{ amount: "12.5", currencyCode: "EUR" }` as ours, or in one line why not. Digits that the currency does not have are rounded. */
export function toMoney(wire: MoneyWire): Result<Money, string> {
  const units = toUnits(wire)
  return units.ok ? toRounded(units.value, wire.currencyCode) : units
}

/** The same before it is rounded, to reckon with. */
export function toUnits({ amount }: MoneyWire): Result<Exact, string> {
  return /^-?\d{1,18}(\.\d{1,18})?$/.test(amount) ? ok(exact(amount)) : err('amount: not a decimal')
}

export function toRounded(units: Exact, currencyCode: string): Result<Money, string> {
  const rounded = roundExact(units, currencyCode)
  return rounded.ok ? rounded : err(`amount: ${rounded.error.reason ?? rounded.error.code}`)
}
