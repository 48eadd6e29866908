import { computed, inject, type InjectionKey, type Ref } from 'vue'
import { exponentOf } from '#core/money/currencies.ts'
import { toDecimalString, type Money } from '#core/money/money.ts'

/** An amount in the parts that a column aligns on: `1,234` `.50` `EUR`. */
export interface MoneyParts {
  whole: string
  fraction: string
  code: string
}

/** Everything that turns a value into text for one locale. Intl objects are made once and kept. */
export interface Formatters {
  locale: string
  number(value: number): string
  moneyParts(amount: Money): MoneyParts
  money(amount: Money): string
  /** Short: the time today, the day this year, else the full date. */
  moment(at: number, now: number): string
  time(at: number): string
  /** With the time of day: the time today, the weekday within six days, else the day. */
  until(at: number, now: number): string
  /** A day that is no moment, e.g. `2026-11-20` of a table. */
  day(isoDay: string): string
  /** The same without its year, for an axis. */
  shortDay(isoDay: string): string
  /** `today`, `2 days ago`. */
  daysAgo(days: number): string
  /** Exact, for hovers. */
  exact(at: number): string
  /** A moment on the clock of a time zone, which is named. One that is not known here is written as on this machine's. */
  inZone(at: number, timeZone: string): string
  /** `3 min. ago`, `in 2 days`; whole units only. */
  relative(at: number, now: number): string
  country(code: string): string
  language(tag: string): string
  grams(value: number): string
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

function timeFormats(locale: string) {
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  const date = { day: 'numeric', month: 'short' } as const
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options)
  return {
    time: format(clock),
    day: format(date),
    fullDay: format({ ...date, year: 'numeric' }),
    weekday: format({ weekday: 'short', ...clock }),
    dayTime: format({ ...date, ...clock }),
    calendarDay: format({ ...date, year: 'numeric', timeZone: 'UTC' }),
    shortDay: format({ ...date, timeZone: 'UTC' }),
    exact: format({ dateStyle: 'full', timeStyle: 'medium' }),
  }
}

function zonedFormat(locale: string, timeZone: string): Intl.DateTimeFormat {
  const day = { weekday: 'short', day: 'numeric', month: 'short' } as const
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' } as const
  try {
    return new Intl.DateTimeFormat(locale, { ...day, ...clock, timeZone })
  } catch {
    return new Intl.DateTimeFormat(locale, { ...day, ...clock })
  }
}

function zoneFormats(locale: string): Formatters['inZone'] {
  const byZone = new Map<string, Intl.DateTimeFormat>()
  return (at, timeZone) => {
    const format = byZone.get(timeZone) ?? zonedFormat(locale, timeZone)
    byZone.set(timeZone, format)
    return format.format(at)
  }
}

export function createFormatters(locale: string): Formatters {
  const whole = new Intl.NumberFormat(locale)
  const byDigits = new Map<number, Intl.NumberFormat>()
  const { time, day, fullDay, weekday, dayTime, calendarDay, shortDay, exact } = timeFormats(locale)
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })
  const countries = new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' })
  const languages = new Intl.DisplayNames(locale, { type: 'language', fallback: 'code' })

  function withDigits(digits: number): Intl.NumberFormat {
    let format = byDigits.get(digits)
    if (!format) {
      format = new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits })
      byDigits.set(digits, format)
    }
    return format
  }

  function moneyParts(amount: Money): MoneyParts {
    // The exact decimal text goes in: a division by 100 would round large amounts.
    const parts = withDigits(exponentOf(amount.currency)).formatToParts(
      toDecimalString(amount) as `${number}`,
    )
    const split = parts.findIndex((part) => part.type === 'decimal')
    const text = (from: number, to?: number) =>
      parts
        .slice(from, to)
        .map((part) => part.value)
        .join('')
    return split < 0
      ? { whole: text(0), fraction: '', code: amount.currency }
      : { whole: text(0, split), fraction: text(split), code: amount.currency }
  }

  return {
    locale,
    number: (value) => whole.format(value),
    moneyParts,
    money(amount) {
      const parts = moneyParts(amount)
      return `${parts.whole}${parts.fraction} ${parts.code}`
    },
    moment(at, now) {
      if (sameDay(at, now)) return time.format(at)
      return new Date(at).getFullYear() === new Date(now).getFullYear() ? day.format(at) : fullDay.format(at)
    },
    time: (at) => time.format(at),
    until(at, now) {
      if (sameDay(at, now)) return time.format(at)
      return (at > now && at < now + 6 * DAY ? weekday : dayTime).format(at)
    },
    day: (isoDay) => calendarDay.format(Date.parse(`${isoDay}T00:00:00Z`)),
    shortDay: (isoDay) => shortDay.format(Date.parse(`${isoDay}T00:00:00Z`)),
    daysAgo: (days) => relative.format(-days, 'day'),
    exact: (at) => exact.format(at),
    inZone: zoneFormats(locale),
    relative: (at, now) => formatDistance(relative, at - now),
    country: (code) => (/^[A-Z]{2}$/.test(code) ? (countries.of(code) ?? code) : code),
    language: (tag) => languageName(languages, tag),
    grams: (value) => `${withDigits(0).format(value)} g`,
  }
}

function formatDistance(relative: Intl.RelativeTimeFormat, distance: number): string {
  const size = Math.abs(distance)
  if (size < MINUTE) return relative.format(0, 'second')
  if (size < HOUR) return relative.format(Math.trunc(distance / MINUTE), 'minute')
  if (size < DAY) return relative.format(Math.trunc(distance / HOUR), 'hour')
  return relative.format(Math.trunc(distance / DAY), 'day')
}

/** Tags come from shops; what is not a tag is shown as it came. */
function languageName(names: Intl.DisplayNames, tag: string): string {
  try {
    return names.of(tag) ?? tag
  } catch {
    return tag
  }
}

function sameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString()
}

export const formattersKey: InjectionKey<Ref<Formatters>> = Symbol('formatters')

/** The formatters of the language on screen; follows a switch without a restart. */
export function useFormat(): Ref<Formatters> {
  const fallback = computed(() => createFormatters('en'))
  return inject(formattersKey, fallback)
}
