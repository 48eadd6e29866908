import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shipByOf } from '#core/order/ship-by.ts'
import {
  calendarFault,
  DueDays,
  joinClosedDays,
  MOST_CLOSED_DAYS,
  type ShopCalendar,
} from '#core/order/shop-calendar.ts'
import { isTimeZone } from '#core/shared/zone-days.ts'

const WEEK = [1, 2, 3, 4, 5]
const calendar = (timeZone: string, change: Partial<ShopCalendar> = {}): ShopCalendar => ({
  ...{ timeZone, cutOff: 15 * 60, workingDays: WEEK, closedDays: [] },
  ...change,
})
const closed = (...days: string[]) => ({ closedDays: days.map((day) => ({ day, name: '' })) })
const due = (placed: string, handlingDays: number, of: ShopCalendar): string =>
  new Date(new DueDays(of, handlingDays).dueAt(Date.parse(placed))).toISOString()

describe('when an order is due', () => {
  // Week of Monday 16 November 2026.
  it.each([
    ['the second before the cut-off, same day', '2026-11-18T14:59:59+08:00', 0, '2026-11-18T07:00:00.000Z'],
    ['at the cut-off, next day', '2026-11-18T15:00:00+08:00', 0, '2026-11-19T07:00:00.000Z'],
    ['before it, two days', '2026-11-18T14:59:59+08:00', 2, '2026-11-20T07:00:00.000Z'],
    ['after it, two days over a weekend', '2026-11-18T15:00:00+08:00', 2, '2026-11-23T07:00:00.000Z'],
    ['the last moment of Friday', '2026-11-20T14:59:59+08:00', 1, '2026-11-23T07:00:00.000Z'],
    ['Friday after the cut-off begins on Monday', '2026-11-20T15:00:00+08:00', 1, '2026-11-24T07:00:00.000Z'],
    ['Saturday morning', '2026-11-21T09:00:00+08:00', 0, '2026-11-23T07:00:00.000Z'],
    ['Sunday night', '2026-11-22T23:59:59+08:00', 0, '2026-11-23T07:00:00.000Z'],
    ['the year ends', '2026-12-31T16:00:00+08:00', 1, '2027-01-04T07:00:00.000Z'],
  ])('%s', (_name, placed, days, expected) => {
    expect(due(placed, days, calendar('Asia/Shanghai'))).toBe(expected)
  })

  it('closed days are no working days, neither to begin nor to count', () => {
    const golden = calendar('Asia/Shanghai', closed('2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06'))
    expect(due('2026-09-30T14:00+08:00', 1, golden)).toBe('2026-10-07T07:00:00.000Z')
    expect(due('2026-10-01T09:00+08:00', 0, golden)).toBe('2026-10-07T07:00:00.000Z')
    expect(due('2026-10-01T09:00+08:00', 1, golden)).toBe('2026-10-08T07:00:00.000Z')
  })

  it('the cut-off keeps its place on the clock when clocks are put back and forward', () => {
    const newYork = calendar('America/New_York')
    // Back on Sunday 1 November, forward on Sunday 14 March: 15:00 is 19:00 UTC in summer, 20:00 in winter.
    expect(due('2026-10-30T14:59:59-04:00', 0, newYork)).toBe('2026-10-30T19:00:00.000Z')
    expect(due('2026-10-30T14:59:59-04:00', 1, newYork)).toBe('2026-11-02T20:00:00.000Z')
    expect(due('2027-03-12T14:59:59-05:00', 1, newYork)).toBe('2027-03-15T19:00:00.000Z')
  })

  it('a cut-off that a day does not have is as long after the gap, one that comes twice is the first', () => {
    const half = calendar('America/New_York', { cutOff: 150, workingDays: [1, 2, 3, 4, 5, 6, 7] })
    expect(due('2027-03-14T00:30-05:00', 0, half)).toBe('2027-03-14T07:30:00.000Z')
    const twice = { ...half, cutOff: 90 }
    expect(due('2026-11-01T00:30-04:00', 0, twice)).toBe('2026-11-01T05:30:00.000Z')
    // Half past one for the second time is after it.
    expect(due('2026-11-01T01:10-05:00', 0, twice)).toBe('2026-11-02T06:30:00.000Z')
    // Here midnight itself is missing: the day begins at 1:00.
    const cairo = calendar('Africa/Cairo', { cutOff: 0, workingDays: [5] })
    expect(due('2026-04-23T10:00Z', 0, cairo)).toBe('2026-04-23T22:00:00.000Z')
  })

  it('at the ends of the earth a day is a day of theirs', () => {
    // 23 November 2026 is a Monday: it begins at 10:00 UTC of the 22nd on Kiritimati, at 11:00 UTC of the 23rd in Pago Pago.
    const [first, last] = [calendar('Pacific/Kiritimati'), calendar('Pacific/Pago_Pago')]
    expect(due('2026-11-22T09:59:59Z', 0, first)).toBe('2026-11-23T01:00:00.000Z')
    expect(due('2026-11-22T10:00:00Z', 1, first)).toBe('2026-11-24T01:00:00.000Z')
    expect(due('2026-11-23T10:59:59Z', 1, last)).toBe('2026-11-25T02:00:00.000Z')
    expect(due('2026-11-24T01:59:59Z', 0, last)).toBe('2026-11-24T02:00:00.000Z')
    // The day that Samoa never had.
    const apia = calendar('Pacific/Apia', { workingDays: [1, 2, 3, 4, 5, 6, 7] })
    expect(due('2011-12-30T09:59:59Z', 0, apia)).toBe('2011-12-31T01:00:00.000Z')
  })

  it('a calendar with one day in the week and all its days closed for years still ends', () => {
    const fridays = Array.from({ length: MOST_CLOSED_DAYS }, (_, i) =>
      new Date(Date.UTC(2026, 10, 20 + 7 * i)).toISOString().slice(0, 10),
    )
    const rare = calendar('UTC', { workingDays: [5], ...closed(...fridays) })
    expect(calendarFault(rare)).toBeNull()
    expect(due('2026-11-20T00:00Z', 0, rare)).toBe('2034-07-21T15:00:00.000Z')
  })

  it('is always later, at a cut-off of a working day, and later orders are never due earlier', () => {
    const zones = [
      'Asia/Shanghai',
      'America/New_York',
      'Europe/Berlin',
      'Pacific/Apia',
      'Australia/Lord_Howe',
    ]
    const at = fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2028, 0) })
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        fc.nat(1439),
        fc.nat(10),
        fc.array(at, { minLength: 2, maxLength: 8 }),
        (timeZone, weekdays, cutOff, days, placed) => {
          const workingDays = [...weekdays].sort((a, b) => a - b)
          const of = new DueDays({ timeZone, cutOff, workingDays, closedDays: [] }, days)
          const clock = new Intl.DateTimeFormat('en', { timeZone, weekday: 'short' })
          const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
          let before = -Infinity
          for (const each of placed.sort((a, b) => a - b)) {
            const found = of.dueAt(each)
            expect(found).toBeGreaterThan(each)
            expect(found).toBeGreaterThanOrEqual(before)
            expect(workingDays).toContain(names.indexOf(clock.format(found)) + 1)
            before = found
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  it('a year of orders, 100,000 of them, takes well under a second', () => {
    const of = new DueDays(calendar('Europe/Berlin', closed('2026-12-25')), 3)
    const began = performance.now()
    for (let i = 0; i < 100_000; i++) of.dueAt(Date.UTC(2026, 0) + i * 315_360)
    expect(performance.now() - began).toBeLessThan(1000)
  })
})

describe('calendars', () => {
  it('one that makes no sense counts days of 24 hours: no pull fails on it', () => {
    const placed = Date.parse('2026-11-20T12:00Z')
    const rule = { handlingDays: 1, calendar: calendar('Mars/Olympus') }
    expect(shipByOf(placed, rule)).toBe(placed + 86_400_000)
    expect(shipByOf(8e15, { handlingDays: 1, calendar: calendar('UTC') })).toBe(8e15 + 86_400_000)
    expect(shipByOf(-1, { handlingDays: 1, calendar: calendar('UTC') })).toBe(-1 + 86_400_000)
  })

  it.each([
    ['timeZone', { timeZone: '+08:00' }],
    ['timeZone', { timeZone: '' }],
    ['cutOff', { cutOff: -1 }],
    ['cutOff', { cutOff: 1440 }],
    ['cutOff', { cutOff: 1.5 }],
    ['workingDays', { workingDays: [] }],
    ['workingDays', { workingDays: [0] }],
    ['workingDays', { workingDays: [2, 1] }],
    ['workingDays', { workingDays: [1, 1] }],
    ['closedDays', closed('2026-02-29')],
    ['closedDays', closed('2026-03-02', '2026-03-01')],
    ['closedDays', { closedDays: [{ day: '2026-03-01', name: 'x'.repeat(101) }] }],
  ] as [keyof ShopCalendar, Partial<ShopCalendar>][])('a fault in %s: %j', (field, change) => {
    expect(calendarFault(calendar('Asia/Shanghai', change))).toBe(field)
  })

  it('every zone that can be chosen is one', () => {
    expect(Intl.supportedValuesOf('timeZone').every(isTimeZone)).toBe(true)
  })

  it('join without doubles, in order; a name is not lost', () => {
    const joined = joinClosedDays(
      [{ day: '2026-12-25', name: '' }],
      [
        { day: '2026-01-01', name: 'New Year' },
        { day: '2026-12-25', name: 'Christmas' },
      ],
      [{ day: '2026-01-01', name: 'Other' }],
    )
    expect(joined).toEqual([
      { day: '2026-01-01', name: 'New Year' },
      { day: '2026-12-25', name: 'Christmas' },
    ])
  })
})
