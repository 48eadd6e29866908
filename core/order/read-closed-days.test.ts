import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readClosedDays } from '#core/order/read-closed-days.ts'
import { calendarFault, MOST_CLOSED_DAYS } from '#core/order/shop-calendar.ts'

const file = (...events: string[][]): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//test//EN',
    ...events.flatMap((lines) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']),
    'END:VCALENDAR',
  ].join('\r\n')
const read = (text: string) => {
  const found = readClosedDays(text)
  if (!found.ok) throw new Error(found.error.reason)
  return found.value
}

describe('closed days of a file', () => {
  it('are whole days with their names, also over several days', () => {
    const text = file(
      ['DTSTART;VALUE=DATE:20261225', 'DTEND;VALUE=DATE:20261227', 'SUMMARY:Christmas\\, both days'],
      ['SUMMARY;LANGUAGE=zh:元旦', 'DTSTART;VALUE=DATE:20270101'],
      ['DTSTART;X-NOTE="a:b;c";VALUE=DATE:20261003', 'SUMMARY:Unity'],
    )
    expect(read(text)).toEqual({
      days: [
        { day: '2026-10-03', name: 'Unity' },
        { day: '2026-12-25', name: 'Christmas, both days' },
        { day: '2026-12-26', name: 'Christmas, both days' },
        { day: '2027-01-01', name: '元旦' },
      ],
      leftOut: 0,
    })
  })

  it('lines that were folded are one, also within a name', () => {
    const text = file([
      'DTSTART;VALUE=D',
      ' ATE:202612',
      '\t25',
      'SUMMARY:First Christ',
      ' mas Day',
    ]).replaceAll('\r\n', '\n')
    expect(read(text).days).toEqual([{ day: '2026-12-25', name: 'First Christmas Day' }])
  })

  it('what is no whole day, or comes again, is left out and counted; parts inside an event say nothing of it', () => {
    const text = file(
      ['DTSTART:20261224T120000Z', 'SUMMARY:Half a day'],
      ['DTSTART;VALUE=DATE:20261225', 'RRULE:FREQ=YEARLY', 'SUMMARY:Christmas'],
      ['DTSTART;VALUE=DATE:20260231', 'SUMMARY:No such day'],
      ['DTSTART;VALUE=DATE:20260101', 'DTEND;VALUE=DATE:20270101', 'SUMMARY:A year'],
      ['SUMMARY:Nothing'],
      [
        'BEGIN:VALARM',
        'SUMMARY:Wake up',
        'DTSTART;VALUE=DATE:20260102',
        'END:VALARM',
        'DTSTART;VALUE=DATE:20261226',
        'SUMMARY:Boxing Day',
      ],
    )
    expect(read(text)).toEqual({ days: [{ day: '2026-12-26', name: 'Boxing Day' }], leftOut: 5 })
  })

  it('says so when it is no calendar, or has no day', () => {
    expect(readClosedDays('PK\u0003\u0004')).toMatchObject({ error: { reason: 'calendar-file' } })
    expect(readClosedDays(file())).toMatchObject({ error: { reason: 'calendar-empty' } })
    expect(readClosedDays(`BEGIN:VCALENDAR\n${'x'.repeat(2_000_000)}`)).toMatchObject({ ok: false })
  })

  it('takes no more days than a calendar holds, and nothing unprintable into a name', () => {
    const many = Array.from({ length: MOST_CLOSED_DAYS + 5 }, (_, i) => [
      `DTSTART;VALUE=DATE:${new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10).replaceAll('-', '')}`,
    ])
    expect(read(file(...many))).toMatchObject({ leftOut: 5 })
    const [day] = read(
      file(['DTSTART;VALUE=DATE:20261225', `SUMMARY:\u0007\u202Ex\\n y${'z'.repeat(300)}`]),
    ).days
    expect(day?.name).toBe(`x y${'z'.repeat(97)}`)
  })

  it('whatever is in it, the answer is a calendar without a fault, and quick', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'BEGIN:VEVENT',
        'END:VEVENT',
        'DTSTART;VALUE=DATE:20261225',
        'DTEND:20261226',
        ';"',
        '":',
        ' ',
      ),
    )
    fc.assert(
      fc.property(fc.array(piece), (lines) => {
        const found = readClosedDays(['BEGIN:VCALENDAR', ...lines].join('\n'))
        if (!found.ok) return
        const closedDays = found.value.days
        expect(calendarFault({ timeZone: 'UTC', cutOff: 0, workingDays: [1], closedDays })).toBeNull()
      }),
    )
    const began = performance.now()
    readClosedDays(`BEGIN:VCALENDAR\nBEGIN:VEVENT\n${'DTSTART;"";"'.repeat(20_000)}\n${'A;'.repeat(200_000)}`)
    readClosedDays(`BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY${';""'.repeat(300_000)}`)
    expect(performance.now() - began).toBeLessThan(1000)
  })
})
