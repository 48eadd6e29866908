/**
 * Numbers whose last characters are reckoned from the others. They catch typing errors, and no more: whether somebody has the number, only
 * its office knows. Sources and example numbers: check-digits.test.ts.
 */

/** What letters and digits count in Mexico; the place in the text is the value. */
const RFC_VALUES = '0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ'
const CURP_VALUES = '0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ'
/** RFCs that everybody without one of their own is given, here and abroad. */
const COMMON_RFCS = ['XAXX010101000', 'XEXX010101000']

const CHECKS: Readonly<Record<string, (number: string) => boolean>> = {
  'br-cpf-cnpj': (number) => (number.length === 11 ? fitsCpf(number) : fitsCnpj(number)),
  'mx-rfc-curp': (number) => (number.length === 18 ? fitsCurp(number) : fitsRfc(number)),
  'tr-tckn': fitsTckn,
}

/** False when a recipient's number of this type has a check digit that does not fit. A number of another shape is not this function's. */
export function fitsConsigneeId(type: string, number: string): boolean {
  return CHECKS[type]?.(number.replace(/[.\-/\s]/g, '').toUpperCase()) ?? true
}

/**
 * The same of a seller's number; only the UK's VAT numbers are known, which its EORI begins with too. `number` is as readSellerId() gives
 * it.
 */
export function fitsSellerId(kind: string, number: string): boolean {
  const [, digits] =
    kind === 'vat' || kind === 'eori' ? (/^(?:GB|XI)(\d{9})(?:\d{3})?$/.exec(number) ?? []) : []
  return digits === undefined || fitsGbVat(digits)
}

/** Modulo 11 of Brazil: 11 less the rest, and 0 for 10 and 11. */
function brazilian(values: readonly number[], weights: readonly number[]): number {
  const rest = values.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0) % 11
  return rest < 2 ? 0 : 11 - rest
}

function fitsBrazilian(values: readonly number[], weights: readonly number[]): boolean {
  const base = values.slice(0, -2)
  const first = brazilian(base, weights.slice(1))
  const second = brazilian([...base, first], weights)
  return values.at(-2) === first && values.at(-1) === second
}

function fitsCpf(number: string): boolean {
  if (!/^\d{11}$/.test(number)) return true
  // Eleven times the same digit fits, and is nobody's.
  return (
    !/^(\d)\1+$/.test(number) && fitsBrazilian(Array.from(number, Number), [11, 10, 9, 8, 7, 6, 5, 4, 3, 2])
  )
}

/** Since July 2026 with letters, which count by their place in ASCII. */
function fitsCnpj(number: string): boolean {
  if (!/^[0-9A-Z]{12}\d{2}$/.test(number)) return true
  const values = Array.from(number, (character) => character.charCodeAt(0) - 48)
  return !/^(.)\1+$/.test(number) && fitsBrazilian(values, [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2])
}

/** Some in use do not fit: the tax office gave them so. */
function fitsRfc(number: string): boolean {
  if (!/^[A-ZÑ&]{3,4}\d{6}[0-9A-Z]{3}$/.test(number) || COMMON_RFCS.includes(number)) return true
  const sum = Array.from(number.slice(0, -1).padStart(12)).reduce(
    (total, character, i) => total + RFC_VALUES.indexOf(character) * (13 - i),
    0,
  )
  return number.at(-1) === '0123456789A'[(11 - (sum % 11)) % 11]
}

function fitsCurp(number: string): boolean {
  if (!/^[A-ZÑ]{4}\d{6}[A-ZÑ]{6}[0-9A-Z]\d$/.test(number)) return true
  const sum = Array.from(number.slice(0, -1)).reduce(
    (total, character, i) => total + CURP_VALUES.indexOf(character) * (18 - i),
    0,
  )
  return Number(number.at(-1)) === (10 - (sum % 10)) % 10
}

function fitsTckn(number: string): boolean {
  if (!/^\d{11}$/.test(number)) return true
  const digits = Array.from(number, Number)
  const sumOf = (some: readonly number[]): number => some.reduce((sum, digit) => sum + digit, 0)
  const nine = digits.slice(0, 9)
  const odd = sumOf(nine.filter((_, i) => i % 2 === 0))
  const even = sumOf(nine.filter((_, i) => i % 2 === 1))
  const tenth = (((odd * 7 - even) % 10) + 10) % 10
  return digits[0] !== 0 && digits[9] === tenth && digits[10] === sumOf(digits.slice(0, 10)) % 10
}

/** Modulo 97; numbers given since 2010 are 55 off. */
function fitsGbVat(number: string): boolean {
  const weights = [8, 7, 6, 5, 4, 3, 2, 10, 1]
  const rest = Array.from(number).reduce((sum, digit, i) => sum + Number(digit) * (weights[i] ?? 0), 0) % 97
  return rest === 0 || rest === 42
}
