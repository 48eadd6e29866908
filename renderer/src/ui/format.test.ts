import { describe, expect, it } from 'vitest'
import { createFormatters } from '#renderer/ui/format.ts'

const MINUTE = 60_000
const en = createFormatters('en')
const de = createFormatters('de')
const zh = createFormatters('zh-CN')

describe('money', () => {
  it('has the digits of its currency, not of Intl, and its code', () => {
    expect(en.money({ minor: 123450, currency: 'EUR' })).toBe('1,234.50 EUR')
    expect(en.money({ minor: 6980, currency: 'JPY' })).toBe('6,980 JPY')
    expect(en.money({ minor: 1500, currency: 'KWD' })).toBe('1.500 KWD')
    expect(en.money({ minor: 100, currency: 'HUF' })).toBe('1.00 HUF')
    expect(de.money({ minor: 123450, currency: 'EUR' })).toBe('1.234,50 EUR')
    expect(en.money({ minor: -5, currency: 'EUR' })).toBe('-0.05 EUR')
  })

  it('splits at the decimal mark, for columns', () => {
    expect(en.moneyParts({ minor: 4290, currency: 'EUR' })).toEqual({
      whole: '42',
      fraction: '.90',
      code: 'EUR',
    })
    expect(en.moneyParts({ minor: 6980, currency: 'JPY' })).toEqual({
      whole: '6,980',
      fraction: '',
      code: 'JPY',
    })
  })

  it('is exact where a division by 100 is not', () => {
    expect(en.money({ minor: 9007199254740991, currency: 'EUR' })).toBe('90,071,992,547,409.91 EUR')
  })
})

describe('time', () => {
  const now = new Date(2026, 10, 22, 12, 0).getTime()

  it('is short: the time today, the day this year, else the year too', () => {
    expect(en.moment(new Date(2026, 10, 22, 9, 5).getTime(), now)).toBe('09:05')
    expect(en.moment(new Date(2026, 10, 18).getTime(), now)).toBe('Nov 18')
    expect(en.moment(new Date(2025, 10, 18).getTime(), now)).toBe('Nov 18, 2025')
    expect(zh.moment(new Date(2026, 10, 18).getTime(), now)).toBe('11月18日')
  })

  it('counts whole units', () => {
    expect(en.relative(now - 30_000, now)).toBe('now')
    expect(en.relative(now - 119 * MINUTE, now)).toBe('1 hr. ago')
    expect(zh.relative(now - 3 * MINUTE, now)).toBe('3分钟前')
  })
})

describe('names', () => {
  it('survive what shops send', () => {
    expect(en.country('DE')).toBe('Germany')
    expect(en.country('')).toBe('')
    expect(en.country('Germany')).toBe('Germany')
    expect(zh.language('ja')).toBe('日语')
    expect(en.language('not a tag')).toBe('not a tag')
  })
})

it('a moment is written on the clock of a zone, and on its own where the zone is not known', () => {
  const at = Date.parse('2026-11-22T23:30Z')
  const format = createFormatters('en')
  expect(format.inZone(at, 'Pacific/Kiritimati')).toBe('Mon, Nov 23, 13:30 GMT+14')
  expect(format.inZone(at, 'America/New_York')).toBe('Sun, Nov 22, 18:30 EST')
  expect(format.inZone(at, 'Mars/Olympus')).toContain('Nov 2')
})
