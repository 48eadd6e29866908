import { convertExact, exact, type Exact } from '#core/money/exact.ts'
import {
  amountIn,
  charged,
  PLAIN_CHARGE,
  unitsIn,
  type Charge,
  type ChargeSum,
  type CostTools,
} from '#core/customs/landed-charge.ts'
import { baseOf, type GoodsGroup, type ValuedLine } from '#core/customs/landed-goods.ts'
import type { ChargeBase, Duty } from '#core/customs/rules/charges.ts'
import type { DestinationRule } from '#core/customs/rules/rule.ts'

type DutyOf<K extends Duty['kind']> = Extract<Duty, { kind: K }>

/** The duty of goods that one rule charges: one charge a rate. */
export function dutiesOf(group: GoodsGroup, tools: CostTools): Charge[] {
  const { rule, lines } = group
  const duty = rule.duty
  if (duty === null || duty.kind === 'none') return []
  switch (duty.kind) {
    case 'ask':
      tools.gaps.push({ kind: 'ask-declarant', detail: rule.id })
      return []
    case 'per-tariff-line':
      return perTariffLine(rule, lines, duty, tools)
    case 'rate':
      return byRates(rule, lines, duty.on, tools, (line) => rateFor(duty, line.line.hs6), duty.includesTax)
    case 'formula':
      return byFormula(rule, lines, duty, tools)
    case 'tariff':
      return [
        ...byRates(rule, lines, duty.on, tools, (line) => tariffFor(duty, line, tools)),
        ...additions(rule, lines, duty, tools),
      ]
  }
}

/** One code of one origin is one line, however many pieces and however many order lines. */
export function countTariffLines(
  lines: readonly { hs6: string; origin: string }[],
  by: 'tariff-line' | 'hs6',
  { gaps }: Pick<CostTools, 'gaps'>,
): number {
  const known = new Set<string>()
  let unknown = 0
  for (const { hs6, origin } of lines) {
    if (hs6.length < 6) unknown++
    else known.add(by === 'hs6' ? hs6.slice(0, 6) : `${hs6.slice(0, 6)} ${origin}`)
  }
  // Without its code each counts for itself: rather too much than too little, and said.
  if (unknown > 0) gaps.push({ kind: 'hs-missing', detail: '' })
  return known.size + unknown
}

function perTariffLine(
  rule: DestinationRule,
  lines: readonly ValuedLine[],
  duty: DutyOf<'per-tariff-line'>,
  tools: CostTools,
): Charge[] {
  const count = countTariffLines(
    lines.map(({ line }) => line),
    'tariff-line',
    tools,
  )
  const each = amountIn(duty, tools)
  const sum: ChargeSum = { kind: 'times', each: { amount: duty.amount, currency: duty.currency }, count }
  return each === null ? [] : dutyCharge(rule, each.times(count), sum, tools)
}

/** Lines of one rate are one charge, so that a cent is rounded once and the order of lines does not matter. */
function byRates(
  rule: DestinationRule,
  lines: readonly ValuedLine[],
  on: readonly ChargeBase[],
  tools: CostTools,
  rateOf: (line: ValuedLine) => string | null,
  includesTax = false,
): Charge[] {
  const groups = new Map<string, ValuedLine[]>()
  for (const line of lines) {
    const rate = rateOf(line)
    if (rate === null) continue
    const key = exact(rate).toFixed()
    groups.set(key, [...(groups.get(key) ?? []), line])
  }
  return [...groups]
    .filter(([rate]) => rate !== '0')
    .sort(([a], [b]) => Number(a) - Number(b))
    .flatMap(([rate, ofRate]) => {
      const base = knownBase(ofRate, on, tools)
      return base === null ? [] : shareCharge(rule, rate, base, tools, includesTax)
    })
}

function shareCharge(
  rule: DestinationRule,
  rate: string,
  base: Exact,
  tools: CostTools,
  includesTax: boolean,
): Charge[] {
  const of = charged(base, tools)
  if (of === null) return []
  return dutyCharge(rule, base.times(rate), { kind: 'share', rate, of }, tools, includesTax)
}

function rateFor({ rate, byHs }: DutyOf<'rate'>, hs6: string): string {
  return byHs.find(({ hs }) => hs.some((prefix) => hs6.startsWith(prefix)))?.rate ?? rate
}

/** What somebody looked up, else what nearly everything costs there; otherwise nobody knows. */
function tariffFor(
  { general, free }: DutyOf<'tariff'>,
  { line }: ValuedLine,
  { gaps }: CostTools,
): string | null {
  if (line.dutyRate !== null) return line.dutyRate
  const chapter = line.hs6.slice(0, 2)
  if (free !== null && line.hs6 !== '' && free.from <= chapter && chapter <= free.to) return '0'
  if (general !== null) return general
  gaps.push(
    line.hs6 === '' ? { kind: 'hs-missing', detail: '' } : { kind: 'tariff-missing', detail: line.hs6 },
  )
  return null
}

function additions(
  rule: DestinationRule,
  lines: readonly ValuedLine[],
  duty: DutyOf<'tariff'>,
  tools: CostTools,
): Charge[] {
  if (duty.additions.length === 0) return []
  return byRates(rule, lines, duty.on, tools, ({ line }) => {
    const found = duty.additions.find(({ origins }) => origins.includes('*') || origins.includes(line.origin))
    if (found === undefined) tools.gaps.push({ kind: 'addition-unknown', detail: line.origin })
    return found?.rate ?? null
  })
}

/** The first bracket that the whole fits in decides. Above the last there is no rule. */
function byFormula(
  rule: DestinationRule,
  lines: readonly ValuedLine[],
  duty: DutyOf<'formula'>,
  tools: CostTools,
): Charge[] {
  const base = knownBase(lines, duty.on, tools)
  const inOwn = base === null ? null : convertExact(base, tools.currency, duty.currency, tools.rates)
  if (base === null || inOwn === null) return []
  if (!inOwn.ok) {
    tools.gaps.push({ kind: 'rate-missing', detail: duty.currency })
    return []
  }
  const bracket = duty.brackets.find(({ upTo }) => inOwn.value.lte(upTo))
  if (bracket === undefined) {
    tools.gaps.push({ kind: 'no-rule', detail: rule.id })
    return []
  }
  const due = inOwn.value.times(bracket.rate).minus(bracket.minus)
  const units = unitsIn(due.isNegative() ? exact(0) : due, duty.currency, tools)
  const of = charged(base, tools)
  if (units === null || of === null || units.isZero()) return []
  const minus = { amount: bracket.minus, currency: duty.currency }
  return dutyCharge(rule, units, { kind: 'less', rate: bracket.rate, of, minus }, tools, duty.includesTax)
}

function knownBase(lines: readonly ValuedLine[], on: readonly ChargeBase[], tools: CostTools): Exact | null {
  const base = baseOf(lines, on)
  if (base === null) tools.gaps.push({ kind: 'freight-missing', detail: '' })
  return base
}

function dutyCharge(
  rule: DestinationRule,
  units: Exact,
  sum: ChargeSum,
  tools: CostTools,
  includesTax = false,
): Charge[] {
  const amount = charged(units, tools)
  return amount === null ? [] : [{ ...PLAIN_CHARGE, kind: 'duty', rule, amount, sum, includesTax }]
}
