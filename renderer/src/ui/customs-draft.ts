import { BATTERIES } from '#core/catalog/battery.ts'
import type { ItemCustoms } from '#core/catalog/product.ts'
import { readTypedMoney } from '#core/money/parse-money.ts'
import { toDecimalString } from '#core/money/money.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { issue } from '#core/shared/issue.ts'

/** Customs facts while a person types them. */
export interface CustomsDraft {
  description: string
  descriptionLocal: string
  hs6: string
  origin: string
  value: string
  currency: string
  grams: string
  /** '' while nobody has said. */
  battery: string
  makerId: string
  responsible: string
}

export function toDraft(customs: ItemCustoms, fallbackCurrency: string, locale: string): CustomsDraft {
  const { description, descriptionLocal, hs6, origin, unitValue, unitNetGrams } = customs
  const { battery = '', makerId = '', responsible = '' } = customs
  const value = unitValue ? toDecimalString(unitValue) : ''
  return {
    ...{ description, descriptionLocal, hs6, origin, battery, makerId, responsible },
    value: decimalMark(locale) === '.' ? value : value.replace('.', decimalMark(locale)),
    currency: unitValue?.currency ?? fallbackCurrency,
    grams: unitNetGrams === null ? '' : String(unitNetGrams),
  }
}

/** What was typed as facts; what nobody has said is undefined, so that it is taken away where it was said before. Fails with the field at fault: `unitValue`, `unitNetGrams`. */
export function fromDraft(draft: CustomsDraft, locale: string): Result<ItemCustoms> {
  const value = draft.value.trim() === '' ? ok(null) : readTypedMoney(draft.value, draft.currency, locale)
  if (!value.ok) return err({ ...value.error, field: 'unitValue' })
  const grams = readGrams(draft.grams)
  if (grams === undefined)
    return err(issue('invalid-input', { reason: 'weight-invalid', field: 'unitNetGrams' }))
  return ok({
    description: draft.description.trim(),
    descriptionLocal: draft.descriptionLocal.trim(),
    hs6: draft.hs6.replace(/[\s.]/g, ''),
    origin: draft.origin.trim().toUpperCase(),
    unitValue: value.value,
    unitNetGrams: grams,
    battery: BATTERIES.find((each) => each === draft.battery),
    makerId: draft.makerId.trim() || undefined,
    responsible: draft.responsible.trim() || undefined,
  })
}

/** Grams as typed; null for nothing, undefined for what is no weight. */
export function readGrams(text: string): number | null | undefined {
  const clean = text.trim().replace(/\s?g$/i, '')
  if (clean === '') return null
  if (!/^\d{1,7}$/.test(clean)) return undefined
  return Number(clean)
}

function decimalMark(locale: string): string {
  return (
    new Intl.NumberFormat(locale).formatToParts(1.1).find((part) => part.type === 'decimal')?.value ?? '.'
  )
}
