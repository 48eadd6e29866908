import { err, ok, type Result } from '#core/shared/result.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import { classifyIndicator, readS10 } from '#core/shipping/s10.ts'

/** Serials a post has given to this mailer; both ends included. */
export interface NumberRange {
  indicator: string
  country: string
  from: number
  to: number
}

export interface RangeDraft {
  /** Each a complete S10 number, or a serial of eight digits. */
  from: string
  to: string
  /** Needed when the ends are serials; must agree when they are complete numbers. */
  indicator?: string
  country?: string
}

/** Longer texts are not a list of numbers. */
const LONGEST_TEXT = 2_000_000

/**
 * Checks a range before it becomes a pool. Fails with `invalid-input`, field `from`, `to`, `indicator` or
 * `country`: the reasons of readS10, serial-length, indicator-missing, indicator-invalid, s10-reserved,
 * country-missing, ends-differ, range-reversed; or with `conflict.range-overlap` (a number must never go out
 * twice, so pools used up count too).
 */
export function importRange(draft: RangeDraft, existing: readonly NumberRange[]): Result<NumberRange> {
  const from = readEnd(draft.from, 'from', draft)
  if (!from.ok) return from
  const to = readEnd(draft.to, 'to', draft)
  if (!to.ok) return to
  const { indicator, country } = from.value
  if (to.value.indicator !== indicator || to.value.country !== country) return refuse('ends-differ', 'to')
  const range: NumberRange = { indicator, country, from: from.value.serial, to: to.value.serial }
  if (range.from > range.to) return refuse('range-reversed', 'to')
  return existing.some((other) => overlaps(range, other))
    ? err(issue('conflict', { reason: 'range-overlap', field: 'from' }))
    : ok(range)
}

/**
 * Checks a pasted or read-in text: two numbers (`LZ…CN – LZ…CN`), or the whole list a post has sent, in any
 * order, one number per line. A list must have no gaps. Fails as {@link importRange}, or with
 * `invalid-input`, field `text`: text-empty, text-too-long, range-gaps; `field` of a bad number is
 * `numbers.<place>`.
 */
export function importRangeText(
  text: string,
  existing: readonly NumberRange[],
  preset: Omit<RangeDraft, 'from' | 'to'> = {},
): Result<NumberRange> {
  if (text.length > LONGEST_TEXT) return refuse('text-too-long', 'text')
  const numbers = splitNumbers(text)
  const [first, second = first] = numbers
  if (first === undefined || second === undefined) return refuse('text-empty', 'text')
  if (numbers.length <= 2) return importRange({ ...preset, from: first, to: second }, existing)
  const serials = new Set<number>()
  let head: End | undefined
  for (const [i, number] of numbers.entries()) {
    const end = readEnd(number, `numbers.${i}`, preset)
    if (!end.ok) return end
    head ??= end.value
    if (end.value.indicator !== head.indicator || end.value.country !== head.country)
      return refuse('ends-differ', `numbers.${i}`)
    serials.add(end.value.serial)
  }
  const sorted = [...serials].sort((a, b) => a - b)
  const from = sorted[0] ?? 0
  const to = sorted.at(-1) ?? 0
  if (to - from + 1 !== sorted.length) return refuse('range-gaps', 'text')
  const ends = { indicator: head?.indicator ?? '', country: head?.country ?? '' }
  return importRange(
    { ...ends, from: String(from).padStart(8, '0'), to: String(to).padStart(8, '0') },
    existing,
  )
}

interface End {
  indicator: string
  country: string
  serial: number
}

function readEnd(text: string, field: string, draft: Omit<RangeDraft, 'from' | 'to'>): Result<End> {
  const plain = text.trim()
  const indicator = draft.indicator?.trim().toUpperCase() ?? ''
  const country = draft.country?.trim().toUpperCase() ?? ''
  if (/^\d+$/.test(plain)) return readSerial(plain, field, indicator, country)
  const number = readS10(plain)
  if (!number.ok) return err({ ...number.error, field })
  const disagrees =
    (indicator !== '' && indicator !== number.value.indicator) ||
    (country !== '' && country !== number.value.country)
  return disagrees ? refuse('ends-differ', field) : ok(number.value)
}

function readSerial(digits: string, field: string, indicator: string, country: string): Result<End> {
  if (digits.length !== 8) return refuse('serial-length', field)
  if (indicator === '') return refuse('indicator-missing', 'indicator')
  if (!/^[A-Z]{2}$/.test(indicator)) return refuse('indicator-invalid', 'indicator')
  if (classifyIndicator(indicator) === 'reserved') return refuse('s10-reserved', 'indicator')
  if (!/^[A-Z]{2}$/.test(country)) return refuse('country-missing', 'country')
  return ok({ indicator, country, serial: Number(digits) })
}

/** Complete numbers may hold blanks themselves, so they are taken out whole before the rest is split. */
function splitNumbers(text: string): string[] {
  const complete = text.match(/[a-z]{2}[ \t-]?(?:\d[ \t-]?){9}[a-z]{2}(?![a-z\d])/gi)
  if (complete !== null) {
    const rest = text.replace(/[a-z]{2}[ \t-]?(?:\d[ \t-]?){9}[a-z]{2}(?![a-z\d])/gi, ' ')
    return [...complete, ...(rest.match(/[a-z]*\d[a-z\d]*/gi) ?? [])]
  }
  return text.split(/[^a-z\d]+/i).filter((part) => part !== '')
}

function overlaps(a: NumberRange, b: NumberRange): boolean {
  return a.indicator === b.indicator && a.country === b.country && a.from <= b.to && b.from <= a.to
}

function refuse(reason: string, field: string): { ok: false; error: Issue } {
  return err(issue('invalid-input', { reason, field }))
}
