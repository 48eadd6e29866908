/** Members of the EU customs union's single market on 2026-11-22, for rules written for all of them. */
export const EU27: readonly string[] =
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ')

/**
 * Does a parcel between these countries cross a customs border? Not within one country or within the EU.
 * Monaco and the Isle of Man count with France and the United Kingdom. Special areas (Canary Islands,
 * Northern Ireland, Åland…) cannot be told from a country code; the seller adds a declaration by hand there.
 */
export function crossesCustomsBorder(from: string, to: string): boolean {
  return territoryOf(from) !== territoryOf(to)
}

function territoryOf(country: string): string {
  if (country === 'MC' || EU27.includes(country)) return 'EU'
  return country === 'IM' ? 'GB' : country
}
