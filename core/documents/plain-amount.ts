import { toDecimalString, type Money } from '#core/money/money.ts'

/** As posts want it on paper, whatever the language of the screen: `USD 18.00`, `JPY 1800`; no grouping. */
export function plainMoney(amount: Money): string {
  return `${amount.currency} ${toDecimalString(amount)}`
}

/** Grams as kilograms with three decimals, without the unit: 85 → `0.085`. */
export function plainKilograms(grams: number): string {
  const figures = String(Math.round(grams)).padStart(4, '0')
  return `${figures.slice(0, -3)}.${figures.slice(-3)}`
}
