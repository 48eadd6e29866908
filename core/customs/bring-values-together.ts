import type { DeclaredRate } from '#core/customs/declaration.ts'
import { orderByWhatTheyAre, refusal, valueField, type DeclaredGoods } from '#core/customs/declared-goods.ts'
import { convertMoney } from '#core/money/fx.ts'
import type { Money } from '#core/money/money.ts'
import type { RateSet } from '#core/money/rate-set.ts'
import { apportion } from '#core/shared/apportion.ts'
import type { Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'

export interface OneCurrency {
  currency: string
  /** Null: nothing can be converted. */
  rates: RateSet | null
}

/** Values of the goods in one currency, in their order. */
export interface ValuesTogether {
  values: Money[]
  ratesUsed: DeclaredRate[]
}

/**
 * Brings values to one currency, takes a discount off what was paid and gives free gifts their share of it, exactly: the values add up to
 * what was declared and paid, less the discount, and do not depend on the order of the goods. What the seller declared stays as it is.
 * Each value is rounded once. Issues: `currency-mix` where a rate is missing (never a rate of 1), `amount-too-large`,
 * `discount-too-large`.
 */
export function bringValuesTogether(
  goods: readonly DeclaredGoods[],
  discount: Money | null,
  to: OneCurrency,
): Result<ValuesTogether, Issue[]> {
  const used = new Map<string, DeclaredRate>()
  const issues: Issue[] = []
  const values = goods.map(({ value, at, declared }) => {
    const converted = convert(value, to, used)
    if (converted === null) issues.push(refusal('currency-mix', `lines.${at}.${valueField(declared)}`))
    return converted ?? value
  })
  const off = discount === null ? 0 : (convert(discount, to, used)?.minor ?? null)
  if (off === null) issues.push(refusal('currency-mix', 'discount'))
  if (issues.length > 0 || off === null) return err(issues)
  const spread = spreadPayment(goods, values, off, to)
  if (spread === null) return err([refusal('discount-too-large', 'discount')])
  return ok({ values: spread, ratesUsed: [...used.values()].sort(byCurrency) })
}

function convert(
  amount: Money,
  { currency, rates }: OneCurrency,
  used: Map<string, DeclaredRate>,
): Money | null {
  if (amount.currency === currency) return amount
  if (rates === null) return null
  const converted = convertMoney(amount, currency, rates)
  if (!converted.ok) return null
  if (converted.value.used !== null)
    used.set(amount.currency, { ...converted.value.used, currency: amount.currency })
  return converted.value.money
}

/** Null when more is taken off than was paid. */
function spreadPayment(
  goods: readonly DeclaredGoods[],
  values: readonly Money[],
  off: number,
  to: OneCurrency,
): Money[] | null {
  const order = orderByWhatTheyAre(goods).filter((i) => goods[i]?.declared === false)
  const paid = order.reduce((sum, i) => sum + (values[i]?.minor ?? 0), 0)
  if (off > paid) return null
  const weights = order.map((i) => values[i]?.minor || worthOf(goods[i], to))
  const hasGift = order.some((i, n) => values[i]?.minor === 0 && (weights[n] ?? 0) > 0)
  // Nothing to spread, or amounts that make no sense: they stay, and the linter looks at them.
  const sane = paid > 0 && Number.isSafeInteger(paid) && weights.every((weight) => weight >= 0)
  if (!sane || (off <= 0 && !hasGift)) return [...values]
  const shares = apportion(paid - Math.max(0, off), weights)
  const after = [...values]
  order.forEach((i, n) => (after[i] = { minor: shares[n] ?? 0, currency: to.currency }))
  return after
}

/** In minor units; 0 while unknown, or without a rate. */
function worthOf(goods: DeclaredGoods | undefined, to: OneCurrency): number {
  const worth = goods?.worth ?? null
  return worth === null ? 0 : Math.max(0, convert(worth, to, new Map())?.minor ?? 0)
}

function byCurrency(a: DeclaredRate, b: DeclaredRate): number {
  return a.currency < b.currency ? -1 : 1
}
