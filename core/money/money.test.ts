import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exponentOf, findExponent } from '#core/money/currencies.ts'
import {
  addMoney,
  compareMoney,
  money,
  multiplyMoney,
  subtractMoney,
  sumMoney,
  toDecimalString,
  tryMoney,
  tryMultiplyMoney,
  trySumMoney,
} from '#core/money/money.ts'
import { allocateMoney } from '#core/money/allocate-money.ts'
import { parseMoney } from '#core/money/parse-money.ts'

const someCurrency = fc.constantFrom('EUR', 'JPY', 'KWD', 'CLF', 'IDR', 'USD')
const someMinor = fc.maxSafeInteger()
const halfMinor = fc.integer({ min: -(2 ** 52), max: 2 ** 52 })

describe('currencies', () => {
  it('stores by ISO, not by what Intl shows', () => {
    const expected = {
      JPY: 0,
      KRW: 0,
      CLP: 0,
      EUR: 2,
      IDR: 2,
      HUF: 2,
      COP: 2,
      TWD: 2,
      IQD: 3,
      KWD: 3,
      CLF: 4,
      XCG: 2,
    }
    for (const [code, digits] of Object.entries(expected)) expect(exponentOf(code)).toBe(digits)
  })

  it.each(['', 'eur', 'EURO', 'ABC', '__proto__', 'XDR'])('refuses %j', (code) => {
    expect(findExponent(code)).toMatchObject({
      ok: false,
      error: { reason: 'currency-unknown', field: 'currency' },
    })
    expect(() => exponentOf(code)).toThrow(RangeError)
  })
})

describe('money', () => {
  it.each([0.5, Number.NaN, Infinity, 2 ** 53])('refuses %s as minor units', (minor) => {
    expect(() => money(minor, 'EUR')).toThrow(RangeError)
    expect(tryMoney(minor, 'EUR')).toMatchObject({ ok: false, error: { reason: 'amount-invalid' } })
  })

  it('knows no negative zero', () => {
    expect(Object.is(money(-0, 'EUR').minor, 0)).toBe(true)
    expect(Object.is(multiplyMoney(money(-5, 'EUR'), 0).minor, 0)).toBe(true)
  })

  it('never mixes currencies', () => {
    expect(() => addMoney(money(1, 'EUR'), money(1, 'USD'))).toThrow(TypeError)
    expect(() => compareMoney(money(1, 'EUR'), money(1, 'USD'))).toThrow(TypeError)
    expect(() => sumMoney([money(1, 'USD')], 'EUR')).toThrow(TypeError)
    const mixed = trySumMoney([money(1, 'EUR'), money(1, 'USD')], 'EUR')
    expect(mixed).toMatchObject({ ok: false, error: { reason: 'currency-mix', field: '1' } })
  })

  it('refuses what leaves the safe integers', () => {
    const most = money(Number.MAX_SAFE_INTEGER, 'VND')
    expect(() => addMoney(most, money(1, 'VND'))).toThrow(RangeError)
    expect(trySumMoney([most, most], 'VND')).toMatchObject({
      ok: false,
      error: { reason: 'amount-too-large' },
    })
    expect(tryMultiplyMoney(most, 2)).toMatchObject({ ok: false, error: { reason: 'amount-too-large' } })
    expect(tryMultiplyMoney(most, 0.5)).toMatchObject({ ok: false, error: { reason: 'quantity-invalid' } })
    expect(() => multiplyMoney(most, 0.5)).toThrow(RangeError)
  })

  it('adds and takes away exactly, up to 2^53', () => {
    fc.assert(
      fc.property(halfMinor, halfMinor, someCurrency, (a, b, code) => {
        const sum = addMoney(money(a, code), money(b, code))
        expect(sum).toEqual(money(a + b, code))
        expect(subtractMoney(sum, money(b, code))).toEqual(money(a, code))
      }),
    )
  })

  it('survives structuredClone and JSON', () => {
    const value = sumMoney([money(110, 'EUR'), money(5, 'EUR')], 'EUR')
    expect(structuredClone(value)).toEqual({ minor: 115, currency: 'EUR' })
    expect(JSON.parse(JSON.stringify(value))).toEqual(value)
  })

  it('writes decimals that read back to the same amount', () => {
    expect(toDecimalString(money(-5, 'EUR'))).toBe('-0.05')
    expect(toDecimalString(money(1234, 'JPY'))).toBe('1234')
    expect(toDecimalString(money(1234, 'KWD'))).toBe('1.234')
    expect(toDecimalString(money(Number.MAX_SAFE_INTEGER, 'IDR'))).toBe('90071992547409.91')
    fc.assert(
      fc.property(someMinor, someCurrency, (minor, code) => {
        expect(parseMoney(toDecimalString(money(minor, code)), code)).toEqual({
          ok: true,
          value: money(minor, code),
        })
      }),
    )
  })
})

describe('allocateMoney', () => {
  it('gives what is left to the first parts', () => {
    expect(allocateMoney(money(1000, 'EUR'), 3).map((m) => m.minor)).toEqual([334, 333, 333])
    expect(allocateMoney(money(-1000, 'EUR'), 3).map((m) => m.minor)).toEqual([-334, -333, -333])
    expect(allocateMoney(money(100, 'JPY'), [1, 1, 1]).map((m) => m.minor)).toEqual([34, 33, 33])
  })

  it('gives what is left by largest remainder', () => {
    expect(allocateMoney(money(10, 'EUR'), [5, 3, 7]).map((m) => m.minor)).toEqual([3, 2, 5])
    expect(allocateMoney(money(7, 'EUR'), [0, 1, 0]).map((m) => m.minor)).toEqual([0, 7, 0])
  })

  it.each([0, -2, 2.5, Number.NaN, Infinity, 1e9])('refuses %s parts instead of looping', (n) => {
    expect(() => allocateMoney(money(100, 'EUR'), n)).toThrow(RangeError)
  })

  it.each([[[]], [[0, 0]], [[-1, 2]], [[0.5, 0.5]]])('refuses weights %j', (weights) => {
    expect(() => allocateMoney(money(100, 'EUR'), weights)).toThrow(RangeError)
  })

  it('keeps the sum, whatever the weights', () => {
    const weights = fc
      .array(fc.maxSafeNat(), { minLength: 1, maxLength: 30 })
      .filter((w) => w.some((x) => x > 0))
    fc.assert(
      fc.property(someMinor, someCurrency, weights, (minor, code, list) => {
        const parts = allocateMoney(money(minor, code), list)
        expect(parts).toHaveLength(list.length)
        expect(parts.reduce((sum, part) => sum + BigInt(part.minor), 0n)).toBe(BigInt(minor))
        list.forEach((w, i) => w === 0 && expect(parts[i]?.minor).toBe(0))
        const mirrored = allocateMoney(money(-minor, code), list)
        expect(mirrored.map((m) => -m.minor + 0)).toEqual(parts.map((m) => m.minor))
      }),
    )
  })

  it('splits evenly: parts differ by one unit at most', () => {
    fc.assert(
      fc.property(someMinor, fc.integer({ min: 1, max: 50 }), (minor, n) => {
        const parts = allocateMoney(money(minor, 'EUR'), n).map((m) => m.minor)
        expect(parts.reduce((sum, part) => sum + BigInt(part), 0n)).toBe(BigInt(minor))
        expect(Math.max(...parts) - Math.min(...parts)).toBeLessThanOrEqual(1)
      }),
    )
  })
})
