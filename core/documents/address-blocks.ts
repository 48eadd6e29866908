import type { Address } from '#core/address/address.ts'
import { countryNameEnglish } from '#core/address/countries.ts'
import { formatAddress } from '#core/address/format-address.ts'
import { isLatin } from '#core/address/is-latin.ts'
import { fitText, type TextStyle } from '#core/documents/fit-text.ts'
import type { FontMetrics } from '#core/documents/font-metrics.ts'
import { PAPER_WORDS } from '#core/documents/paper-words.ts'
import type { Block } from '#core/documents/stack-text.ts'
import { cleanText, glyphMissing, isPrintable, splitRuns } from '#core/documents/text-runs.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'

const NAME: TextStyle = { weight: 'bold', sizePt: 12, minPt: 8.5, maxLines: 2 }
const LINE: TextStyle = { weight: 'regular', sizePt: 10.5, minPt: 7, maxLines: 2 }
const COUNTRY: TextStyle = { weight: 'bold', sizePt: 12, minPt: 9, maxLines: 1 }
const PHONE: TextStyle = { weight: 'regular', sizePt: 8.5, minPt: 6.5, maxLines: 1 }
const SENDER_NAME: TextStyle = { weight: 'regular', sizePt: 7, minPt: 6, maxLines: 2 }
const SENDER_ADDRESS: TextStyle = { ...SENDER_NAME, minPt: 7, maxLines: 3 }

/** How much of its wanted size a line may lose before the Latin form moves to a line of its own. */
const SAME_LINE_SHRINK = 0.8

const TEXT_FIELDS = ['name', 'company', 'line1', 'line2', 'city', 'region', 'postcode', 'phone'] as const
const LATIN_FIELDS = ['name', 'line1', 'line2', 'city', 'region'] as const

/** An address with every part cleaned, and parts no font can print (Thai, Arabic…) replaced by their Latin form if there is one. */
function printableAddress(metrics: FontMetrics, address: Address): Address {
  const latin: NonNullable<Address['latin']> = {}
  const result: Address = { ...address, latin }
  for (const field of TEXT_FIELDS) result[field] = cleanText(address[field])
  for (const field of LATIN_FIELDS) {
    const form = cleanText(address.latin?.[field] ?? '')
    latin[field] = form
    if (form !== '' && !isPrintable(metrics, result[field], 'regular')) result[field] = form
  }
  return result
}

function addressIssues(metrics: FontMetrics, side: 'from' | 'to', address: Address): Issue[] {
  const issues: Issue[] = []
  for (const field of TEXT_FIELDS) {
    const runs = splitRuns(metrics, address[field], field === 'name' ? 'bold' : 'regular')
    if (!runs.ok) issues.push(glyphMissing(`${side}.${field}`, runs.error))
  }
  if (address.name === '' && address.company === '')
    issues.push(issue('invalid-input', { reason: 'missing', field: `${side}.name` }))
  if (address.line1 === '') issues.push(issue('invalid-input', { reason: 'missing', field: `${side}.line1` }))
  if (countryNameEnglish(address.country) === null) {
    issues.push(issue('invalid-input', { reason: 'country-unknown', field: `${side}.country` }))
  }
  return issues
}

/** The Latin form of a part, or nothing when the part is Latin already or has none. */
function interline(local: string, latin: string | undefined): string {
  return latin === undefined || latin === '' || latin === local || isLatin(local) ? '' : latin
}

/**
 * A part's Latin form beside it (`01001 Київ / KYIV`) if the line can be read like that, else on a line of its own. `part` is
 * what the Latin form stands for, all of the line or a piece of it.
 */
function withLatin(metrics: FontMetrics, local: Block, part: string, latin: string, width: number): Block[] {
  if (latin === '') return [local]
  const latinField = local.field.replace('to.', 'to.latin.')
  const joined = local.text.replace(part, () => `${part} / ${latin}`)
  const style = { ...local.style, minPt: local.style.sizePt * SAME_LINE_SHRINK, maxLines: 1 }
  if (fitText(metrics, joined, style, width, local.field).ok) return [{ ...local, text: joined }]
  return [local, { ...local, text: latin, field: latinField }]
}

