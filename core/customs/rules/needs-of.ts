import type { FoundRules, RuleAnswer } from '#core/customs/rules/find-rules.ts'
import type { ConsigneeIdNeed, DestinationRule } from '#core/customs/rules/rule.ts'

/** What has to be known of a parcel before it leaves. */
export interface DestinationNeeds {
  /** Digits of the tariff code; null when no source says. */
  hsDigits: number | null
  /** Number of the recipient that travels with the data. */
  consigneeId: ConsigneeIdNeed | null
  /** `duty-prepaid-only`: plain postal parcels are turned back. */
  postal: DestinationRule['postal']
}

/** Needs of all rules that apply; of rules between which nothing decides, what they have in common. */
export function needsOf({ clearance, papers }: FoundRules): DestinationNeeds {
  const needs = [...clearance.map(commonNeeds), ...papers.map((rule) => pickNeeds(rule))]
  const digits = needs.flatMap(({ hsDigits }) => hsDigits ?? [])
  const ids = needs.flatMap(({ consigneeId }) => consigneeId ?? [])
  return {
    hsDigits: digits.length === 0 ? null : Math.max(...digits),
    consigneeId: ids.find(({ need }) => need === 'required') ?? ids[0] ?? null,
    postal: needs.some(({ postal }) => postal === 'duty-prepaid-only') ? 'duty-prepaid-only' : 'open',
  }
}

function commonNeeds(answer: RuleAnswer): DestinationNeeds {
  if (answer.kind === 'rule') return pickNeeds(answer.rule)
  const [first, ...others] = (answer.kind === 'no-rule' ? [] : answer.rules).map(pickNeeds)
  if (first === undefined) return { hsDigits: null, consigneeId: null, postal: 'open' }
  return others.reduce(
    (common, { hsDigits, consigneeId, postal }) => ({
      hsDigits: common.hsDigits === null || hsDigits === null ? null : Math.min(common.hsDigits, hsDigits),
      consigneeId: common.consigneeId?.type === consigneeId?.type ? common.consigneeId : null,
      postal: common.postal === postal ? postal : 'open',
    }),
    first,
  )
}

function pickNeeds({ hsDigits, consigneeId, postal }: DestinationRule): DestinationNeeds {
  return { hsDigits, consigneeId, postal }
}
