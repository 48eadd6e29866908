import { err, ok, type Result } from '#core/shared/result.ts'
import { issue } from '#core/shared/issue.ts'

/** A UPU S10 item number, e.g. LZ473124829CN, in its parts. */
export interface S10 {
  /** Service indicator, two letters. */
  indicator: string
  /** 0 to 99 999 999. */
  serial: number
  checkDigit: number
  /** ISO 3166-1 alpha-2 of the issuing post. */
  country: string
}

export type S10Class =
  | 'recorded'
  | 'parcel'
  | 'ems'
  | 'e-commerce-parcel'
  | 'letter-tracked'
  | 'm-bag'
  | 'ibrs'
  | 'registered'
  | 'letter-untracked'
  | 'insured'
  | 'domestic'
  | 'unassigned'
  | 'reserved'

/** Service indicators by their letters (logistics.md 4.1); the first row that fits counts. */
const CLASSES: readonly (readonly [RegExp, S10Class])[] = [
  [/^[JKSTW]/, 'reserved'],
  [/^A/, 'recorded'],
  [/^C/, 'parcel'],
  [/^E/, 'ems'],
  [/^H/, 'e-commerce-parcel'],
  [/^L/, 'letter-tracked'],
  [/^M/, 'm-bag'],
  [/^Q[A-M]/, 'ibrs'],
  [/^R/, 'registered'],
  [/^U/, 'letter-untracked'],
  [/^V/, 'insured'],
  [/^([BDNPZ]|GA|GD)/, 'domestic'],
]

const WEIGHTS = [8, 6, 4, 2, 3, 5, 9, 7] as const
export const HIGHEST_SERIAL = 99_999_999

/** What a service indicator stands for. */
export function classifyIndicator(indicator: string): S10Class {
  return CLASSES.find(([letters]) => letters.test(indicator))?.[1] ?? 'unassigned'
}

/**
 * Check digit of a serial: 11 − (Σ weight × digit mod 11), 10 → 0, 11 → 5. Throws RangeError beyond eight
 * digits.
 */
export function computeCheckDigit(serial: number): number {
  if (!Number.isInteger(serial) || serial < 0 || serial > HIGHEST_SERIAL)
    throw new RangeError(`not a serial: ${serial}`)
  const digits = formatSerial(serial)
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(digits[i]), 0)
  const check = 11 - (sum % 11)
  if (check === 10) return 0
  return check === 11 ? 5 : check
}

/**
 * Reads a number as written (blanks and hyphens between the parts, any case). Fails with `invalid-input`,
 * field `number`: s10-length, s10-characters, s10-reserved, s10-check-digit. Refuse what we would issue; only
 * warn on what a carrier returned: some carriers' own numbers have wrong check digits (logistics.md 2.7).
 */
export function readS10(text: string): Result<S10> {
  const plain = text.replace(/[\s-]/g, '').toUpperCase()
  if (plain.length !== 13) return refuse('s10-length')
  const match = /^([A-Z]{2})([0-9]{8})([0-9])([A-Z]{2})$/.exec(plain)
  if (match === null) return refuse('s10-characters')
  const [, indicator = '', serialText = '', checkText = '', country = ''] = match
  if (classifyIndicator(indicator) === 'reserved') return refuse('s10-reserved')
  const serial = Number(serialText)
  const checkDigit = Number(checkText)
  if (computeCheckDigit(serial) !== checkDigit) return refuse('s10-check-digit')
  return ok({ indicator, serial, checkDigit, country })
}

/** The 13 characters, as in barcodes and data. Throws RangeError on parts that make no number. */
export function makeS10(indicator: string, serial: number, country: string): string {
  if (!/^[A-Z]{2}$/.test(indicator) || classifyIndicator(indicator) === 'reserved')
    throw new RangeError(`not a service indicator: ${indicator}`)
  if (!/^[A-Z]{2}$/.test(country)) throw new RangeError(`not a country: ${country}`)
  return `${indicator}${formatSerial(serial)}${computeCheckDigit(serial)}${country}`
}

/**
 * For people, under the barcode: `LZ 473 124 829 CN`. Anything that is not 13 characters is given back as it
 * is.
 */
export function formatS10(number: string): string {
  const match = /^([A-Z]{2})(\d{3})(\d{3})(\d{3})([A-Z]{2})$/.exec(number)
  return match === null ? number : match.slice(1).join(' ')
}

/** Eight digits, with zeros in front. */
export function formatSerial(serial: number): string {
  return String(serial).padStart(8, '0')
}

function refuse(reason: string): Result<never> {
  return err(issue('invalid-input', { reason, field: 'number' }))
}
