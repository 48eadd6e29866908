import { countryNameEnglish } from '#core/address/countries.ts'
import { isLatin } from '#core/address/is-latin.ts'
import { checkDescription } from '#core/customs/check-description.ts'
import { checkHs } from '#core/customs/check-hs.ts'
import { USUAL_PARCEL, type CustomsChoices, type ParcelDefaults } from '#core/customs/customs-choices.ts'
import { CUSTOMS_CATEGORIES, INCOTERMS, NON_DELIVERIES } from '#core/customs/declaration.ts'

/** The desk's defaults while a person types them; '' where nothing holds for all. */
export interface DefaultsDraft {
  origin: string
  description: string
  hs6: string
  responsible: string
  category: string
  explanation: string
  nonDelivery: string
  incoterm: string
}

export function toDefaultsDraft({ defaults, parcel = USUAL_PARCEL }: CustomsChoices): DefaultsDraft {
  const { origin = '', description = '', hs6 = '', responsible = '' } = defaults ?? {}
  return { origin, description, hs6, responsible, ...parcel }
}

/** What is wrong, by field, as reasons of findings. */
export function checkDefaults(draft: DefaultsDraft): Partial<Record<string, string>> {
  const found: Partial<Record<string, string>> = {}
  const { origin, description, hs6, category, explanation } = draft
  if (origin !== '' && (!/^[A-Z]{2}$/.test(origin) || countryNameEnglish(origin) === null))
    found['origin'] = 'origin-invalid'
  const vague = description.trim() === '' ? null : checkDescription(description)
  if (vague !== null) found['description'] = vague
  const hs = hs6.trim() === '' ? null : checkHs(digitsOf(hs6))
  if (hs !== null) found['hs6'] = hs
  if (category === 'other' && explanation.trim() === '') found['explanation'] = 'explanation-missing'
  else if (!isLatin(explanation)) found['explanation'] = 'explanation-not-latin'
  return found
}

/** The choices with these defaults; what was left empty holds for nothing. */
export function fromDefaultsDraft(draft: DefaultsDraft, before: CustomsChoices): CustomsChoices {
  const typed = {
    origin: draft.origin.trim(),
    description: draft.description.trim(),
    hs6: digitsOf(draft.hs6),
    responsible: draft.responsible.trim(),
  }
  const known = Object.fromEntries(Object.entries(typed).filter(([, text]) => text !== ''))
  const parcel: ParcelDefaults = {
    category: CUSTOMS_CATEGORIES.find((each) => each === draft.category) ?? USUAL_PARCEL.category,
    explanation: draft.category === 'other' ? draft.explanation.trim() : '',
    nonDelivery: NON_DELIVERIES.find((each) => each === draft.nonDelivery) ?? USUAL_PARCEL.nonDelivery,
    incoterm: INCOTERMS.find((each) => each === draft.incoterm) ?? '',
  }
  return { ...(JSON.parse(JSON.stringify(before)) as CustomsChoices), defaults: known, parcel }
}

function digitsOf(code: string): string {
  return code.replace(/[\s.]/g, '')
}
