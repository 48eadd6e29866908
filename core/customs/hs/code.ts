import type { NationalCodes } from '#core/catalog/product.ts'
import { EU27 } from '#core/customs/customs-territory.ts'
import { checkHs, type HsReason } from '#core/customs/check-hs.ts'

/** What a person typed or pasted as digits: full-width forms, dots, blanks and dashes are let go. */
export function stripHs(text: string): string {
  return text.normalize('NFKC').replace(/[\s.·\-–]/g, '')
}

/**
 * What is wrong with a code of one country; null when nothing is. It begins with the six digits of the item, or is of the chapters 98 and 99, which every
 * country fills as it likes.
 */
export function checkNational(code: string, hs6: string): HsReason | 'hs-national-differs' | null {
  if (/^9[89]\d{6,10}$/.test(code)) return null
  const reason = checkHs(code)
  if (reason !== null) return reason
  return hs6 === '' || code.startsWith(hs6.slice(0, 6)) ? null : 'hs-national-differs'
}

/** Whose codes a destination reads: its own, then those of the union it is in. */
export function codePlaces(destination: string): string[] {
  return EU27.includes(destination) ? [destination, 'EU'] : [destination]
}

/** The code to declare to a destination: its own when there is one and it still belongs to the item, else the item's. Digits only. */
export function declaredCode(
  item: { hs6: string; national?: NationalCodes | undefined },
  destination: string,
): string {
  const hs6 = stripHs(item.hs6)
  const own = codePlaces(destination).map((place) => stripHs(item.national?.[place] ?? ''))
  return own.find((each) => each !== '' && checkNational(each, hs6) === null) ?? hs6
}
