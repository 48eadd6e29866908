import { isCurrency } from '#core/money/currencies.ts'
import { isIsoDay } from '#core/shared/iso-day.ts'
import { TOTAL_SCALE, type Fact, type NumberRange } from '#core/order/search-terms.ts'

const HOUR = 60 * 60 * 1000
const UNITS: Readonly<Record<string, number>> = { h: HOUR, d: 24 * HOUR, w: 7 * 24 * HOUR }
/** More digits than this are no number of an order. */
const MOST_DIGITS = 11

/** A single value as written: the least and the most that it can stand for. */
type Reach = readonly [least: number, most: number]

/** `>100`, `<=99.90`, `10..50`, `42`, each also with a currency behind it: `>100EUR`. Texts are folded. */
export function parseTotal(text: string): Extract<Fact, { kind: 'total' }> | null {
  const [, amounts = '', code = ''] = /^(.*?)([a-z]{3})?$/.exec(text) ?? []
  const currency = code === '' ? null : code.toUpperCase()
  if (currency !== null && !isCurrency(currency)) return null
  const range = parseRange(amounts, readAmount)
  return range === null ? null : { kind: 'total', range, currency }
}

/** `<2d`, `>6h`, `1d..3d`, `2w`, in milliseconds; a plain `2d` is two days and the rest of the third. */
export function parseAge(text: string): NumberRange | null {
  return parseRange(
    text,
    (value) => {
      const [, count, unit = ''] = /^(\d{1,4})([hdw])$/.exec(value) ?? []
      const size = UNITS[unit]
      if (count === undefined || size === undefined) return null
      return [Number(count) * size, (Number(count) + 1) * size - 1]
    },
    true,
  )
}

/** `>3`, `2..5`, `1`. */
export function parseCount(text: string): NumberRange | null {
  return parseRange(text, (value) => {
    if (!/^\d+$/.test(value) || value.length > MOST_DIGITS) return null
    return [Number(value), Number(value)]
  })
}

/** `2026-11-01..2026-11-05`, `>=2026-11-01`, `2026-11`, `2026`; null when it is no day that exists. */
export function parseDays(text: string): { from: string | null; to: string | null } | null {
  const range = parseRange(text, (value) => {
    const month = /^\d{4}$/.test(value) ? [`${value}-01`, `${value}-12`] : [value, value]
    const from = /^\d{4}-\d{2}$/.test(month[0] ?? '') ? `${month[0]}-01` : value
    const to = /^\d{4}-\d{2}$/.test(month[1] ?? '') ? lastDayOf(month[1] ?? '') : value
    return /^(19|[2-8]\d)/.test(value) && isIsoDay(from) && isIsoDay(to)
      ? [dayNumber(from), dayNumber(to)]
      : null
  })
  return range && { from: dayText(range.from), to: dayText(range.to) }
}

/** A comparison, a range or a single value. `sharp`: comparisons look at the value itself, not at what it can also stand for. */
function parseRange(text: string, read: (value: string) => Reach | null, sharp = false): NumberRange | null {
  const [, sign = '', rest = ''] = /^([<>]=?|=)?(.*)$/.exec(text) ?? []
  const ends = rest.split('..')
  if (ends.length === 2 && sign === '') {
    const [from, to] = ends.map((end) => (end === '' ? undefined : read(end)))
    if (from === null || to === null || (!from && !to)) return null
    return { from: from?.[0] ?? null, to: to?.[sharp ? 0 : 1] ?? null }
  }
  const reach = ends.length === 1 ? read(rest) : null
  if (reach === null) return null
  const [least, most] = sharp && sign !== '' && sign !== '=' ? [reach[0], reach[0]] : reach
  if (sign === '>') return { from: most + 1, to: null }
  if (sign === '>=') return { from: least, to: null }
  if (sign === '<') return { from: null, to: least - 1 }
  return sign === '<=' ? { from: null, to: most } : { from: least, to: most }
}

function readAmount(value: string): Reach | null {
  const [, whole, digits = ''] = /^(\d+)(?:[.,](\d{1,4}))?$/.exec(value) ?? []
  if (whole === undefined || whole.length > MOST_DIGITS) return null
  const amount = Number(whole) * TOTAL_SCALE + Number(digits.padEnd(4, '0'))
  return [amount, amount]
}

function lastDayOf(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  if (number < 1 || number > 12) return ''
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10)
}

function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / (24 * HOUR)
}

function dayText(day: number | null): string | null {
  return day === null ? null : new Date(day * 24 * HOUR).toISOString().slice(0, 10)
}
