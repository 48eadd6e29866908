import { groupRules } from '#core/customs/rules/rules-of.ts'
import { isInForce } from '#core/customs/rules/match-rule.ts'
import type { Condition, DestinationRule, Edge, ValueBand } from '#core/customs/rules/rule.ts'

/** A stretch of values and what is charged there; null: no row says. */
export interface Band {
  over: Edge | null
  upTo: Edge | null
  rule: DestinationRule | null
}

/** Rows that hold under the same conditions, by value. */
export interface BandLane {
  key: string
  /** Without the value. */
  when: Condition
  unless: Condition | null
  /** What the values are of; null when one row is for all of them. */
  basis: Pick<ValueBand, 'per' | 'of' | 'currency'> | null
  bands: readonly Band[]
}

/** What a country charges on a day, as a picture of it needs it: one lane a condition, no stretch of values left out. */
export function lanesOn(rules: readonly DestinationRule[], day: string): BandLane[] {
  const clearance = rules.filter((rule) => rule.role === 'clearance' && isInForce(rule, day))
  // A row for all that another one is not for picks up where that one ends.
  const pickedUp = clearance.some(({ unless }) => unless?.value !== undefined)
  return [...groupRules(clearance, laneKey)].map(([key, ofLane]) => {
    const sorted = ofLane.toSorted((a, b) => lowest(a) - lowest(b))
    const [first] = sorted
    const band = first?.when.value
    return {
      key,
      when: { ...first?.when, value: undefined },
      unless: first?.unless ?? null,
      basis: band === undefined ? null : { per: band.per, of: band.of, currency: band.currency },
      bands: fillBands(sorted).filter((each) => each.rule !== null || !pickedUp),
    }
  })
}

function laneKey({ when, unless }: DestinationRule): string {
  const { value, ...rest } = when
  return JSON.stringify([rest, unless, value === undefined ? '' : [value.per, value.of, value.currency]])
}

function lowest({ when }: DestinationRule): number {
  return Number(when.value?.over?.amount ?? 0)
}

/** The rows one after the other, with what lies between and beyond them. */
function fillBands(sorted: readonly DestinationRule[]): Band[] {
  const bands: Band[] = []
  let end: Edge | null = null
  for (const rule of sorted) {
    const { over = null, upTo = null } = rule.when.value ?? {}
    if (over !== null && (end === null || Number(end.amount) < Number(over.amount)))
      bands.push({ over: end === null ? null : turned(end), upTo: turned(over), rule: null })
    bands.push({ over, upTo, rule })
    end = upTo
  }
  if (end !== null) bands.push({ over: turned(end), upTo: null, rule: null })
  return bands
}

/** The other side of an end: what one band includes, the next one does not. */
function turned({ amount, inclusive }: Edge): Edge {
  return { amount, inclusive: !inclusive }
}
