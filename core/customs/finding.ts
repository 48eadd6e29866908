import type { RuleSource } from '#core/customs/rules/rule.ts'

/** One thing a declaration gets wrong. */
export interface CustomsFinding {
  /** The rule. */
  id: CustomsRule
  /** An error keeps the parcel here; a warning is shown and may be ignored. */
  severity: 'error' | 'warning'
  /** Path of the field to open, e.g. `lines.0.customs.hs6`, `lines.0.parts.1.customs.hs6`, `grossGrams`. */
  field: string
  /** Key of the text for people; the precise cause. */
  reason: string
  /** What fills the text in: `kr-pccc`, `10` digits, `over-2-kg`. Empty for most. */
  detail: string
  /** The goods it is about where these are a part of a bundle; absent: those of the line in `field`. */
  sku?: string | undefined
  /** Where the fact can be looked up; absent where it is common to all forms. */
  source?: RuleSource | undefined
}

export const CUSTOMS_RULES = [
  'lines',
  'currency',
  'quantity',
  'value',
  'total',
  'weight',
  'description',
  'hs',
  'origin',
  'category',
  'explanation',
  'signer',
  'date',
  'form',
  'destination',
  'address',
  'latin',
  'battery',
  'goods',
  'identifier',
] as const
export type CustomsRule = (typeof CUSTOMS_RULES)[number]

export function customsError(id: CustomsRule, field: string, reason: string, detail = ''): CustomsFinding {
  return { id, severity: 'error', field, reason, detail }
}

export function customsWarning(id: CustomsRule, field: string, reason: string, detail = ''): CustomsFinding {
  return { id, severity: 'warning', field, reason, detail }
}

/** What was not checked for want of exchange rates: nothing of the order is wrong, and rates mend it for all at once. */
const FOR_WANT_OF_RATES = new Set(['unknown-rate', 'tax-limit-unknown-rate'])

export function lacksRates({ reason }: Pick<CustomsFinding, 'reason'>): boolean {
  return FOR_WANT_OF_RATES.has(reason)
}

/** The finding with where its fact can be looked up, if anywhere. */
export function withSource(finding: CustomsFinding, source: RuleSource | undefined): CustomsFinding {
  return source === undefined ? finding : { ...finding, source }
}
