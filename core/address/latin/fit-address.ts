import type { Address } from '#core/address/address.ts'
import type { AddressLimits } from '#core/address/latin/carrier-limits.ts'
import { fitLines } from '#core/address/latin/fit-lines.ts'
import { toAscii, type Umlauts } from '#core/address/latin/to-ascii.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'

/** Letters with marks as they are, or spelled out for carriers that take only plain ones. */
export type AddressLetters = 'as-given' | Umlauts

const PARTS = ['name', 'company', 'line1', 'line2', 'city', 'region'] as const
/** One line each, whatever the carrier; the street has as many as there are fields for it. */
const SINGLE = ['name', 'company', 'city', 'region'] as const
const STREET_FIELDS = 2

/**
 * The address as a carrier takes it: letters as chosen, the street broken between words into lines of the carrier's width. Nothing is cut:
 * what does not fit is `invalid-input.address-line-too-long` with its field under `path`.
 */
export function fitAddress(
  address: Address,
  { width, lines: most, ...widths }: AddressLimits,
  { letters, path }: { letters: AddressLetters; path: string },
): Result<Address, Issue[]> {
  const spelled = spell(address, letters)
  const tooLong = (field: string) =>
    issue('invalid-input', { reason: 'address-line-too-long', field: `${path}.${field}` })
  const issues = SINGLE.filter(
    (field) => fitLines([spelled[field]], { width: widths[field] ?? width, lines: 1 }).findings.length > 0,
  ).map(tooLong)
  const isShort = [spelled.line1, spelled.line2].every(
    (line) => Array.from(line.normalize('NFC')).length <= width,
  )
  const limits = { width, lines: Math.min(most, STREET_FIELDS) }
  const street = isShort ? null : fitLines([spelled.line1, spelled.line2], limits)
  if (street !== null && street.findings.length > 0) {
    const joined = fitLines([`${spelled.line1} ${spelled.line2}`], limits)
    if (joined.findings.length > 0) issues.push(tooLong('line1'))
    else return issues.length > 0 ? err(issues) : ok(withStreet(spelled, joined.lines))
  }
  if (issues.length > 0) return err(issues)
  return ok(street === null ? spelled : withStreet(spelled, street.lines))
}

function withStreet(address: Address, [line1 = '', line2 = '']: readonly string[]): Address {
  return { ...address, line1, line2 }
}

function spell(address: Address, letters: AddressLetters): Address {
  if (letters === 'as-given') return address
  const spelled = { ...address }
  for (const part of PARTS) spelled[part] = toAscii(address[part], letters)
  return spelled
}
