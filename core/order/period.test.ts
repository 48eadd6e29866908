import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  daysIn,
  listDays,
  MOST_DAYS,
  periodBefore,
  periodOf,
  readPeriod,
} from '#core/order/period.ts'

const someDay = fc.integer({ min: 0, max: 20_000 }).map((n) => addDays('2000-01-01', n))

describe('periods', () => {
  it.each([
    ['7d', '2026-03-02', '2026-02-24'],
    ['30d', '2026-03-30', '2026-03-01'],
    ['90d', '2024-03-01', '2023-12-03'],
    ['month', '2026-11-22', '2026-11-01'],
  ] as const)('%s on %s begins on %s', (choice, today, from) => {
    expect(periodOf(choice, today)).toEqual({ from, to: today })
  })

  it('the period before is as long and touches it', () => {
    fc.assert(
      fc.property(someDay, fc.integer({ min: 1, max: MOST_DAYS }), (from, length) => {
        const period = { from, to: addDays(from, length - 1) }
        const before = periodBefore(period)
        expect([daysIn(period), daysIn(before)]).toEqual([length, length])
        expect(addDays(before.to, 1)).toBe(from)
        expect(listDays(period)).toHaveLength(length)
        expect(listDays(period).at(-1)).toBe(period.to)
      }),
    )
  })

  it('is read from an address, whichever way round, and never longer than can be drawn', () => {
    expect(readPeriod('2026-02-03', '2026-01-01')).toEqual({ from: '2026-01-01', to: '2026-02-03' })
    expect(readPeriod('2026-02-30', '2026-03-01')).toBeNull()
    expect(readPeriod('', '')).toBeNull()
    expect(daysIn(readPeriod('1999-01-01', '2026-01-01')!)).toBe(MOST_DAYS)
  })
})
