/** Amazon's regions and marketplaces as data (developer-docs.amazon.com/sp-api, "Marketplace IDs" and "SP-API endpoints"; checked 2026-11-23). */

export const REGIONS = ['na', 'eu', 'fe'] as const
export type Region = (typeof REGIONS)[number]

export const REGION_HOSTS: Readonly<Record<Region, string>> = {
  na: 'sellingpartnerapi-na.amazon.com',
  eu: 'sellingpartnerapi-eu.amazon.com',
  fe: 'sellingpartnerapi-fe.amazon.com',
}

export interface Marketplace {
  id: string
  /** ISO 3166-1 alpha-2; also the name of the market for people and for prices. */
  country: string
  region: Region
  currency: string
  /** BCP 47. */
  locale: string
}

type Row = [id: string, country: string, currency: string, locale: string]

const NORTH_AMERICA: readonly Row[] = [
  ['ATVPDKIKX0DER', 'US', 'USD', 'en-US'],
  ['A2EUQ1WTGCTBG2', 'CA', 'CAD', 'en-CA'],
  ['A1AM78C64UM0Y8', 'MX', 'MXN', 'es-MX'],
  ['A2Q3Y263D00KWC', 'BR', 'BRL', 'pt-BR'],
]
const EUROPE: readonly Row[] = [
  ['A1F83G8C2ARO7P', 'GB', 'GBP', 'en-GB'],
  ['A1PA6795UKMFR9', 'DE', 'EUR', 'de-DE'],
  ['A13V1IB3VIYZZH', 'FR', 'EUR', 'fr-FR'],
  ['APJ6JRA9NG5V4', 'IT', 'EUR', 'it-IT'],
  ['A1RKKUPIHCS9HS', 'ES', 'EUR', 'es-ES'],
  ['A1805IZSGTT6HS', 'NL', 'EUR', 'nl-NL'],
  ['AMEN7PMS3EDWL', 'BE', 'EUR', 'fr-BE'],
  ['A28R8C7NBKEWEA', 'IE', 'EUR', 'en-IE'],
  ['A2NODRKZP88ZB9', 'SE', 'SEK', 'sv-SE'],
  ['A1C3SOZRARQ6R3', 'PL', 'PLN', 'pl-PL'],
  ['A33AVAJ2PDY3EV', 'TR', 'TRY', 'tr-TR'],
  ['A2VIGQ35RCS4UG', 'AE', 'AED', 'en-AE'],
  ['A17E79C6D8DWNP', 'SA', 'SAR', 'ar-AE'],
  ['ARBP9OOSHTCHU', 'EG', 'EGP', 'ar-AE'],
  ['AE08WJ6YKNBMC', 'ZA', 'ZAR', 'en-ZA'],
  ['A21TJRUUN4KGV', 'IN', 'INR', 'en-IN'],
]
const FAR_EAST: readonly Row[] = [
  ['A1VC38T7YXB528', 'JP', 'JPY', 'ja-JP'],
  ['A39IBJ37TRP1C6', 'AU', 'AUD', 'en-AU'],
  ['A19VAU5U5O7RUS', 'SG', 'SGD', 'en-SG'],
]

export const MARKETPLACES: readonly Marketplace[] = [
  ...rowsOf('na', NORTH_AMERICA),
  ...rowsOf('eu', EUROPE),
  ...rowsOf('fe', FAR_EAST),
]

function rowsOf(region: Region, rows: readonly Row[]): Marketplace[] {
  return rows.map(([id, country, currency, locale]) => ({ id, country, region, currency, locale }))
}

/** By its id, or by its country as a person types it; null when there is none. */
export function findMarketplace(word: string): Marketplace | null {
  const wanted = word.trim().toUpperCase()
  const country = wanted === 'UK' ? 'GB' : wanted
  return MARKETPLACES.find(({ id, country: code }) => id === wanted || code === country) ?? null
}
