import { BATTERIES } from '#core/catalog/battery.ts'
import type { ItemCustoms, NationalCodes } from '#core/catalog/product.ts'
import { checkNational, stripHs } from '#core/customs/hs/code.ts'
import { HS_NOMENCLATURE } from '#core/customs/hs/goods.ts'
import { readTypedMoney } from '#core/money/parse-money.ts'
import { toDecimalString } from '#core/money/money.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { issue } from '#core/shared/issue.ts'

/** A code of one destination while a person types it. */
export interface NationalDraft {
  place: string
  code: string
}

/** Customs facts while a person types them. */
export interface CustomsDraft {
  description: string
  descriptionLocal: string
  hs6: string
  national: readonly NationalDraft[]
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
  const national = Object.entries(customs.national ?? {}).map(([place, code]) => ({ place, code }))
  return {
    national,
    ...{ description, descriptionLocal, hs6, origin, battery, makerId, responsible },
    value: decimalMark(locale) === '.' ? value : value.replace('.', decimalMark(locale)),
    currency: unitValue?.currency ?? fallbackCurrency,
    grams: unitNetGrams === null ? '' : String(unitNetGrams),
  }
}

/** What was typed as facts; what nobody has said is undefined, so that it is taken away where it was said before. Fails with the field at fault: `national`, `unitValue`, `unitNetGrams`. */
export function fromDraft(draft: CustomsDraft, locale: string): Result<ItemCustoms> {
  const value = draft.value.trim() === '' ? ok(null) : readTypedMoney(draft.value, draft.currency, locale)
  if (!value.ok) return err({ ...value.error, field: 'unitValue' })
  const national = readNational(draft)
  if (!national.ok) return national
  const grams = readGrams(draft.grams)
  if (grams === undefined)
    return err(issue('invalid-input', { reason: 'weight-invalid', field: 'unitNetGrams' }))
  return ok({
    description: draft.description.trim(),
    descriptionLocal: draft.descriptionLocal.trim(),
    hs6: stripHs(draft.hs6),
    national: national.value,
    nomenclature: draft.hs6.trim() === '' ? undefined : HS_NOMENCLATURE,
    origin: draft.origin.trim().toUpperCase(),
    unitValue: value.value,
    unitNetGrams: grams,
    battery: BATTERIES.find((each) => each === draft.battery),
    makerId: draft.makerId.trim() || undefined,
    responsible: draft.responsible.trim() || undefined,
  })
}

/** What is taken over from a search: a code of everywhere, and codes of single destinations; those that no longer belong to it go. */
export function takeCode(draft: CustomsDraft, hs6: string, national: NationalCodes = {}): CustomsDraft {
  const kept = draft.national.filter(
    ({ place, code }) => national[place] === undefined && checkNational(stripHs(code), hs6) === null,
  )
  const taken = Object.entries(national).map(([place, code]) => ({ place, code }))
  return { ...draft, hs6, national: [...kept, ...taken] }
}

/** Rows without a code are let go. Issues of field `national`: those of checkNational(), and hs-national-place. */
function readNational({ hs6, national }: CustomsDraft): Result<NationalCodes | undefined> {
  const codes: Record<string, string> = {}
  for (const { place, code } of national) {
    const digits = stripHs(code)
    if (digits === '') continue
    const reason = /^[A-Z]{2}$/.test(place) ? checkNational(digits, stripHs(hs6)) : 'hs-national-place'
    if (reason !== null) return err(issue('invalid-input', { reason, field: 'national' }))
    codes[place] = digits
  }
  return ok(Object.keys(codes).length === 0 ? undefined : codes)
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
