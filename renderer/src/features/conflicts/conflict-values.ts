import type { Address } from '#core/address/address.ts'
import { parseFieldName } from '#core/listing/fields.ts'
import { toDecimalString, type Money } from '#core/money/money.ts'
import { readTypedMoney } from '#core/money/parse-money.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { FieldConflict } from '#core/sync/merge3.ts'
import type { Choice } from '#renderer/features/conflicts/conflict-draft.ts'

/** How the values of a field are shown and typed. */
export type ValueKind = 'line' | 'text' | 'money' | 'pieces' | 'address'

export function kindOf(field: string): ValueKind {
  if (field === 'shipTo') return 'address'
  const parsed = parseFieldName(field)
  if (parsed === null) return 'line'
  if (parsed.kind === 'content') return parsed.part === 'title' ? 'line' : 'text'
  return parsed.kind === 'price' ? 'money' : 'pieces'
}

const EMPTY_ADDRESS: Address = {
  ...{ name: '', company: '', line1: '', line2: '', city: '' },
  ...{ region: '', postcode: '', country: '', phone: '', email: '' },
}

/** A value as a person begins to change it. */
export function toTyped(kind: ValueKind, value: unknown, locale: string): string | Address {
  if (kind === 'address')
    return { ...EMPTY_ADDRESS, ...(JSON.parse(JSON.stringify(value ?? {})) as Partial<Address>) }
  if (value === undefined || value === null) return ''
  if (kind === 'money') return toDecimalString(value as Money).replace('.', decimalMark(locale))
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** What was typed as a value of the field. Issues: those of `readTypedMoney`, `invalid-input.price-invalid`, `invalid-input.stock-invalid`. */
export function fromTyped(
  { field, here, there }: FieldConflict,
  typed: string | Address,
  locale: string,
): Result<unknown> {
  if (typeof typed !== 'string') return ok(JSON.parse(JSON.stringify(typed)))
  const kind = kindOf(field)
  if (kind === 'line' || kind === 'text') return ok(kind === 'line' ? typed.trim() : typed)
  if (kind === 'pieces') {
    const clean = typed.normalize('NFKC').replaceAll(/\s/g, '')
    return /^\d{1,9}$/.test(clean)
      ? ok(Number(clean))
      : err(issue('invalid-input', { reason: 'stock-invalid', field }))
  }
  const { currency = '' } = (here ?? there ?? {}) as Partial<Money>
  const read = readTypedMoney(typed, currency, locale)
  if (!read.ok) return read
  return read.value.minor < 0 ? err(issue('invalid-input', { reason: 'price-invalid', field })) : read
}

/** What the field is to be; null while nothing is chosen, the issue for what cannot be read. */
export function resultOf(
  conflict: FieldConflict,
  choice: Choice | undefined,
  locale: string,
): Result<unknown> | null {
  if (choice === undefined) return null
  if (choice.choice === 'edit') return fromTyped(conflict, choice.typed, locale)
  return ok(choice.choice === 'mine' ? conflict.here : conflict.there)
}

function decimalMark(locale: string): string {
  const parts = new Intl.NumberFormat(locale).formatToParts(1.1)
  return parts.find(({ type }) => type === 'decimal')?.value ?? '.'
}
