import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countRatesSince, dayOf, hasRates, newestRatesDay, nextRatesAt } from '#core/money/rate-days.ts'

const HOUR = 3_600_000
const at = (text: string) => Date.parse(text)

describe('days on which rates come out', () => {
  // Good Friday and Easter Monday, from the church's tables.
  it.each([
    ...['2024-03-29', '2024-04-01', '2025-04-18', '2025-04-21', '2026-04-03', '2026-04-06'],
    ...['2027-03-26', '2027-03-29', '2038-04-23', '2038-04-26'],
    ...['2026-01-01', '2026-05-01', '2026-12-25', '2025-12-26', '2026-11-21', '2026-11-22'],
  ])('not %s', (day) => {
    expect(hasRates(day)).toBe(false)
  })
  it.each(['2026-04-02', '2026-04-07', '2026-11-20', '2026-12-24', '2026-12-31', '2027-01-04', '2026-05-04'])(
    '%s',
    (day) => {
      expect(hasRates(day)).toBe(true)
    },
  )
})

describe('the newest day of rates', () => {
  it.each([
    ['2026-11-20T15:00:00Z', '2026-11-19'],
    ['2026-11-20T15:15:00Z', '2026-11-20'],
    ['2026-11-22T12:00:00Z', '2026-11-20'],
    ['2026-04-06T20:00:00Z', '2026-04-02'],
    ['2027-01-01T20:00:00Z', '2026-12-31'],
  ])('at %s is %s', (now, day) => {
    expect(newestRatesDay(at(now))).toBe(day)
  })

  it('is followed by the next one exactly when that comes out', () => {
    fc.assert(
      fc.property(fc.integer({ min: at('2020-01-01'), max: at('2060-01-01') }), (now) => {
        const newest = newestRatesDay(now)
        const next = nextRatesAt(now)
        expect(hasRates(newest)).toBe(true)
        expect(next).toBeGreaterThan(now)
        // Never longer than from Maundy Thursday to the Tuesday after Easter.
        expect(next - now).toBeLessThanOrEqual(5 * 24 * HOUR)
        expect(newestRatesDay(next - 1)).toBe(newest)
        expect(newestRatesDay(next)).toBe(dayOf(next))
        expect([countRatesSince(newest, now), countRatesSince(newest, next)]).toEqual([0, 1])
      }),
    )
  })

  it('counts what is missing', () => {
    expect(countRatesSince('2026-04-02', at('2026-04-08T20:00:00Z'))).toBe(2)
    expect(countRatesSince('2026-11-01', at('2026-11-22T12:00:00Z'))).toBe(15)
    expect(countRatesSince('2027-01-01', at('2026-11-22T12:00:00Z'))).toBe(0)
  })
})
