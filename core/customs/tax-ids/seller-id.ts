import { EU27 } from '#core/customs/customs-territory.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'

/** Numbers that tax offices give sellers and marketplaces. They are kept like passwords: who has one can clear goods on it. */
export const SELLER_ID_KINDS = ['ioss', 'vat', 'eori', 'voec', 'uid', 'arn', 'gst', 'ovr', 'lrn'] as const
export type SellerIdKind = (typeof SELLER_ID_KINDS)[number]

/** What is known of a number without the number itself, which only the vault has. */
export interface SellerId {
  /** Of its place in the vault. */
  id: string
  kind: SellerIdKind
  /** ISO 3166-1 alpha-2 of the office that gave it; `EU` where it holds in all of it. */
  country: string
  /** The shop it is for; null: every shop that has none of its own. */
  connectionId: string | null
  /** Stands on papers too. Without it, it goes with the data alone. */
  printed: boolean
}

/** What a number looks like, without blanks and dots, and where one of its kind can come from. */
const SHAPES: Readonly<Record<SellerIdKind, { shape: RegExp; countries: readonly string[] }>> = {
  ioss: { shape: /^IM\d{10}$/, countries: ['EU'] },
  vat: { shape: /^[A-Z]{2}[A-Z0-9]{7,12}$/, countries: ['GB', ...EU27] },
  eori: { shape: /^[A-Z]{2}[A-Z0-9]{5,15}$/, countries: ['GB', ...EU27] },
  voec: { shape: /^\d{7}$/, countries: ['NO'] },
  uid: { shape: /^CHE\d{9}(?:MWST|TVA|IVA)?$/, countries: ['CH'] },
  arn: { shape: /^\d{11,12}$/, countries: ['AU'] },
  gst: { shape: /^\d{8,9}$/, countries: ['NZ'] },
  ovr: { shape: /^[A-Z0-9]{9,12}$/, countries: ['SG'] },
  lrn: { shape: /^[A-Z0-9]{5,20}$/, countries: ['MY'] },
}

/** Offices that give numbers of this kind; the first is proposed. */
export function countriesOf(kind: SellerIdKind): readonly string[] {
  return SHAPES[kind].countries
}

/**
 * A number as typed, in the form in which it is kept. Issues: `invalid-input` tax-id-missing, tax-id-country, and `tax-id-<kind>` when it is none of
 * its kind, all of field `number` but the second.
 */
export function readSellerId(kind: SellerIdKind, country: string, text: string): Result<string> {
  const { shape, countries } = SHAPES[kind]
  if (!countries.includes(country)) return refuse('tax-id-country', 'country')
  const number = text
    .normalize('NFKC')
    .replace(/[\s.\-–/]/g, '')
    .toUpperCase()
  if (number === '') return refuse('tax-id-missing', 'number')
  // Greece writes EL where its country code is GR.
  const prefix =
    kind === 'vat' || kind === 'eori' ? (country === 'GR' ? /^(?:EL|GR)/ : new RegExp(`^${country}`)) : null
  const isOne = shape.test(number) && (prefix === null || prefix.test(number))
  return isOne ? ok(number) : refuse(`tax-id-${kind}`, 'number')
}

function refuse(reason: string, field: string): Result<never> {
  return err(issue('invalid-input', { reason, field }))
}

/** Enough of a number to tell it from another one. */
export function maskId(number: string): string {
  return number.length <= 4 ? '•'.repeat(number.length) : `••••${number.slice(-3)}`
}
