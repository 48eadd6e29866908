import { describe, expect, it } from 'vitest'
import { priceText, readPrice, readStock } from '#renderer/features/listings/offer-values.ts'

describe('a price as it is typed', () => {
  it.each([
    [{ minor: 1290, currency: 'EUR' }, 'en', '12.90'],
    [{ minor: 1290, currency: 'EUR' }, 'de', '12,90'],
    [{ minor: 123456789, currency: 'EUR' }, 'de', '1234567,89'],
    [{ minor: 6980, currency: 'JPY' }, 'zh-CN', '6980'],
  ])('writes %j in %s as %s, and reads it back', (amount, locale, text) => {
    expect(priceText(amount, locale)).toBe(text)
    expect(readPrice(text, amount.currency, locale)).toEqual({ ok: true, value: amount })
  })

  it.each([
    ['-1', 'price-invalid'],
    ['', 'amount-empty'],
    ['1,50', 'separator-wrong'],
    ['12 USD', 'amount-invalid'],
  ])('refuses %j: %s', (text, reason) => {
    expect(readPrice(text, 'EUR', 'en')).toMatchObject({ ok: false, error: { reason } })
  })
})

describe('pieces as they are typed', () => {
  it.each([
    ['12', 12],
    [' 1 200 ', 1200],
    ['+3', 13],
    ['-3', 7],
    ['−10', 0],
    ['１２', 12],
  ])('reads %j over 10 as %d', (text, pieces) => {
    expect(readStock(text, 10)).toEqual({ ok: true, value: pieces })
  })

  it.each(['', '-11', '1.5', '1e3', 'ten', '--1', '99999999999'])('refuses %j', (text) => {
    expect(readStock(text, 10)).toMatchObject({ ok: false, error: { reason: 'stock-invalid' } })
  })
})