function fieldOfLine(line: string, to: Address): string {
  if (line.includes(to.line1)) return 'to.line1'
  return to.line2 !== '' && line.includes(to.line2) ? 'to.line2' : 'to.city'
}

/** The lines between name and country in the order of the country, with the Latin form of the city. */
function placeBlocks(metrics: FontMetrics, to: Address, width: number): Block[] {
  const lines = formatAddress({ ...to, name: '', company: '' })
  const latinCity = interline(to.city, to.latin?.city)
  const cityLine = lines.findIndex(
    (line) => to.city !== '' && line.includes(to.city) && fieldOfLine(line, to) === 'to.city',
  )
  const blocks = lines.flatMap((text, index) => {
    const block: Block = { text, style: LINE, field: fieldOfLine(text, to) }
    return withLatin(metrics, block, to.city, index === cityLine ? latinCity : '', width)
  })
  if (latinCity === '' || cityLine >= 0) return blocks
  const { city, region } = to.latin ?? {}
  const latin = { ...(city ? { city } : {}), ...(region ? { region } : {}) }
  const latinPlace = formatAddress(
    { ...to, name: '', company: '', line1: '', line2: '', postcode: '', latin },
    { latin: true },
  ).join(', ')
  return [...blocks, { text: latinPlace, style: LINE, field: 'to.latin.city' }]
}

/**
 * The recipient's lines from name to phone. Names and cities in other scripts carry their Latin form too (USPS IMM 122.1d and
 * others ask for it); the country is in English capitals. `width` in mm decides what fits on one line.
 */
export function recipientBlocks(
  metrics: FontMetrics,
  address: Address,
  width: number,
): Result<Block[], Issue[]> {
  const to = printableAddress(metrics, address)
  const issues = addressIssues(metrics, 'to', to)
  if (issues.length > 0) return err(issues)

  const name: Block = { text: to.name, style: NAME, field: 'to.name' }
  const named = withLatin(metrics, name, to.name, interline(to.name, to.latin?.name), width)
  const company: Block = { text: to.company, style: to.name === '' ? NAME : LINE, field: 'to.company' }
  const country = (countryNameEnglish(to.country) ?? to.country).toUpperCase()
  return ok([
    ...named,
    company,
    ...placeBlocks(metrics, to, width),
    { text: country, style: COUNTRY, field: 'to.country' },
    { text: to.phone === '' ? '' : `${PAPER_WORDS.phone} ${to.phone}`, style: PHONE, field: 'to.phone' },
  ])
}

/**
 * The sender on a few small lines: who, with the phone if it fits beside, and the address in Latin letters where they are given.
 * `width` in mm as for recipientBlocks.
 */
export function senderBlocks(
  metrics: FontMetrics,
  address: Address,
  width: number,
): Result<Block[], Issue[]> {
  const from = printableAddress(metrics, address)
  const issues = addressIssues(metrics, 'from', from)
  if (issues.length > 0) return err(issues)

  const names = [...new Set([from.latin?.name ?? '', from.company, from.name])]
    .filter((name) => name !== '')
    .join(' ')
  const phone = from.phone === '' ? '' : `${PAPER_WORDS.phone} ${from.phone}`
  const countryName = (countryNameEnglish(from.country) ?? from.country).toUpperCase()
  const latin = { ...from.latin, name: '' }
  const where = formatAddress({ ...from, name: '', company: '', latin }, { latin: true, countryName }).join(
    ', ',
  )
  const nameBlock: Block = { text: names, style: SENDER_NAME, field: 'from.name' }
  const whereBlock: Block = { text: where, style: SENDER_ADDRESS, field: 'from.line1' }
  const beside: Block = { ...nameBlock, text: `${names} · ${phone}` }
  if (phone === '') return ok([nameBlock, whereBlock])
  if (fitText(metrics, beside.text, { ...SENDER_NAME, maxLines: 1 }, width, 'from.name').ok)
    return ok([beside, whereBlock])
  return ok([
    nameBlock,
    whereBlock,
    { text: phone, style: { ...SENDER_NAME, maxLines: 1 }, field: 'from.phone' },
  ])
}
