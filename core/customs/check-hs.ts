export type HsReason = 'hs-not-digits' | 'hs-too-short' | 'hs-too-long' | 'hs-chapter'

/**
 * What is wrong with a tariff code given as digits; null when nothing is. Chapters 01–97 without 77, which
 * the Harmonised System keeps free; 98 and 99 are national (customs-pricing.md 1). Six digits at least,
 * twelve at most. HS 2022.
 */
export function checkHs(code: string): HsReason | null {
  if (!/^\d+$/.test(code)) return 'hs-not-digits'
  const chapter = Number(code.slice(0, 2))
  if (code.length < 6) return 'hs-too-short'
  if (code.length > 12) return 'hs-too-long'
  return chapter === 0 || chapter === 77 || chapter > 97 ? 'hs-chapter' : null
}
