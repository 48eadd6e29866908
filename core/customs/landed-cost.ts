import { convertMoney, type UsedRate } from '#core/money/fx.ts'
import { addMoney, sumMoney, zeroMoney, type Money } from '#core/money/money.ts'
import type { RateSet } from '#core/money/rate-set.ts'
import type { TariffDuty } from '#core/customs/hs/tariff-duty.ts'
import { findRules, type FoundRules, type RuleAnswer } from '#core/customs/rules/find-rules.ts'
import type { RuledParcel } from '#core/customs/rules/parcel.ts'
import { needsWord } from '#core/customs/rules/rule-standing.ts'
import type { DestinationRule, RuleSet } from '#core/customs/rules/rule.ts'
import type { Charge, CostGap } from '#core/customs/landed-charge.ts'
import { dutiesOf } from '#core/customs/landed-duty.ts'
import { leviesOf } from '#core/customs/landed-levies.ts'
import { goodsOfRules, type RuledGoods } from '#core/customs/landed-goods.ts'
import { handlingOf, taxesOf } from '#core/customs/landed-tax.ts'

export interface CostFacts {
  rates: RateSet | null
  /** Ids of rules of low standing that a person lets count. */
  trusted: ReadonlySet<string>
  /** Carriers' fees for clearing count. */
  handling: boolean
  /** Share of the tax where a region within the country decides about it; null: the highest. */
  regionTax?: string | null
  homeCurrency: string
  /** Rules of a shipment that was made earlier. */
  used?: readonly string[] | null
}

/** What a parcel costs its buyer beyond what was paid for it, as far as it is known. */
export interface LandedCost {
  /** The destination's; of the goods where no rule says. */
  currency: string
  /** Null when a rate is missing. */
  goods: Money | null
  freight: Money | null
  /** In the order duty, levies, tax, handling; also those that do not count. */
  charges: readonly Charge[]
  /** Sum of the charges that count, each rounded for itself. */
  charged: Money
  /** With goods and freight; null when they are not known, or no one rule answers for some of the goods. */
  total: Money | null
  /** The same in the desk's own currency; null when a rate is missing. */
  home: { charged: Money; used: UsedRate | null } | null
  /** What is not known. With any, the sum is a part of the truth and never "free". */
  gaps: readonly CostGap[]
  rules: FoundRules
  /** Rows of an imported tariff that duties come from, free ones among them; in the order of their codes. */
  rows: readonly TariffDuty[]
}

/**
 * Duty, tax, levies and handling of a parcel by the rules of its day. Every charge is rounded once, ties away from zero, and sums are of
 * rounded charges. What cannot be reckoned is a gap, and never nothing.
 */
export function landedCost(set: RuleSet | null, parcel: RuledParcel, facts: CostFacts): LandedCost {
  const rules = findRules(set, parcel, facts.rates, facts.used ?? null)
  const gaps = [...gapsOfRules(rules)]
  const currency = currencyOf(rules) ?? parcel.lines[0]?.value.currency ?? facts.homeCurrency
  const here = goodsOfRules(parcel, rules, currency, facts.rates)
  if (here === null) gaps.push({ kind: 'rate-missing', detail: currency })
  const charges = here === null ? [] : chargesOf(here, parcel, rules, currency, facts, gaps)
  const standing = charges.map((charge) => withStanding(charge, parcel, facts, gaps))
  const charged = sumMoney(
    standing.filter(({ counts }) => counts).map(({ amount }) => amount),
    currency,
  )
  const { goods = null, freight = null } = here ?? {}
  const ruled = rules.clearance.every(({ kind }) => kind === 'rule')
  const total =
    !ruled || goods === null || freight === null ? null : addMoney(addMoney(goods, freight), charged)
  return {
    ...{ currency, goods, freight, charges: standing, charged, total },
    ...{ home: inHome(charged, facts), gaps: dedupe(gaps), rules, rows: rowsOf(parcel, rules) },
  }
}

/** Only what the country's own tariff charges rests on such rows. */
function rowsOf({ lines }: RuledParcel, { clearance }: FoundRules): TariffDuty[] {
  const found = lines.flatMap(({ dutyFrom }, i) => {
    const answer = clearance[i]
    return answer?.kind === 'rule' && answer.rule.duty?.kind === 'tariff' && dutyFrom ? [dutyFrom] : []
  })
  return [...new Map(found.map((row) => [row.code, row])).values()].sort((a, b) => (a.code < b.code ? -1 : 1))
}

function chargesOf(
  here: RuledGoods,
  parcel: RuledParcel,
  rules: FoundRules,
  currency: string,
  facts: CostFacts,
  gaps: CostGap[],
): Charge[] {
  const { rates } = facts
  const duties = here.groups.flatMap((group) => dutiesOf(group, { currency, rates, gaps }))
  const levies = leviesOf(rules, parcel, { currency, rates, gaps })
  const taxes = here.groups.flatMap((group) =>
    taxesOf(group, {
      ...{ currency, rates, gaps, regionTax: facts.regionTax ?? null },
      duties: duties.filter(({ rule }) => rule.id === group.rule.id),
      // One parcel, one set of levies: they are taxed with the first goods.
      levies: group === here.groups[0] ? levies : [],
    }),
  )
  return [...duties, ...levies, ...taxes, ...handlingOf(here.groups, { currency, rates, gaps })]
}

/** A charge counts unless its carrier is billed for it, it is handling and that is off, or nobody has vouched for its rule. */
function withStanding(charge: Charge, parcel: RuledParcel, facts: CostFacts, gaps: CostGap[]): Charge {
  if (charge.billed === 'carrier-account') return { ...charge, counts: false }
  if (charge.kind === 'handling' && !facts.handling) return { ...charge, counts: false }
  if (!needsWord(charge.rule, parcel.shipOn) || facts.trusted.has(charge.rule.id)) return charge
  gaps.push({ kind: 'needs-word', detail: charge.rule.id })
  return { ...charge, counts: false }
}

function gapsOfRules({ clearance, levies, gone }: FoundRules): CostGap[] {
  const of = (answer: RuleAnswer): CostGap[] => {
    if (answer.kind === 'rule') return []
    if (answer.kind === 'undecided') return answer.unsaid.map((detail) => ({ kind: 'unsaid', detail }))
    const detail = answer.kind === 'two-rules' ? answer.rules.map(({ id }) => id).join(', ') : ''
    return [{ kind: answer.kind, detail }]
  }
  return [
    ...[...clearance, ...levies].flatMap(of),
    ...gone.map((id): CostGap => ({ kind: 'rule-gone', detail: id })),
  ]
}

function currencyOf({ clearance }: FoundRules): string | null {
  const rules = clearance.flatMap((answer): DestinationRule[] =>
    answer.kind === 'rule' ? [answer.rule] : [],
  )
  return rules[0]?.currency ?? null
}

function inHome(charged: Money, { rates, homeCurrency }: CostFacts): LandedCost['home'] {
  if (charged.currency === homeCurrency) return { charged, used: null }
  if (charged.minor === 0) return { charged: zeroMoney(homeCurrency), used: null }
  const converted = rates === null ? null : convertMoney(charged, homeCurrency, rates)
  return converted?.ok ? { charged: converted.value.money, used: converted.value.used } : null
}

function dedupe(gaps: readonly CostGap[]): CostGap[] {
  const seen = new Map(gaps.map((gap) => [`${gap.kind} ${gap.detail}`, gap]))
  return [...seen].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, gap]) => gap)
}
