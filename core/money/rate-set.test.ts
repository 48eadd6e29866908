import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRateText, readRates, type RawRates } from '#core/money/rate-set.ts'

const source = { base: 'EUR', source: 'ecb', today: '2026-11-22' }
const day = (date: string, ...quotes: [string, string][]): RawRates => ({
  date,
  quotes: quotes.map(([code, rate]) => ({ code, rate })),
})
const why = (...days: RawRates[]) =>
  readRates(days, source).leftOut.map(({ date, code, reason }) => [date, code, reason])

describe('the text of a rate', () => {
  it.each(['1', '0.5', '20082.05', '1.1476', '0.000001', '0001.10'])('takes %j', (text) => {
    expect(isRateText(text)).toBe(true)
  })
  it.each([
    ...['', '0', '0.000', '-1', '+1', '1,1476', '1.', '.5', '1e3', ' 1', '1 ', '1\n', '１', 'N/A', 'NaN'],
    ...['Infinity', '0x10', '1.2.3', '1'.repeat(13), `1.${'1'.repeat(13)}`, '9'.repeat(100_000)],
  ])('refuses %j', (text) => {
    expect(isRateText(text)).toBe(false)
  })
})

describe('a day of rates', () => {
  it('keeps the text of each rate as it came', () => {
    expect(readRates([day('2026-11-20', ['USD', '1.10'], ['JPY', '171.00'])], source)).toEqual({
      sets: [{ base: 'EUR', date: '2026-11-20', source: 'ecb', rates: { USD: '1.10', JPY: '171.00' } }],
      leftOut: [],
    })
  })

  it('keeps out, with its reason, what it does not know or cannot read', () => {
    const mixed = day(
      '2026-11-20',
      ...([
        ['USD', '1.1'],
        ['ABC', '2'],
        ['__proto__', '2'],
        ['JPY', '171,1'],
        ['EUR', '1'],
        ['GBP', '0.8'],
        ['GBP', '0.9'],
      ] as [string, string][]),
    )
    expect(Object.keys(readRates([mixed], source).sets[0]?.rates ?? {})).toEqual(['USD'])
    expect(why(mixed)).toEqual([
      ['2026-11-20', 'ABC', 'currency-unknown'],
      ['2026-11-20', '__proto__', 'currency-unknown'],
      ['2026-11-20', 'JPY', 'rate-invalid'],
      ['2026-11-20', 'EUR', 'rate-of-base'],
      ['2026-11-20', 'GBP', 'rate-twice'],
      ['2026-11-20', 'GBP', 'rate-twice'],
    ])
  })

  it('costs itself and no other day when it is none', () => {
    const usd: [string, string] = ['USD', '1.1']
    const days = [
      day('2026-02-30', usd),
      day('20 Nov 2026', usd),
      day('2026-11-24', usd),
      day('2026-11-19', usd),
      day('2026-11-18', usd),
      day('2026-11-18', usd),
      day('2026-11-17', ['USD', '1,1']),
      day('2026-11-23', usd),
    ]
    expect(readRates(days, source).sets.map(({ date }) => date)).toEqual(['2026-11-23', '2026-11-19'])
    expect(why(...days).filter(([, code]) => code === '')).toEqual([
      ['2026-02-30', '', 'rate-day-invalid'],
      ['20 Nov 2026', '', 'rate-day-invalid'],
      ['2026-11-24', '', 'rate-day-ahead'],
      ['2026-11-18', '', 'rate-day-twice'],
      ['2026-11-18', '', 'rate-day-twice'],
      ['2026-11-17', '', 'rate-day-empty'],
    ])
  })

  it('accounts for every quote of a day it takes, whatever comes', () => {
    const code = fc.oneof(fc.constantFrom('USD', 'JPY', 'EUR', 'XYZ'), fc.string({ unit: 'binary' }))
    const rate = fc.oneof(fc.constantFrom('1', '1.5', '1,5', '0'), fc.string({ unit: 'binary' }))
    const quotes = fc.array(fc.record({ code, rate }), { maxLength: 8 })
    const date = fc.oneof(fc.constantFrom('2026-11-20', '2026-11-19', '2027-01-01'), fc.string())
    fc.assert(
      fc.property(fc.array(fc.record({ date, quotes }), { maxLength: 5 }), (days) => {
        const { sets, leftOut } = readRates(days, source)
        expect(new Set(sets.map((set) => set.date)).size).toBe(sets.length)
        for (const set of sets) {
          const raw = days.find((each) => each.date === set.date)?.quotes ?? []
          const out = leftOut.filter((each) => each.date === set.date)
          expect(Object.keys(set.rates).length + out.length).toBe(raw.length)
          expect(Object.values(set.rates).every(isRateText)).toBe(true)
        }
        const lost = days.filter((each) => !sets.some((set) => set.date === each.date))
        expect(leftOut.filter((each) => each.code === '' && each.reason.startsWith('rate-day')).length).toBe(
          lost.length,
        )
      }),
    )
  })
})
