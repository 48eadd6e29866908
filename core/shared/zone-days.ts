import * as ZonedDateTime from 'temporal-polyfill/fns/ZonedDateTime'

const DAY_MS = 24 * 60 * 60 * 1000

/** True for a time zone that this runtime knows by its IANA name. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return /^[A-Za-z]/.test(name)
  } catch {
    return false
  }
}

/** The number of a calendar day: days since 1970-01-01, in whatever zone. Takes what `isIsoDay` takes. */
export function dayNumber(isoDay: string): number {
  return Date.parse(`${isoDay}T00:00:00Z`) / DAY_MS
}

/** `2026-02-28` of a number of a day. */
export function isoDayOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}

/** 1 is Monday, 7 is Sunday. */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1
}

const zones = new Map<string, ZoneDays>()

/** The days of a zone that {@link isTimeZone} knows; one for all who ask. */
export function zoneDaysOf(timeZone: string): ZoneDays {
  const days = zones.get(timeZone) ?? new ZoneDays(timeZone)
  zones.set(timeZone, days)
  return days
}

/** Days and times of day in one time zone; what was asked once is known. */
export class ZoneDays {
  readonly #timeZone: string
  readonly #known = new Map<number, number>()

  constructor(timeZone: string) {
    this.#timeZone = timeZone
  }

  /**
   * Epoch ms of a time of day, in minutes from 0 to 1439. Where clocks are put forward over it, as long after the gap as it would have been
   * into it; where they are put back and it comes twice, the first time.
   */
  at(day: number, minutes: number): number {
    const key = day * 1440 + minutes
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const date = new Date(day * DAY_MS)
    const { epochMilliseconds } = ZonedDateTime.fromFields(
      {
        ...{ year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() },
        ...{ hour: Math.floor(minutes / 60), minute: minutes % 60, timeZone: this.#timeZone },
      },
      { disambiguation: 'compatible' },
    )
    this.#known.set(key, epochMilliseconds)
    return epochMilliseconds
  }

  /** The day that is there at a moment, epoch ms. */
  dayOf(at: number): number {
    let day = Math.floor(at / DAY_MS)
    while (this.at(day, 0) > at) day--
    while (this.at(day + 1, 0) <= at) day++
    return day
  }
}
