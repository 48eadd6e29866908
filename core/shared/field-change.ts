/** What a field was and what it is, as text; null where there was nothing. */
export interface FieldChange {
  /** `shipTo.postcode`, `lines.0.quantity`. */
  field: string
  from: string | null
  to: string | null
}

const LONGEST = 300

/** A value as a person reads it in a list of changes: text as it is, anything else as JSON; cut when it is long. */
export function changeText(value: unknown): string | null {
  if (value === undefined || value === null || value === '') return null
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
