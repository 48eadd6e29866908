/** One thing a declaration gets wrong. */
export interface CustomsFinding {
  /** The rule. */
  id: CustomsRule
  /** An error keeps the parcel here; a warning is shown and may be ignored. */
  severity: 'error' | 'warning'
  /** Path of the field to open, e.g. `lines.0.customs.hs6`, `grossGrams`. */
  field: string
  /** Key of the text for people; the precise cause. */
  reason: string
  /** What fills the text in: `kr-pccc`, `10` digits, `over-2-kg`. Empty for most. */
  detail: string
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
] as const
export type CustomsRule = (typeof CUSTOMS_RULES)[number]

export function customsError(id: CustomsRule, field: string, reason: string, detail = ''): CustomsFinding {
  return { id, severity: 'error', field, reason, detail }
}

export function customsWarning(id: CustomsRule, field: string, reason: string, detail = ''): CustomsFinding {
  return { id, severity: 'warning', field, reason, detail }
}
