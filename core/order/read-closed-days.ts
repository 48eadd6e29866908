import { issue } from '#core/shared/issue.ts'
import { isIsoDay } from '#core/shared/iso-day.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { dayNumber, isoDayOf } from '#core/shared/zone-days.ts'
import {
  joinClosedDays,
  LONGEST_DAY_NAME,
  MOST_CLOSED_DAYS,
  type ClosedDay,
} from '#core/order/shop-calendar.ts'

/** More than any list of holidays; a file beyond is not looked at. */
const LONGEST_FILE = 2_000_000
/** Longest holiday in one event; what is longer is no holiday. */
const MOST_DAYS_OF_EVENT = 31

export interface ReadClosedDays {
  days: ClosedDay[]
  /** Events that are no whole days, come again by a rule, or are beyond what a calendar holds. */
  leftOut: number
}

/**
 * Whole days of an iCalendar file (RFC 5545): of each event when it begins, when it ends (the day after its last) and what it is called;
 * nothing else is looked at. Issues: `malformed.calendar-file` for a text that is none, `malformed.calendar-empty` without a single
 * whole day in it.
 */
export function readClosedDays(text: string): Result<ReadClosedDays> {
  if (text.length > LONGEST_FILE || !/^\s*BEGIN:VCALENDAR\s/i.test(text.replace(/^\uFEFF/, '')))
    return err(issue('malformed', { reason: 'calendar-file' }))
  const events = readEvents(text)
  const found = events.map(daysOf)
  const days = joinClosedDays(found.flatMap((each) => each ?? []))
  if (days.length === 0) return err(issue('malformed', { reason: 'calendar-empty' }))
  const distinct = new Set(found.flatMap((each) => each ?? []).map(({ day }) => day)).size
  const leftOut = found.filter((each) => each === null).length + Math.max(0, distinct - MOST_CLOSED_DAYS)
  return ok({ days, leftOut })
}

/** Properties of one event by name, as written; the first of each. */
type Event = Map<string, string>

function readEvents(text: string): Event[] {
  // A line that begins with a blank goes on where the one before broke off.
  const lines = text
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]/g, '')
    .split('\n')
  const events: Event[] = []
  /** Parts inside an event (an alarm has a summary of its own) are passed over. */
  let inside = 0
  let event: Event | null = null
  for (const line of lines) {
    const [, name = '', value = ''] = /^([A-Za-z-]+)(?:;[^:"]*(?:"[^"]*"[^:"]*)*)?:(.*)$/.exec(line) ?? []
    const key = name.toUpperCase()
    if (key === 'BEGIN' && event === null && value.trim().toUpperCase() === 'VEVENT') event = new Map()
    else if (event === null) continue
    else if (key === 'BEGIN') inside++
    else if (key === 'END' && inside > 0) inside--
    else if (key === 'END') {
      events.push(event)
      event = null
    } else if (inside === 0 && key !== '' && !event.has(key)) event.set(key, value.trim())
  }
  return events
}

/** Null when it is no whole days, or comes again by a rule that nobody follows here. */
function daysOf(event: Event): ClosedDay[] | null {
  const from = isoDay(event.get('DTSTART'))
  if (from === null || event.has('RRULE') || event.has('RDATE')) return null
  const first = dayNumber(from)
  const end = event.get('DTEND')
  const until = end === undefined ? null : isoDay(end)
  const count = until === null ? 1 : Math.max(1, dayNumber(until) - first)
  if (count > MOST_DAYS_OF_EVENT) return null
  const name = plainText(event.get('SUMMARY') ?? '').slice(0, LONGEST_DAY_NAME)
  return Array.from({ length: count }, (_, i) => ({ day: isoDayOf(first + i), name }))
}

/** `20260228`; a moment of a day is none. */
function isoDay(value: string | undefined): string | null {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(value ?? '') ?? []
  const iso = `${year}-${month}-${day}`
  return isIsoDay(iso) ? iso : null
}

/** Escapes undone, one line, nothing that is not printed. */
function plainText(value: string): string {
  return value
    .replace(/\\[nN]/g, ' ')
    .replace(/\\([\\,;])/g, '$1')
    .replace(/\p{C}/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
}
