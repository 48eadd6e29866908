import { lanesOn, type BandLane } from '#core/customs/rules/bands.ts'
import { isInForce } from '#core/customs/rules/match-rule.ts'
import { isStale, needsWord } from '#core/customs/rules/rule-standing.ts'
import { CONFIDENCES, type Confidence, type DestinationRule, type RuleSet } from '#core/customs/rules/rule.ts'

/** A country as the list shows it. */
export interface Destination {
  country: string
  lanes: readonly BandLane[]
  /** The youngest of what holds today; '' when nothing does. */
  since: string
  /** The weakest of what is charged today. */
  confidence: Confidence | null
  /** The oldest look at what is charged today. */
  checkedAt: string
  stale: boolean
  /** Rows that wait for a person's word. */
  unsaid: number
  /** One of them is what is charged in the first place. */
  shaky: boolean
}

/** Every country that rules are for. */
export function destinationsOn(
  { rules }: RuleSet,
  today: string,
  trusted: Readonly<Record<string, number>>,
): Destination[] {
  const byCountry = new Map<string, DestinationRule[]>()
  for (const rule of rules) byCountry.set(rule.country, [...(byCountry.get(rule.country) ?? []), rule])
  return [...byCountry].map(([country, ofCountry]) => {
    const charging = ofCountry.filter((rule) => rule.role !== 'papers' && isInForce(rule, today))
    const clearance = charging.filter(({ role }) => role === 'clearance')
    const unsaid = charging.filter((rule) => needsWord(rule, today) && trusted[rule.id] === undefined)
    return {
      country,
      lanes: lanesOn(ofCountry, today),
      since: latest(clearance.map(({ from }) => from)),
      confidence:
        CONFIDENCES.findLast((each) => clearance.some(({ confidence }) => confidence === each)) ?? null,
      checkedAt: charging.map(({ checkedAt }) => checkedAt).sort()[0] ?? '',
      stale: charging.some((rule) => isStale(rule, today) && !needsWord(rule, today)),
      unsaid: unsaid.length,
      shaky: unsaid.some(({ role }) => role === 'clearance'),
    }
  })
}

function latest(days: readonly string[]): string {
  return days.toSorted().at(-1) ?? ''
}

/** What a country's rules are on a day: now, later, and what was. */
export function rulesByTime(
  rules: readonly DestinationRule[],
  today: string,
): Record<'today' | 'later' | 'earlier', DestinationRule[]> {
  const now = rules.filter((rule) => isInForce(rule, today))
  return {
    today: now,
    later: rules.filter(({ from }) => from > today),
    earlier: rules.filter((rule) => rule.until !== null && rule.until < today).toReversed(),
  }
}

/** Schemes that decide which of these rules apply. */
export function schemesOf(rules: readonly DestinationRule[]): string[] {
  const named = rules.flatMap(({ when, unless }) => [when.scheme, unless?.scheme])
  return [...new Set(named.filter((each) => each !== undefined))].sort()
}

/** The lane of parcels from a country under the schemes that a person named, for where there is room for one. */
export function mainLane(
  lanes: readonly BandLane[],
  sentFrom: string,
  schemes: Readonly<Record<string, boolean>>,
): BandLane | undefined {
  const fits = ({ when, unless }: BandLane): boolean => {
    if (when.postcodes !== undefined) return false
    if (when.sentFrom !== undefined && !when.sentFrom.includes(sentFrom)) return false
    if (when.scheme !== undefined) return schemes[when.scheme] === true
    if (unless?.scheme !== undefined) return schemes[unless.scheme] !== true
    return (
      unless?.sentFrom === undefined || unless.travels !== undefined || !unless.sentFrom.includes(sentFrom)
    )
  }
  return lanes.find(fits) ?? lanes[0]
}
