import { exact, type Exact } from '#core/money/exact.ts'
import {
  amountIn,
  charged,
  PLAIN_CHARGE,
  type Charge,
  type ChargeSum,
  type CostTools,
} from '#core/customs/landed-charge.ts'
import { countTariffLines } from '#core/customs/landed-duty.ts'
import type { FoundRules } from '#core/customs/rules/find-rules.ts'
import type { RuledParcel } from '#core/customs/rules/parcel.ts'
import type { Levy } from '#core/customs/rules/charges.ts'
import type { DestinationRule } from '#core/customs/rules/rule.ts'

/** What is charged on the parcel beside duty and tax, each with the tax on itself. */
export function leviesOf({ levies }: FoundRules, parcel: RuledParcel, tools: CostTools): Charge[] {
  return levies
    .flatMap((answer) => (answer.kind === 'rule' ? [answer.rule] : []))
    .flatMap((rule) => rule.levies.flatMap((levy) => levyCharge(rule, levy, parcel, tools)))
}

function levyCharge(rule: DestinationRule, levy: Levy, parcel: RuledParcel, tools: CostTools): Charge[] {
  const count = countFor(levy, parcel, tools)
  const each = amountIn(levy, tools)
  if (count === null || each === null) return []
  const amount = charged(each.times(count).times(exact(levy.taxRate).plus(1)), tools)
  if (amount === null) return []
  const { billed, ...facts } = levy
  const sum: ChargeSum = {
    kind: 'times',
    each: { amount: facts.amount, currency: facts.currency },
    count: count.toNumber(),
  }
  return [{ ...PLAIN_CHARGE, kind: 'levy', rule, amount, sum, billed }]
}

function countFor({ per }: Levy, parcel: RuledParcel, tools: CostTools): Exact | null {
  if (per === 'consignment') return exact(1)
  if (per !== 'kg') return exact(countTariffLines(parcel.lines, per, tools))
  if (parcel.grossGrams > 0) return exact(parcel.grossGrams).dividedBy(1000)
  tools.gaps.push({ kind: 'weight-missing', detail: '' })
  return null
}
