import { isCurrency } from '#core/money/currencies.ts'
import { isIsoDay } from '#core/shared/iso-day.ts'

/** One day's rates of one source; immutable, so an order can name the set it was reckoned with. */
export interface RateSet {
  base: string
  /** ISO day the rates are of. */
  date: string
  source: string
  /** Units per one unit of `base`, decimal text with a point; keys are currencies or `XDR`. */
  rates: Readonly<Record<string, string>>
}

/** A day of rates as a source wrote it: nothing of it is believed yet. */
export interface RawRates {
  date: string
  quotes: readonly { code: string; rate: string }[]
}

/** Why a rate, or with `code` '' a whole day, was kept out. */
export const LEFT_OUT_REASONS = [
  'currency-unknown',
  'rate-invalid',
  'rate-twice',
  'rate-of-base',
  'rate-day-invalid',
  'rate-day-ahead',
  'rate-day-twice',
  'rate-day-empty',
] as const
export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number]

export interface LeftOutRate {
  date: string
  code: string
  /** As it came. */
  rate: string
  reason: LeftOutReason
}

export interface ReadRates {
  /** Newest first, one per day. */
  sets: RateSet[]
  leftOut: LeftOutRate[]
}

export interface RateSource {
  base: string
  source: string
  /** ISO day it is now; rates of later days than tomorrow (somewhere it is tomorrow already) are refused. */
  today: string
}

/** More digits than any currency has ever had; a longer text is no rate but an attack on whoever shows it. */
const RATE = /^\d{1,12}(\.\d{1,12})?$/

/**
 * True for a plain decimal above zero with a point. A stored file of the European Central Bank had decimal commas, and 1,1476 read
 * carelessly is 11476 (customs-pricing.md 3.3).
 */
export function isRateText(text: string): boolean {
  return RATE.test(text) && /[1-9]/.test(text)
}

/** Days of rates as sets, item by item: one bad rate costs that rate, one bad day that day. What contradicts itself is not chosen from. */
export function readRates(days: readonly RawRates[], source: RateSource): ReadRates {
  const found: ReadRates = { sets: [], leftOut: [] }
  const times = countBy(days.map(({ date }) => date))
  for (const day of days) {
    const reason = whyNoDay(day.date, times, source.today)
    if (reason !== null) {
      found.leftOut.push(wholeDay(day, reason))
      continue
    }
    const { rates, leftOut } = readDay(day, source.base)
    found.leftOut.push(...leftOut)
    if (Object.keys(rates).length === 0) found.leftOut.push(wholeDay(day, 'rate-day-empty'))
    else found.sets.push({ base: source.base, date: day.date, source: source.source, rates })
  }
  found.sets.sort((a, b) => (a.date < b.date ? 1 : -1))
  return found
}

function readDay(
  { date, quotes }: RawRates,
  base: string,
): { rates: Record<string, string>; leftOut: LeftOutRate[] } {
  const rates: Record<string, string> = {}
  const leftOut: LeftOutRate[] = []
  const times = countBy(quotes.map(({ code }) => code))
  for (const { code, rate } of quotes) {
    const reason = whyNoRate(code, rate, base, times)
    if (reason === null) rates[code] = rate
    else leftOut.push({ date, code: code.slice(0, 40), rate: rate.slice(0, 40), reason })
  }
  return { rates, leftOut }
}

function whyNoDay(date: string, times: ReadonlyMap<string, number>, today: string): LeftOutReason | null {
  if (!isIsoDay(date)) return 'rate-day-invalid'
  if (date > dayAfter(today)) return 'rate-day-ahead'
  return (times.get(date) ?? 0) > 1 ? 'rate-day-twice' : null
}

function whyNoRate(
  code: string,
  rate: string,
  base: string,
  times: ReadonlyMap<string, number>,
): LeftOutReason | null {
  if (!isCurrency(code) && code !== 'XDR') return 'currency-unknown'
  if (code === base) return 'rate-of-base'
  if ((times.get(code) ?? 0) > 1) return 'rate-twice'
  return isRateText(rate) ? null : 'rate-invalid'
}

function wholeDay({ date }: RawRates, reason: LeftOutReason): LeftOutRate {
  return { date: date.slice(0, 40), code: '', rate: '', reason }
}

function countBy(values: readonly string[]): Map<string, number> {
  const times = new Map<string, number>()
  for (const value of values) times.set(value, (times.get(value) ?? 0) + 1)
  return times
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 24 * 3_600_000).toISOString().slice(0, 10)
}
