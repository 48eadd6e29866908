import type { Address } from '#core/address/address.ts'
import { countryNameEnglish } from '#core/address/countries.ts'
import { formatAddress } from '#core/address/format-address.ts'
import { listMissingLatin, isLatin } from '#core/address/is-latin.ts'
import type { TextStyle } from '#core/documents/fit-text.ts'
import type { FontMetrics } from '#core/documents/font-metrics.ts'
import { cleanText, isPrintable } from '#core/documents/text-runs.ts'
import type { Block } from '#core/documents/stack-text.ts'
import type { FlowWords } from '#core/documents/words/flow-words.ts'
import { issue, type Issue } from '#core/shared/issue.ts'

export const TITLE: TextStyle = { weight: 'bold', sizePt: 15, minPt: 10, maxLines: 2 }
export const CAPTION: TextStyle = { weight: 'bold', sizePt: 7, minPt: 5.5, maxLines: 2 }
export const TEXT: TextStyle = { weight: 'regular', sizePt: 8.5, minPt: 7, maxLines: 6 }
export const STRONG: TextStyle = { ...TEXT, weight: 'bold', sizePt: 9.5 }
export const SMALL: TextStyle = { weight: 'regular', sizePt: 7.5, minPt: 6, maxLines: 8 }

/** A caption above its text; nothing when there is no text. */
export function captioned(caption: string, text: string, field: string, style = TEXT): Block[] {
  if (text.trim() === '') return []
  return [
    { text: caption, style: CAPTION, field: 'caption' },
    { text, style, field },
  ]
}

/** `caption: text`, or nothing. */
export function labelled(caption: string, text: string, field: string, style = TEXT): Block[] {
  return text.trim() === '' ? [] : [{ text: `${caption}: ${text}`, style, field }]
}

/**
 * An address line by line as its country writes it, with its Latin form below when it has one; then the country in English capitals, which
 * every post reads. `side` names the fields, e.g. `to`.
 */
export function addressLines(metrics: FontMetrics, address: Address, side: string): Block[] {
  const country = (countryNameEnglish(address.country) ?? address.country).toUpperCase()
  const own = formatAddress(address)
  const latin = formatAddress(address, { latin: true })
  const printable = own.every((line) => isPrintable(metrics, line, 'bold'))
  const hasLatin = !own.every(isLatin) && listMissingLatin(address).length < 5 && latin.join() !== own.join()
  const shown = printable || !hasLatin ? own : latin
  const also = printable && hasLatin ? latin.filter((line) => !own.includes(line)) : []
  const names = [address.name, address.company, address.latin?.name ?? ''].map(cleanText)
  const field = (line: string) =>
    names.includes(line) ? 'name' : address.line1 !== '' && line.includes(address.line1) ? 'line1' : 'city'
  return [
    ...shown.map((text) => ({
      text,
      style: names.includes(text) ? STRONG : TEXT,
      field: `${side}.${field(text)}`,
    })),
    ...also.map((text) => ({ text, style: TEXT, field: `${side}.latin` })),
    { text: country, style: STRONG, field: `${side}.country` },
  ]
}

/** Phone and e-mail of an address, where given. */
export function contactLines(address: Address, side: string, words: FlowWords): Block[] {
  return [
    ...labelled(words.phone, address.phone, `${side}.phone`),
    ...labelled(words.email, address.email, `${side}.email`),
  ]
}

/** What an address on a paper must have. */
export function addressIssues(address: Address, side: string): Issue[] {
  const issues: Issue[] = []
  if (address.name.trim() === '' && address.company.trim() === '')
    issues.push(issue('invalid-input', { reason: 'missing', field: `${side}.name` }))
  if (countryNameEnglish(address.country) === null)
    issues.push(issue('invalid-input', { reason: 'country-unknown', field: `${side}.country` }))
  return issues
}
