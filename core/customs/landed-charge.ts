import type { Money } from '#core/money/money.ts'
import { convertExact, exact, roundExact, type Exact } from '#core/money/exact.ts'
import type { RateSet } from '#core/money/rate-set.ts'
import type { Amount, Collector, TaxName } from '#core/customs/rules/charges.ts'
import type { DestinationRule } from '#core/customs/rules/rule.ts'

export type ChargeKind = 'duty' | 'levy' | 'tax' | 'handling'

/** How an amount came about, for people. */
export type ChargeSum =
  /** A share of something. */
  | { kind: 'share'; rate: string; of: Money }
  /** So much, so many times. */
  | { kind: 'times'; each: Amount; count: number }
  /** A share less a sum. */
  | { kind: 'less'; rate: string; of: Money; minus: Amount }
  | { kind: 'fixed'; each: Amount }

export interface Charge {
  kind: ChargeKind
  /** The row it rests on. */
  rule: DestinationRule
  amount: Money
  sum: ChargeSum
  /** Null on what is no tax. */
  tax: TaxName | null
  /** Tax included in it, as with Mexico's one rate. */
  includesTax: boolean
  /** Paid in the shop or when the parcel arrives. */
  at: 'checkout' | 'border'
  collectors: readonly Collector[]
  billed: 'parcel' | 'carrier-account'
  /** Part of the totals. */
  counts: boolean
}

/** What is not known. `detail`: a currency, an HS code, a rule's id, what is unsaid. */
export interface CostGap {
  kind:
    | 'no-rule'
    | 'two-rules'
    | 'unsaid'
    | 'rule-gone'
    | 'needs-word'
    | 'rate-missing'
    | 'freight-missing'
    | 'hs-missing'
    | 'weight-missing'
    | 'tariff-missing'
    | 'addition-unknown'
    | 'ask-declarant'
    /** Reckoned at the highest rate; the region decides. */
    | 'region-decides'
    | 'amount-too-large'
  detail: string
}

/** In what to reckon, and where to say what is missing. */
export interface CostTools {
  currency: string
  rates: RateSet | null
  gaps: CostGap[]
}

/** An amount of a rule in the currency that is reckoned in, not rounded; null, and said, when the rate is missing. */
export function amountIn({ amount, currency }: Amount, tools: CostTools): Exact | null {
  return unitsIn(exact(amount), currency, tools)
}

export function unitsIn(units: Exact, from: string, { currency, rates, gaps }: CostTools): Exact | null {
  const converted = convertExact(units, from, currency, rates)
  if (converted.ok) return converted.value
  gaps.push({ kind: 'rate-missing', detail: from })
  return null
}

/** A charge on its line is rounded once; null, and said, when there is no such amount. */
export function charged(units: Exact, { currency, gaps }: CostTools): Money | null {
  const rounded = roundExact(units, currency)
  if (rounded.ok) return rounded.value
  gaps.push({ kind: 'amount-too-large', detail: '' })
  return null
}

/** The parts that most charges share. */
export const PLAIN_CHARGE = {
  tax: null,
  includesTax: false,
  at: 'border',
  collectors: [],
  billed: 'parcel',
  counts: true,
} as const
