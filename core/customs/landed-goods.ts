import { convertExact, exact, roundExact, toExact, type Exact } from '#core/money/exact.ts'
import type { Money } from '#core/money/money.ts'
import type { RateSet } from '#core/money/rate-set.ts'
import type { FoundRules } from '#core/customs/rules/find-rules.ts'
import { goodsIn } from '#core/customs/rules/match-rule.ts'
import type { ParcelLine, RuledParcel } from '#core/customs/rules/parcel.ts'
import type { ChargeBase } from '#core/customs/rules/charges.ts'
import type { DestinationRule } from '#core/customs/rules/rule.ts'

/** Goods of a line in the currency that is reckoned in, with their share of the freight; not rounded. */
export interface ValuedLine {
  line: ParcelLine
  goods: Exact
  /** Null while unknown. */
  freight: Exact | null
}

/** Lines that one rule charges. */
export interface GoodsGroup {
  rule: DestinationRule
  lines: readonly ValuedLine[]
}

export interface RuledGoods {
  /** Of the whole parcel. */
  goods: Money
  freight: Money | null
  /** In the order of their ids; goods that no one rule answers for are in none. */
  groups: readonly GoodsGroup[]
}

/** The goods by the rules that charge them; freight is shared out by value. Null when a rate is missing. */
export function goodsOfRules(
  parcel: RuledParcel,
  { clearance }: FoundRules,
  currency: string,
  rates: RateSet | null,
): RuledGoods | null {
  // Quotients have an end somewhere far behind the point: in one order of the lines, they always end alike.
  const lines = [...parcel.lines.entries()].sort(byContent)
  const all = goodsIn(
    currency,
    lines.map(([, line]) => line),
    rates,
  )
  if (all === null) return null
  const freight = freightIn(parcel, currency, rates)
  const groups = new Map<string, { rule: DestinationRule; lines: ValuedLine[] }>()
  for (const [i, line] of lines) {
    const answer = clearance[i]
    const goods = goodsIn(currency, [line], rates)
    if (goods === null || answer?.kind !== 'rule') continue
    const share = freight === null ? null : all.isZero() ? exact(0) : freight.times(goods).dividedBy(all)
    const group = groups.get(answer.rule.id) ?? { rule: answer.rule, lines: [] }
    groups.set(answer.rule.id, { ...group, lines: [...group.lines, { line, goods, freight: share }] })
  }
  const whole = roundExact(all, currency)
  const carried = freight === null ? null : roundExact(freight, currency)
  if (!whole.ok || (carried !== null && !carried.ok)) return null
  const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group)
  return { goods: whole.value, freight: carried?.value ?? null, groups: sorted }
}

function byContent([, a]: [number, ParcelLine], [, b]: [number, ParcelLine]): number {
  const [first, second] = [JSON.stringify(a), JSON.stringify(b)]
  return first === second ? 0 : first < second ? -1 : 1
}

function freightIn({ freight }: RuledParcel, currency: string, rates: RateSet | null): Exact | null {
  if (freight === null) return null
  const units = convertExact(toExact(freight), freight.currency, currency, rates)
  return units.ok ? units.value : null
}

/** What a charge is a share of, without duty and levies; null when freight counts and is not known. */
export function baseOf(lines: readonly ValuedLine[], on: readonly ChargeBase[]): Exact | null {
  let sum = exact(0)
  for (const { goods, freight } of lines) {
    if (!on.includes('freight')) sum = sum.plus(goods)
    else if (freight === null) return null
    else sum = sum.plus(goods).plus(freight)
  }
  return sum
}
