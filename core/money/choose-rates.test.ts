import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ageOfRates, findRateSet } from '#core/money/choose-rates.ts'

const sets = ['2026-04-02', '2026-04-07', '2026-04-01'].map((date) => ({ date }))
const dayAt = (n: number): string =>
  new Date(Date.UTC(2026, 0, 1) + n * 86_400_000).toISOString().slice(0, 10)

describe('the set that applies on a day', () => {
  it.each([
    ['2026-04-02', '2026-04-02', 0],
    // Good Friday, Easter and the Monday have Thursday's.
    ['2026-04-03', '2026-04-02', 1],
    ['2026-04-06', '2026-04-02', 4],
    ['2026-04-07', '2026-04-07', 0],
    ['2026-12-01', '2026-04-07', 238],
  ])('%s: the one of %s', (day, date, days) => {
    expect(findRateSet(sets, day)).toMatchObject({ value: { set: { date }, age: { days } } })
  })

  it('is never a later one', () => {
    expect(findRateSet(sets, '2026-03-31')).toMatchObject({
      error: { code: 'not-found', reason: 'rate-missing', field: '2026-03-31' },
    })
    expect(findRateSet([], '2026-03-31').ok).toBe(false)
    const someDay = fc.integer({ min: 0, max: 400 }).map(dayAt)
    fc.assert(
      fc.property(fc.uniqueArray(someDay, { maxLength: 20 }), someDay, (days, day) => {
        const found = findRateSet(
          days.map((date) => ({ date })),
          day,
        )
        const before = days.filter((date) => date <= day).sort()
        expect(found.ok ? found.value.set.date : undefined).toBe(before.at(-1))
      }),
    )
  })
})

describe('the age of rates', () => {
  it.each([
    ['2026-11-20', 0, 'current'],
    ['2026-11-27', 7, 'current'],
    ['2026-11-28', 8, 'stale'],
    ['2026-12-20', 30, 'stale'],
    ['2026-12-21', 31, 'expired'],
  ])('on %s: %i days, %s', (day, days, standing) => {
    expect(ageOfRates('2026-11-20', day)).toEqual({
      ...{ days, standing },
      safeUntil: Date.parse('2026-11-28T00:00:00Z'),
    })
  })
})
