import { DEFAULT_HANDLING_DAYS } from '#core/order/ship-by.ts'
import {
  DEFAULT_CUT_OFF,
  minutesOf,
  MONDAY_TO_FRIDAY,
  timeOfDay,
  type ClosedDay,
  type ShopCalendar,
} from '#core/order/shop-calendar.ts'
import { dayNumber } from '#core/shared/zone-days.ts'
import type { Connection } from '#renderer/data/records.ts'

/** A shop's ship-by rule as it is being typed. */
export interface ShipByDraft {
  handlingDays: string
  timeZone: string
  /** `15:00`; '' while it is none. */
  cutOff: string
  workingDays: number[]
  closedDays: ClosedDay[]
}

/** What is stored, or a start: the viewer's zone, an afternoon, Monday to Friday. */
export function toDraft(
  { handlingDays, calendar }: Pick<Connection, 'handlingDays' | 'calendar'>,
  viewerZone: string,
): ShipByDraft {
  return {
    handlingDays: String(handlingDays ?? DEFAULT_HANDLING_DAYS),
    timeZone: calendar?.timeZone ?? viewerZone,
    cutOff: timeOfDay(calendar?.cutOff ?? DEFAULT_CUT_OFF),
    workingDays: [...(calendar?.workingDays ?? MONDAY_TO_FRIDAY)],
    closedDays: [...(calendar?.closedDays ?? [])],
  }
}

/** What would be stored; a cut-off that is no time of day is -1, which no calendar has. */
export function toCalendar({ timeZone, cutOff, workingDays, closedDays }: ShipByDraft): ShopCalendar {
  return {
    timeZone: timeZone.trim(),
    cutOff: minutesOf(cutOff) ?? -1,
    workingDays: [...workingDays].sort((a, b) => a - b),
    closedDays: closedDays.map(({ day, name }) => ({ day, name })),
  }
}

/** A moment on each weekday, 1 is Monday, to be written in UTC. */
export const WEEKDAYS: readonly { weekday: number; at: number }[] = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
  weekday,
  at: (dayNumber('2026-11-22') + weekday) * 86_400_000,
}))
