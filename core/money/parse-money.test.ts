import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { money, toDecimalString } from '#core/money/money.ts'
import { parseMoney, readTypedMoney } from '#core/money/parse-money.ts'

describe('parseMoney', () => {
  it.each([
    ['12.34', 'EUR', 1234],
    ['-0.5', 'EUR', -50],
    ['1200.00', 'JPY', 1200],
    ['1.5', 'KWD', 1500],
    ['0012.340000', 'EUR', 1234],
    [19.99, 'USD', 1999],
    [1.005, 'KWD', 1005],
    ['90071992547409.91', 'IDR', 9007199254740991],
    ['-0', 'EUR', 0],
  ])('reads %j %s', (value, code, minor) => {
    const read = parseMoney(value, code)
    expect(read).toEqual({ ok: true, value: { minor, currency: code } })
    if (read.ok) expect(Object.is(read.value.minor, -0)).toBe(false)
  })

  it.each([
    ['12,34', 'EUR', 'amount-invalid'],
    ['1e3', 'EUR', 'amount-invalid'],
    [' 1', 'EUR', 'amount-invalid'],
    ['.5', 'EUR', 'amount-invalid'],
    ['5.', 'EUR', 'amount-invalid'],
    ['12.50-', 'EUR', 'amount-invalid'],
    ['1.2.3', 'EUR', 'amount-invalid'],
    ['١٢٣', 'EUR', 'amount-invalid'],
    ['', 'EUR', 'amount-invalid'],
    [null, 'EUR', 'amount-invalid'],
    [10n, 'EUR', 'amount-invalid'],
    [Number.NaN, 'EUR', 'amount-invalid'],
    [1e21, 'EUR', 'amount-invalid'],
    [0.1 + 0.2, 'EUR', 'amount-too-precise'],
    ['1.005', 'EUR', 'amount-too-precise'],
    ['100.5', 'JPY', 'amount-too-precise'],
    ['90071992547409.93', 'IDR', 'amount-too-large'],
    ['9'.repeat(400), 'EUR', 'amount-too-large'],
    ['1.00', 'XXX', 'currency-unknown'],
    ['1.00', undefined, 'currency-unknown'],
  ])('refuses %s %s: %s', (value, code, reason) => {
    expect(parseMoney(value, code)).toMatchObject({ ok: false, error: { reason } })
  })

  it('never throws', () => {
    fc.assert(fc.property(fc.anything(), fc.anything(), (a, b) => void parseMoney(a, b)))
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (a) => void readTypedMoney(a, 'EUR', 'de')))
  })
})

describe('readTypedMoney', () => {
  it.each([
    ['1.234,56', 'de', 'EUR', 123456],
    ['0,99', 'de', 'EUR', 99],
    ['1.234', 'de', 'EUR', 123400],
    ['1 234,5', 'fr', 'EUR', 123450],
    ['1\u202f234,50', 'fr-FR', 'EUR', 123450],
    ['1,234.56', 'en', 'USD', 123456],
    [',5', 'de', 'EUR', 50],
    ['1’234.50', 'de-CH', 'CHF', 123450],
    ["12'345'678", 'de_CH', 'CHF', 1234567800],
    ['1,23,456.70', 'en-IN', 'INR', 12345670],
    ['１２３．５', 'ja', 'USD', 12350],
    ['١٬٢٣٤٫٥', 'ar', 'AED', 123450],
    ['eur 12,00', 'de', 'EUR', 1200],
    ['12.00 USD', 'en-US', 'USD', 1200],
    ['−3.50', 'en', 'USD', -350],
    ['1,234.56', 'es-MX', 'MXN', 123456],
    ['1500', 'ko', 'KRW', 1500],
    ['1,234.500', 'en', 'KWD', 1234500],
    ['1,5', 'de', 'KWD', 1500],
  ])('reads %j in %s', (text, locale, code, minor) => {
    expect(readTypedMoney(text, code, locale)).toEqual({ ok: true, value: { minor, currency: code } })
  })

  it.each([
    ['', 'en', 'EUR', 'amount-empty'],
    [' EUR ', 'en', 'EUR', 'amount-empty'],
    ['0,99', 'en', 'EUR', 'separator-wrong'],
    ['1.234,56', 'en', 'EUR', 'separator-wrong'],
    ['12.34', 'de', 'EUR', 'separator-wrong'],
    ['1,234.56', 'de', 'EUR', 'separator-wrong'],
    ['1,234', 'en', 'KWD', 'separator-ambiguous'],
    ['1.234', 'de', 'KWD', 'separator-ambiguous'],
    ['1.005', 'en', 'EUR', 'amount-too-precise'],
    ['0,123', 'de', 'EUR', 'amount-too-precise'],
    ['1,2,3', 'en', 'EUR', 'amount-invalid'],
    ['1e3', 'en', 'EUR', 'amount-invalid'],
    ['abc', 'en', 'EUR', 'amount-invalid'],
    ['12.50-', 'en', 'EUR', 'amount-invalid'],
    ['12 USD', 'en', 'EUR', 'amount-invalid'],
    ['-', 'en', 'EUR', 'amount-invalid'],
    ['1', 'en', 'XXX', 'currency-unknown'],
  ])('refuses %j in %s %s: %s', (text, locale, code, reason) => {
    expect(readTypedMoney(text, code, locale)).toMatchObject({ ok: false, error: { reason } })
  })

  it('reads what Intl writes, in both notations', () => {
    const minors = fc.integer({ min: -99_999_999_999, max: 99_999_999_999 })
    fc.assert(
      fc.property(
        minors,
        fc.constantFrom('de-DE', 'en-US', 'fr-FR', 'pl-PL', 'de-CH', 'en-IN', 'zh-CN', 'ja'),
        (minor, locale) => {
          const format = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 })
          expect(readTypedMoney(format.format(minor / 100), 'EUR', locale)).toEqual({
            ok: true,
            value: money(minor, 'EUR'),
          })
        },
      ),
    )
  })

  it('reads plain digits alike everywhere', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom('de', 'en', 'fr', 'zh-CN', 'xx'), (whole, locale) => {
        const read = readTypedMoney(String(whole), 'EUR', locale)
        expect(read.ok && toDecimalString(read.value)).toBe(`${whole}.00`)
      }),
    )
  })
})
