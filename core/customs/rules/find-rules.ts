import type { RateSet } from '#core/money/rate-set.ts'
import { groupRules, rulesOf } from '#core/customs/rules/rules-of.ts'
import { isInForce, matchRule, type Unsaid } from '#core/customs/rules/match-rule.ts'
import type { ParcelLine, RuledParcel } from '#core/customs/rules/parcel.ts'
import type { DestinationRule, RuleSet } from '#core/customs/rules/rule.ts'

/**
 * What a destination says of some goods. `no-rule` is not "free": nobody wrote down what applies. `two-rules`: they contradict each
 * other. `undecided`: something about the parcel is not known, and it decides.
 */
export type RuleAnswer =
  | { kind: 'rule'; rule: DestinationRule }
  | { kind: 'no-rule' }
  | { kind: 'two-rules'; rules: readonly DestinationRule[] }
  | { kind: 'undecided'; rules: readonly DestinationRule[]; unsaid: readonly Unsaid[] }

export interface FoundRules {
  /** Of each line, in their order: what is charged. */
  clearance: readonly RuleAnswer[]
  /** Levies that add to it, an answer for each of their series that may apply; never `no-rule`. */
  levies: readonly RuleAnswer[]
  /** What has to be known, and what is good to know. */
  papers: readonly DestinationRule[]
  /** Rules that a shipment of earlier used and that are not in this edition. */
  gone: readonly string[]
}

/**
 * Rules for a parcel. A shipment that was made earlier names the rules it used (`used`); they are taken whatever the day, so that it
 * answers as it did then.
 */
export function findRules(
  set: RuleSet | null,
  parcel: RuledParcel,
  rates: RateSet | null,
  used: readonly string[] | null = null,
): FoundRules {
  const all = set === null ? [] : rulesOf(set, parcel.destination)
  const rules = all.filter((rule) =>
    used === null ? isInForce(rule, parcel.shipOn) : used.includes(rule.id),
  )
  const ofRole = (role: DestinationRule['role']) => rules.filter((rule) => rule.role === role)
  const levies = groupRules(ofRole('levy'), ({ series }) => series)
  const answerFor = (line: ParcelLine | null, candidates: readonly DestinationRule[]) =>
    answer(candidates, (rule) => matchRule(rule, parcel, line, rates))
  return {
    clearance: parcel.lines.map((line) => answerFor(line, ofRole('clearance'))),
    levies: [...levies.values()]
      .map((candidates) => answerFor(null, candidates))
      .filter(({ kind }) => kind !== 'no-rule'),
    papers: ofRole('papers').filter((rule) => matchRule(rule, parcel, null, rates) === true),
    gone: used?.filter((id) => !all.some((rule) => rule.id === id)) ?? [],
  }
}

/** Ids of all that were used, each once, sorted; a shipment keeps them. */
export function idsOfRules({ clearance, levies, papers }: FoundRules): string[] {
  const found = [...clearance, ...levies].flatMap((each) => (each.kind === 'rule' ? [each.rule] : []))
  return [...new Set([...found, ...papers].map(({ id }) => id))].sort()
}

function answer(
  rules: readonly DestinationRule[],
  match: (rule: DestinationRule) => ReturnType<typeof matchRule>,
): RuleAnswer {
  const matched: DestinationRule[] = []
  const unsaid = new Set<Unsaid>()
  for (const rule of rules) {
    const truth = match(rule)
    if (truth === false) continue
    matched.push(rule)
    if (truth !== true) for (const each of truth) unsaid.add(each)
  }
  const [rule, second] = matched
  if (rule === undefined) return { kind: 'no-rule' }
  if (unsaid.size > 0) return { kind: 'undecided', rules: matched, unsaid: [...unsaid].sort() }
  return second === undefined ? { kind: 'rule', rule } : { kind: 'two-rules', rules: matched }
}
