import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { convertMoney, isAtMost, type RateSet } from '#core/money/fx.ts'
import { money } from '#core/money/money.ts'

const set: RateSet = {
  base: 'EUR',
  date: '2026-04-13',
  source: 'test',
  rates: {
    USD: '1.1476',
    JPY: '160.5',
    KWD: '0.3521',
    XDR: '0.85',
    BAD: '1',
    SEK: '11,1',
    GBP: '0',
    NOK: '2',
    DKK: '0.5',
  },
}

describe('convertMoney', () => {
  it('crosses through the base and rounds once', () => {
    expect(convertMoney(money(1000, 'EUR'), 'USD', set, 'half-even')).toEqual({
      ok: true,
      value: money(1148, 'USD'),
    })
    expect(convertMoney(money(1000, 'USD'), 'JPY', set, 'half-up')).toEqual({
      ok: true,
      value: money(1399, 'JPY'),
    })
    expect(convertMoney(money(1000, 'EUR'), 'KWD', set, 'half-up')).toEqual({
      ok: true,
      value: money(3521, 'KWD'),
    })
  })

  it('rounds ties as told, refunds mirroring sales', () => {
    const half = (minor: number, mode: 'half-even' | 'half-up') => {
      const got = convertMoney(money(minor, 'EUR'), 'DKK', set, mode)
      return got.ok ? got.value.minor : null
    }
    expect([half(1, 'half-even'), half(3, 'half-even'), half(1, 'half-up'), half(-1, 'half-up')]).toEqual([
      0, 2, 1, -1,
    ])
  })

  it('never invents a rate', () => {
    const missing = convertMoney(money(1, 'EUR'), 'CHF', set, 'half-even')
    expect(missing).toMatchObject({
      ok: false,
      error: { code: 'not-found', reason: 'rate-missing', field: 'CHF' },
    })
    expect(convertMoney(money(1, 'CHF'), 'EUR', set, 'half-even')).toMatchObject({
      ok: false,
      error: { field: 'CHF' },
    })
    expect(convertMoney(money(1, 'EUR'), 'SEK', set, 'half-even')).toMatchObject({
      ok: false,
      error: { reason: 'rate-invalid' },
    })
    expect(convertMoney(money(1, 'EUR'), 'GBP', set, 'half-even')).toMatchObject({
      ok: false,
      error: { reason: 'rate-invalid' },
    })
    expect(convertMoney(money(1, 'EUR'), 'BAD', set, 'half-even')).toMatchObject({
      ok: false,
      error: { reason: 'currency-unknown' },
    })
    const most = money(Number.MAX_SAFE_INTEGER, 'EUR')
    expect(convertMoney(most, 'NOK', set, 'half-even')).toMatchObject({
      ok: false,
      error: { reason: 'amount-too-large' },
    })
  })

  it('leaves the same currency alone, even without a rate', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (n) => {
        const same = money(n, 'CHF')
        expect(convertMoney(same, 'CHF', set, 'half-up')).toEqual({ ok: true, value: same })
      }),
    )
  })
})

describe('isAtMost', () => {
  const limit = { amount: '300', unit: 'XDR' }
  it('is exact at the boundary', () => {
    const even: RateSet = { ...set, rates: { XDR: '0.75' } }
    expect(isAtMost(money(40000, 'EUR'), limit, even)).toEqual({ ok: true, value: true })
    expect(isAtMost(money(40001, 'EUR'), limit, even)).toEqual({ ok: true, value: false })
  })
  it('needs no rate for its own currency and says so otherwise', () => {
    expect(isAtMost(money(15000, 'EUR'), { amount: '150', unit: 'EUR' }, null)).toEqual({
      ok: true,
      value: true,
    })
    expect(isAtMost(money(1, 'EUR'), limit, null)).toMatchObject({
      ok: false,
      error: { reason: 'rate-missing' },
    })
    expect(isAtMost(money(1, 'EUR'), limit, { ...set, rates: {} })).toMatchObject({
      ok: false,
      error: { reason: 'rate-missing' },
    })
  })
})
