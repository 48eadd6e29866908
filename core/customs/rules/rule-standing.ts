import type { DestinationRule } from '#core/customs/rules/rule.ts'

const DAY_MS = 24 * 3_600_000

/** The last ISO day on which the row counts as looked at. */
export function freshUntil({ checkedAt, staleAfterDays }: DestinationRule): string {
  return new Date(Date.parse(`${checkedAt}T00:00:00Z`) + staleAfterDays * DAY_MS).toISOString().slice(0, 10)
}

/** Nobody has looked at it for too long; it still counts, and is marked. */
export function isStale(rule: DestinationRule, today: string): boolean {
  return today > freshUntil(rule)
}

/** Not in totals until a person says that it counts: little speaks for it, or it may have ended before that day. */
export function needsWord({ confidence, knownUntil }: DestinationRule, day: string): boolean {
  return confidence === 'low' || (knownUntil !== null && day > knownUntil)
}
