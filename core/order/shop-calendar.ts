import { isIsoDay } from '#core/shared/iso-day.ts'
import { dayNumber, isTimeZone, weekdayOf, zoneDaysOf, type ZoneDays } from '#core/shared/zone-days.ts'

/** A day on which nothing leaves. */
export interface ClosedDay {
  /** ISO day in the shop's zone. */
  day: string
  /** What it is called; '' when nobody said. */
  name: string
}

/** When a shop's parcels leave: what a promise of so many days is counted by. */
export interface ShopCalendar {
  /** IANA name. */
  timeZone: string
  /** The last moment of a working day on which parcels leave, minutes from midnight in that zone, 0 to 1439. */
  cutOff: number
  /** 1 is Monday, 7 is Sunday; each once, ascending, at least one. */
  workingDays: number[]
  /** Each day once, ascending. */
  closedDays: ClosedDay[]
}

export const MOST_CLOSED_DAYS = 400
export const LONGEST_DAY_NAME = 100
export const MONDAY_TO_FRIDAY: readonly number[] = [1, 2, 3, 4, 5]
/** 15:00, when many carriers collect. */
export const DEFAULT_CUT_OFF = 15 * 60

/** `15:00` of 900 minutes. */
export function timeOfDay(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':')
}

/** Minutes of `15:00`; null for a text that is no time of day. */
export function minutesOf(time: string): number | null {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? []
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes)
}

/** What is wrong with a calendar; null when nothing is. */
export function calendarFault(calendar: ShopCalendar): keyof ShopCalendar | null {
  const { timeZone, cutOff, workingDays, closedDays } = calendar
  if (!isTimeZone(timeZone)) return 'timeZone'
  if (!Number.isInteger(cutOff) || cutOff < 0 || cutOff > 1439) return 'cutOff'
  const areWeekdays = workingDays.every((day) => Number.isInteger(day) && day >= 1 && day <= 7)
  if (workingDays.length === 0 || !areWeekdays || !isAscending(workingDays)) return 'workingDays'
  const areDays = closedDays.every(({ day, name }) => isIsoDay(day) && name.length <= LONGEST_DAY_NAME)
  const tooMany = closedDays.length > MOST_CLOSED_DAYS
  if (tooMany || !areDays || !isAscending(closedDays.map(({ day }) => day))) return 'closedDays'
  return null
}

/** Both lists, each day once and in order; the first name of a day stays. What is more than {@link MOST_CLOSED_DAYS} is left out, latest first. */
export function joinClosedDays(...lists: readonly (readonly ClosedDay[])[]): ClosedDay[] {
  const byDay = new Map<string, ClosedDay>()
  for (const each of lists.flat()) {
    const before = byDay.get(each.day)
    if (before === undefined || before.name === '') byDay.set(each.day, each)
  }
  return [...byDay.values()].sort((a, b) => (a.day < b.day ? -1 : 1)).slice(0, MOST_CLOSED_DAYS)
}

/** What a day means for the orders that are placed on it. Times are epoch ms. */
interface Day {
  /** Orders that are placed before it start on this day; never, when it is no working day. */
  cutOff: number
  dueBefore: number
  dueAfter: number
}

/** By when orders are due under one calendar; each day is worked out once. */
export class DueDays {
  readonly #zone: ZoneDays
  readonly #calendar: ShopCalendar
  readonly #handlingDays: number
  readonly #working: ReadonlySet<number>
  readonly #closed: ReadonlySet<number>
  readonly #days = new Map<number, Day>()

  /** Takes calendars without a fault; `handlingDays` whole days from 0. */
  constructor(calendar: ShopCalendar, handlingDays: number) {
    this.#calendar = calendar
    this.#handlingDays = handlingDays
    this.#zone = zoneDaysOf(calendar.timeZone)
    this.#working = new Set(calendar.workingDays)
    this.#closed = new Set(calendar.closedDays.map(({ day }) => dayNumber(day)))
  }

  /**
   * Latest moment the parcel should leave, epoch ms. An order that is placed before the cut-off of a working day starts on that day, any other
   * on the next working day; it is due at the cut-off so many working days later.
   */
  dueAt(placedAt: number): number {
    const number = this.#zone.dayOf(placedAt)
    const day = this.#days.get(number) ?? this.#workOut(number)
    return placedAt < day.cutOff ? day.dueBefore : day.dueAfter
  }

  #workOut(number: number): Day {
    const day: Day = {
      cutOff: this.#isWorking(number) ? this.#zone.at(number, this.#calendar.cutOff) : -Infinity,
      dueBefore: this.#dueFrom(number),
      dueAfter: this.#dueFrom(this.#nextWorking(number)),
    }
    this.#days.set(number, day)
    return day
  }

  #dueFrom(start: number): number {
    let day = start
    for (let i = 0; i < this.#handlingDays; i++) day = this.#nextWorking(day)
    return this.#zone.at(day, this.#calendar.cutOff)
  }

  #nextWorking(after: number): number {
    let day = after + 1
    while (!this.#isWorking(day)) day++
    return day
  }

  #isWorking(day: number): boolean {
    return this.#working.has(weekdayOf(day)) && !this.#closed.has(day)
  }
}

function isAscending(values: readonly (number | string)[]): boolean {
  return values.every((value, i) => i === 0 || value > (values[i - 1] ?? value))
}
