import { exponentOf } from '#core/money/currencies.ts'
import type { Money } from '#core/money/money.ts'

/** A fake's decimal text in minor units, worked out apart from the connectors. */
export function toMinor(amount: string | number, currency: string): Money {
  return { minor: Math.round(Number(amount) * 10 ** exponentOf(currency)), currency }
}
