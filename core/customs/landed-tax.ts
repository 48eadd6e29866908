import { exact, toExact, type Exact } from '#core/money/exact.ts'
import { amountIn, charged, PLAIN_CHARGE, type Charge, type CostTools } from '#core/customs/landed-charge.ts'
import { baseOf, type GoodsGroup } from '#core/customs/landed-goods.ts'
import type { Tax } from '#core/customs/rules/charges.ts'

export interface TaxTools extends CostTools {
  duties: readonly Charge[]
  levies: readonly Charge[]
  /** Share where a region decides; null: the highest. */
  regionTax: string | null
}

type RatedTax = Extract<Tax, { kind: 'rate' }>

/** The tax of goods that one rule charges, on its own base. */
export function taxesOf({ rule, lines }: GoodsGroup, tools: TaxTools): Charge[] {
  const { tax } = rule
  if (tax === null || tax.kind === 'none') return []
  const goods = baseOf(lines, tax.on)
  if (goods === null) {
    tools.gaps.push({ kind: 'freight-missing', detail: '' })
    return []
  }
  const rate = chooseRate(tax, rule.id, tools)
  const onTop = [
    ...(tax.on.includes('duty') ? tools.duties : []),
    ...(tax.on.includes('levies') ? tools.levies : []),
  ]
  const before = onTop.reduce((sum, { amount }) => sum.plus(toExact(amount)), goods)
  // A tax that is part of its own base: what it is reckoned from is larger by itself.
  const base = tax.inside ? before.dividedBy(exact(1).minus(rate)) : before
  const due = base.times(rate)
  if (due.isZero() || isWaived(tax, due, tools)) return []
  const [amount, of] = [charged(due, tools), charged(base, tools)]
  if (amount === null || of === null) return []
  const { name, at, collectors } = tax
  return [
    {
      ...{ ...PLAIN_CHARGE, kind: 'tax', rule, amount, tax: name, at, collectors },
      sum: { kind: 'share', rate, of },
    },
  ]
}

function chooseRate({ low, high }: RatedTax, id: string, { regionTax, gaps }: TaxTools): string {
  if (low === high) return high
  if (regionTax !== null && exact(regionTax).gte(low) && exact(regionTax).lte(high)) return regionTax
  gaps.push({ kind: 'region-decides', detail: id })
  return high
}

/** Compared before rounding: CHF 5.004 is more than CHF 5. */
function isWaived({ waivedUpTo }: RatedTax, due: Exact, tools: TaxTools): boolean {
  if (waivedUpTo === null) return false
  const most = amountIn(waivedUpTo, tools)
  return most !== null && due.lte(most)
}

/** What carriers ask for clearing, once a parcel. */
export function handlingOf(groups: readonly GoodsGroup[], tools: CostTools): Charge[] {
  const rule = groups.find((group) => group.rule.handling !== null)?.rule
  if (rule === undefined || rule.handling === null) return []
  const units = amountIn(rule.handling, tools)
  const amount = units === null ? null : charged(units, tools)
  if (amount === null) return []
  return [
    {
      ...{ ...PLAIN_CHARGE, kind: 'handling', rule, amount, collectors: ['carrier'] },
      sum: { kind: 'fixed', each: rule.handling },
    },
  ]
}
