import type { Address } from '#core/address/address.ts'

/**
 * Latin letters (to Extended-B and the Vietnamese block), combining marks, ASCII and Latin-1 signs,
 * typographic dashes and quotes, the euro, number and trade mark signs. No control characters, full-width
 * forms or emoji.
 */
const LATIN_TEXT =
  /^[\u0020-\u007e\u00a0-\u024f\u0300-\u036f\u1e00-\u1eff\u2010-\u2027\u2030\u20ac\u2116\u2122]*$/

/** Can a sorting machine and our label font read this? True for an empty text. */
export function isLatin(text: string): boolean {
  return LATIN_TEXT.test(text)
}

/** The parts of an address a person can give a Latin form of. */
export const LATIN_FIELDS = ['name', 'line1', 'line2', 'city', 'region'] as const
export type LatinField = (typeof LATIN_FIELDS)[number]

/** The parts that are not Latin and have no usable Latin form yet. */
export function listMissingLatin(address: Address): LatinField[] {
  return LATIN_FIELDS.filter((field) => !isLatin(address[field]) && !isUsable(address.latin?.[field]))
}

/** The address with its Latin forms put in; parts without one stay as they are (never transliterated). */
export function toLatinAddress(address: Address): Address {
  const latin: Address = { ...address }
  for (const field of LATIN_FIELDS) {
    const form = address.latin?.[field]
    if (form !== undefined && isUsable(form)) latin[field] = form
  }
  return latin
}

function isUsable(form: string | undefined): boolean {
  return form !== undefined && form.trim() !== '' && isLatin(form)
}
