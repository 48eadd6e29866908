import type { DestinationRule, RuleSet } from '#core/customs/rules/rule.ts'

/** Places that clear parcels as another country does. */
const CLEARED_AS: Readonly<Record<string, string>> = { MC: 'FR', IM: 'GB' }

const indexes = new WeakMap<RuleSet, ReadonlyMap<string, readonly DestinationRule[]>>()

/** Every rule for a country, of whatever day. An order a second or a hundred thousand at once: found without a search. */
export function rulesOf(set: RuleSet, country: string): readonly DestinationRule[] {
  const index = indexes.get(set) ?? groupRules(set.rules, (rule) => rule.country)
  indexes.set(set, index)
  return index.get(CLEARED_AS[country] ?? country) ?? []
}

/** Rules by a word of theirs, in the order in which they come. */
export function groupRules(
  rules: readonly DestinationRule[],
  by: (rule: DestinationRule) => string,
): Map<string, DestinationRule[]> {
  const groups = new Map<string, DestinationRule[]>()
  for (const rule of rules) {
    const group = groups.get(by(rule))
    if (group === undefined) groups.set(by(rule), [rule])
    else group.push(rule)
  }
  return groups
}
