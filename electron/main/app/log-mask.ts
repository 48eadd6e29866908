import { isPrivateField, maskText } from '#core/shared/mask.ts'

export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>

/** The same for named values: a value is dropped by its field's name, else masked as text. */
export function maskFields(fields: LogFields): Record<string, string | number | boolean | null> {
  const masked: Record<string, string | number | boolean | null> = {}
  for (const [field, value] of Object.entries(fields)) {
    if (value === undefined) continue
    if (typeof value !== 'string') masked[field] = value
    else masked[field] = isPrivateField(field) ? '***' : maskText(value)
  }
  return masked
}
