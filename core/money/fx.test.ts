import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exponentOf } from '#core/money/currencies.ts'
import { convertMoney, convertQuickly, isAtMost, minorFactor, type Rounding } from '#core/money/fx.ts'
import { money, type Money } from '#core/money/money.ts'
import type { RateSet } from '#core/money/rate-set.ts'

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

function asDecimal(digits: bigint, point: number): string {
  const text = String(digits).padStart(point + 1, '0')
  return point === 0 ? text : `${text.slice(0, -point)}.${text.slice(-point)}`
}

describe('convertMoney', () => {
  const minorOf = (amount: Money, to: string, mode: Rounding, rates = set) => {
    const got = convertMoney(amount, to, rates, mode)
    return got.ok ? got.value.money.minor : null
  }

  it('crosses through the base and rounds once', () => {
    expect(minorOf(money(1000, 'EUR'), 'USD', 'half-even')).toBe(1148)
    expect(minorOf(money(1000, 'USD'), 'JPY', 'half-up')).toBe(1399)
    expect(minorOf(money(1000, 'EUR'), 'KWD', 'half-up')).toBe(3521)
    // By way of a rounded amount in the base this would be 7.31.
    const april: RateSet = { ...set, rates: { CNY: '7.9827', USD: '1.1684' } }
    expect(minorOf(money(5001, 'CNY'), 'USD', 'half-up', april)).toBe(732)
    expect(minorOf(money(5800, 'CNY'), 'USD', 'half-up', april)).toBe(849)
  })

  it('says by what it converted, as published', () => {
    const rates: RateSet = { ...set, rates: { HUF: '366.90', USD: '1.1684' } }
    expect(convertMoney(money(100, 'USD'), 'HUF', rates)).toEqual({
      ok: true,
      value: {
        money: money(31402, 'HUF'),
        used: {
          ...{ source: 'test', date: '2026-04-13', base: 'EUR' },
          ...{ from: '1.1684', to: '366.90', rate: '314.019171517' },
        },
      },
    })
    expect(convertMoney(money(100, 'EUR'), 'USD', rates)).toMatchObject({
      value: { used: { from: '1', to: '1.1684', rate: '1.1684' } },
    })
    const tiny: RateSet = { ...set, rates: { USD: '999999999999', HUF: '0.000000000001' } }
    expect(convertMoney(money(100, 'USD'), 'HUF', tiny)).toMatchObject({
      value: { used: { rate: '0.000000000000000000000001' } },
    })
  })

  it('rounds ties as told, refunds mirroring sales', () => {
    const half = (minor: number, mode: Rounding) => minorOf(money(minor, 'EUR'), 'DKK', mode)
    expect([half(1, 'half-even'), half(3, 'half-even'), half(1, 'half-up'), half(-1, 'half-up')]).toEqual([
      0, 2, 1, -1,
    ])
  })

  const someRate = fc
    .tuple(fc.bigInt({ min: 1n, max: 10n ** 12n - 1n }), fc.integer({ min: 0, max: 12 }))
    .map(([digits, point]) => ({ digits, point, text: asDecimal(digits, point) }))

  it('is the exact quotient, rounded once, whatever the digits', () => {
    const codes = fc.constantFrom('USD', 'JPY', 'KWD', 'CLF')
    fc.assert(
      fc.property(
        fc.integer({ min: -(10 ** 12), max: 10 ** 12 }),
        ...[codes, codes, someRate, someRate],
        (minor, from, to, a, b) => {
          fc.pre(from !== to)
          const rates: RateSet = { ...set, rates: { [from]: a.text, [to]: b.text } }
          const got = minorOf(money(minor, from), to, 'half-up', rates)
          const top = BigInt(minor) * b.digits * 10n ** BigInt(a.point + exponentOf(to))
          const bottom = a.digits * 10n ** BigInt(b.point + exponentOf(from))
          const size = top < 0n ? -top : top
          const rounded = (2n * size + bottom) / (2n * bottom)
          const expected = top < 0n ? -rounded : rounded
          if (rounded > BigInt(Number.MAX_SAFE_INTEGER)) expect(got).toBeNull()
          else expect(BigInt(got ?? Number.NaN)).toBe(expected)
        },
      ),
    )
  })

  it('mirrors a refund, and keeps the order of amounts', () => {
    const minors = fc.integer({ min: 0, max: 10 ** 12 })
    fc.assert(
      fc.property(minors, minors, someRate, (a, b, rate) => {
        const rates: RateSet = { ...set, rates: { USD: rate.text } }
        const convert = (minor: number) => minorOf(money(minor, 'USD'), 'EUR', 'half-up', rates)
        const [x, y] = [convert(Math.min(a, b)), convert(Math.max(a, b))]
        fc.pre(x !== null && y !== null)
        expect(x).toBeLessThanOrEqual(y ?? 0)
        expect(convert(-Math.min(a, b))).toBe(x === 0 ? 0 : -(x ?? 0))
      }),
    )
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
        expect(convertMoney(same, 'CHF', set)).toEqual({ ok: true, value: { money: same, used: null } })
      }),
    )
  })
})

describe('convertQuickly', () => {
  const rateText = fc
    .tuple(fc.integer({ min: 0, max: 99_999 }), fc.integer({ min: 1, max: 999_999 }))
    .map(([whole, part]) => `${whole}.${String(part).padStart(6, '0')}`)
  const few = fc.constantFrom('0.5', '0.25', '2', '1.6', '0.001', '1.1476')

  it('is what convertMoney says wherever it says anything, ties and losses too', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -9999, max: 9999 })),
        fc.constantFrom('EUR', 'USD', 'JPY', 'KWD'),
        fc.constantFrom('EUR', 'USD', 'JPY', 'KWD'),
        fc.oneof(rateText, few),
        fc.oneof(rateText, few),
        (minor, from, to, usd, yen) => {
          const set = {
            base: 'EUR',
            date: '2026-03-30',
            source: 't',
            rates: { USD: usd, JPY: yen, KWD: '0.35' },
          }
          const factor = minorFactor(from, to, set)
          if (!factor.ok) throw new Error(factor.error.reason)
          const quick = convertQuickly(minor, factor.value)
          const exact = convertMoney({ minor, currency: from }, to, set)
          if (quick !== null) expect(exact).toMatchObject({ value: { money: { minor: quick } } })
        },
      ),
    )
  })

  it('leaves few to it', () => {
    let left = 0
    for (let minor = 1; minor <= 10_000; minor++) if (convertQuickly(minor, 1 / 1.1476) === null) left++
    expect(left).toBeLessThan(20)
    expect(convertQuickly(1, 0.5)).toBeNull()
    expect(convertQuickly(-3, 1.5)).toBeNull()
    expect(Object.is(convertQuickly(-1, 0.3), 0)).toBe(true)
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
