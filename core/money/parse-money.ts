import { err, ok, type Result } from '#core/shared/result.ts'
import { issue, type IssueCode } from '#core/shared/issue.ts'
import { findExponent } from '#core/money/currencies.ts'
import { money, type Money } from '#core/money/money.ts'

/**
 * Reads an amount off a wire: a decimal string (`12.34`, `-0.5`, `1200`) or a JSON number, exact, never
 * rounded. More digits than the currency has are fine only when they are zeros (`1200.00` JPY). Fails with
 * `malformed` amount-invalid, amount-too-precise, amount-too-large or `invalid-input` currency-unknown.
 */
export function parseMoney(value: unknown, currencyCode: unknown): Result<Money> {
  const code = typeof currencyCode === 'string' ? currencyCode : ''
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string' || !/^-?\d+(\.\d+)?$/.test(text)) return refuse('malformed', 'amount-invalid')
  return readPlain(text, code, 'malformed')
}

/**
 * Reads an amount a person typed, in the notation of their locale: `1.234,56` for de, `1,234.56` for en,
 * `1’234.56` for de-CH. Full-width and Arabic digits and the currency's own code before or after are fine.
 * Nothing is guessed: a text that only makes sense in the other notation is refused. Fails with
 * `invalid-input`, field `amount`: amount-empty, amount-invalid, separator-wrong (other notation),
 * separator-ambiguous (a group that may be decimals), amount-too-precise, amount-too-large; or
 * currency-unknown.
 */
export function readTypedMoney(text: string, currencyCode: string, locale: string): Result<Money> {
  const exponent = findExponent(currencyCode)
  if (!exponent.ok) return exponent
  const clean = tidyTyped(text, currencyCode)
  if (clean === '') return refuse('invalid-input', 'amount-empty')
  if (!/^-?[\d., ']+$/.test(clean) || !/\d/.test(clean)) return refuse('invalid-input', 'amount-invalid')
  const notation = notationOf(locale)
  const plain = toPlain(clean, notation)
  if (plain === null) {
    const other = toPlain(clean, { ...notation, decimal: notation.decimal === '.' ? ',' : '.' })
    return refuse('invalid-input', other === null ? 'amount-invalid' : 'separator-wrong')
  }
  if (mayBeDecimals(clean, notation.decimal, exponent.value))
    return refuse('invalid-input', 'separator-ambiguous')
  return readPlain(plain, currencyCode, 'invalid-input')
}

/** Languages that write `1.234,56` or `1 234,56`; all others write `1,234.56` (CLDR 48). */
const COMMA_LANGUAGES = new Set(
  `af az be bg bs ca cs da de el es et eu fi fo fr gl hr hu hy id is it ka kk ky lb lt lv mk nb nl nn no pl pt ro ru sk sl
   sq sr sv tr uk uz vi`.split(/\s+/),
)
/** Regions that differ from their language (CLDR 48). */
const POINT_LOCALES = new Set(
  `de-CH de-LI it-CH es-MX es-US es-PR es-PE es-DO es-GT es-HN es-NI es-PA es-SV es-419`.split(/\s+/),
)
const COMMA_LOCALES = new Set([
  'en-ZA',
  'en-DE',
  'en-AT',
  'en-NL',
  'en-BE',
  'en-SE',
  'en-DK',
  'en-FI',
  'en-SI',
])

interface Notation {
  decimal: '.' | ','
  /** Group sizes 3,2,2 as in 1,23,456.00. */
  indian: boolean
}

function notationOf(locale: string): Notation {
  const parts = locale.replaceAll('_', '-').split('-')
  const language = (parts[0] ?? '').toLowerCase()
  const region = parts
    .slice(1)
    .find((part) => /^([a-z]{2}|\d{3})$/i.test(part))
    ?.toUpperCase()
  const tag = region === undefined ? language : `${language}-${region}`
  const comma = COMMA_LOCALES.has(tag) || (COMMA_LANGUAGES.has(language) && !POINT_LOCALES.has(tag))
  return { decimal: comma ? ',' : '.', indian: region === 'IN' || language === 'hi' }
}

function tidyTyped(text: string, currencyCode: string): string {
  const ascii = text
    .normalize('NFKC')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replaceAll('\u066b', '.')
    .replaceAll('\u066c', ',')
    .replace(/[\u2018\u2019]/g, "'")
    .replaceAll('\u2212', '-')
    .replace(/\s+/g, ' ')
    .trim()
  const code = currencyCode.toLowerCase()
  const lower = ascii.toLowerCase()
  if (lower.startsWith(code)) return ascii.slice(code.length).trim()
  if (lower.endsWith(code)) return ascii.slice(0, -code.length).trim()
  return ascii
}

/** `1.234,56` → `1234.56`; null when the text is not well formed in this notation. */
function toPlain(text: string, { decimal, indian }: Notation): string | null {
  const sign = text.startsWith('-') ? '-' : ''
  const body = sign === '' ? text : text.slice(1).trim()
  const [whole = '', fraction, ...more] = body.split(decimal)
  if (more.length > 0 || (fraction !== undefined && !/^\d+$/.test(fraction))) return null
  const integer = joinGroups(whole === '' && fraction !== undefined ? '0' : whole, indian)
  if (integer === null) return null
  return fraction === undefined ? sign + integer : `${sign}${integer}.${fraction}`
}

function joinGroups(whole: string, indian: boolean): string | null {
  if (/^\d+$/.test(whole)) return whole
  const separator = /\D/.exec(whole)?.[0] ?? ''
  const groups = whole.split(separator)
  const first = groups.shift() ?? ''
  const last = groups.pop() ?? ''
  const middle = indian ? /^\d{2,3}$/ : /^\d{3}$/
  if (!/^[1-9]\d{0,2}$/.test(first) || !/^\d{3}$/.test(last) || !groups.every((g) => middle.test(g)))
    return null
  return first + groups.join('') + last
}

/**
 * With three-digit currencies a lone `1.234` may mean either; asking again is cheaper than a price 1000 times
 * off.
 */
function mayBeDecimals(text: string, decimal: string, exponent: number): boolean {
  return exponent === 3 && !text.includes(decimal) && /^-?\d{1,3}[.,]\d{3}$/.test(text)
}

function readPlain(text: string, code: string, issueCode: IssueCode): Result<Money> {
  const found = findExponent(code)
  if (!found.ok) return found
  const exponent = found.value
  const [whole = '', fraction = ''] = text.split('.')
  if (/[^0]/.test(fraction.slice(exponent))) return refuse(issueCode, 'amount-too-precise')
  const minor = Number(whole + fraction.slice(0, exponent).padEnd(exponent, '0'))
  if (!Number.isSafeInteger(minor)) return refuse(issueCode, 'amount-too-large')
  return ok(money(minor, code))
}

function refuse(code: IssueCode, reason: string): Result<never> {
  return err(issue(code, { reason, field: 'amount' }))
}
