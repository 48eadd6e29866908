import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ItemCustoms } from '#core/catalog/product.ts'
import { buildDeclaration, listDeclared, type DeclarationInput } from '#core/customs/build-declaration.ts'
import type { DeclarationItem } from '#core/customs/declared-goods.ts'
import type { Declaration } from '#core/customs/declaration.ts'
import { groupDeclaration } from '#core/customs/group-declaration.ts'
import { money } from '#core/money/money.ts'
import type { RateSet } from '#core/money/rate-set.ts'

const rates: RateSet = { base: 'EUR', date: '2026-11-20', source: 'ecb', rates: { USD: '1.25', JPY: '170' } }

const mug: ItemCustoms = {
  description: 'Ceramic mug',
  descriptionLocal: '',
  hs6: '691200',
  origin: 'CN',
  unitValue: null,
  unitNetGrams: 350,
}
const paid = (minor: number, more: Partial<DeclarationItem> = {}): DeclarationItem => ({
  sku: 'MUG',
  quantity: 1,
  unitPrice: money(minor, 'EUR'),
  customs: mug,
  ...more,
})

function declare(items: readonly DeclarationItem[], more: Partial<DeclarationInput> = {}): Declaration {
  const built = buildDeclaration({
    ...{ items, grossGrams: 5_000, category: 'sale', signer: 'Li Wei', signedOn: '2026-11-22' },
    ...more,
  })
  if (!built.ok) throw new Error(built.error.map(({ reason, field }) => `${reason} ${field}`).join())
  return built.value
}
const valuesOf = ({ lines }: Declaration): number[] => lines.map(({ value }) => value.minor)

const someItem = fc.record({
  sku: fc.constantFrom('MUG', 'CUP', 'HAT'),
  quantity: fc.nat(9),
  minor: fc.nat(99_999),
  grams: fc.double({ min: 0, max: 900, noNaN: true }),
  hs6: fc.constantFrom('691200', '6912.00.21', '650500', ''),
  origin: fc.constantFrom('CN', 'VN', ''),
  declared: fc.option(fc.nat(5_000)),
  worth: fc.option(fc.nat(5_000)),
})
const someItems = fc.array(someItem, { minLength: 1, maxLength: 12 }).map((list) =>
  list.map(({ sku, quantity, minor, grams, hs6, origin, declared, worth }): DeclarationItem => {
    const unitValue = declared === null ? null : money(declared, 'EUR')
    return paid(minor, {
      ...{ sku, quantity, worth: worth === null ? null : money(worth, 'EUR') },
      customs: { ...mug, description: sku, hs6, origin, unitNetGrams: grams, unitValue },
    })
  }),
)

describe('values of a declaration', () => {
  it('takes a discount off what was paid, exactly, and leaves declared values alone', () => {
    const declared = paid(100, { customs: { ...mug, unitValue: money(700, 'EUR') } })
    const found = declare([paid(1000), paid(500), declared], { discount: money(100, 'EUR') })
    expect(valuesOf(found)).toEqual([933, 467, 700])
    expect(found.total).toEqual(money(2100, 'EUR'))
  })

  it('gives a free gift its share of what was paid, and nothing where nobody knows its worth', () => {
    expect(valuesOf(declare([paid(900), paid(0, { worth: money(100, 'EUR') })]))).toEqual([810, 90])
    expect(valuesOf(declare([paid(900), paid(0)]))).toEqual([900, 0])
    expect(valuesOf(declare([paid(900), paid(0, { worth: money(100, 'USD') })]))).toEqual([900, 0])
    expect(valuesOf(declare([paid(900), paid(0, { worth: money(125, 'USD') })], { rates }))).toEqual([
      810, 90,
    ])
  })

  it('makes rows of what a bundle holds', () => {
    const parts = [
      { sku: 'MUG', quantity: 2, customs: mug, worth: money(100, 'EUR') },
      { sku: 'HAT', quantity: 1, customs: { ...mug, hs6: '650500' }, worth: money(400, 'EUR') },
    ]
    const items = [paid(1000, { quantity: 0 }), paid(1000, { sku: 'SET', quantity: 2, parts })]
    expect(declare(items).lines).toMatchObject([
      { sku: 'MUG', quantity: 4, netGrams: 1400, value: money(667, 'EUR') },
      { sku: 'HAT', quantity: 2, netGrams: 700, value: money(1333, 'EUR') },
    ])
    expect(listDeclared(items)).toEqual([
      { line: 'lines.1', path: 'lines.1.parts.0', sku: 'MUG' },
      { line: 'lines.1', path: 'lines.1.parts.1', sku: 'HAT' },
    ])
  })

  it('converts by a stored rate that is kept, and never without one', () => {
    const usd = paid(0, { unitPrice: money(1000, 'USD') })
    const found = declare([paid(100), usd], { rates })
    expect(valuesOf(found)).toEqual([100, 800])
    expect(found.ratesUsed).toEqual([
      { currency: 'USD', base: 'EUR', date: '2026-11-20', source: 'ecb', from: '1.25', to: '1', rate: '0.8' },
    ])
    expect(() => declare([paid(100), usd])).toThrow('currency-mix lines.1.unitPrice')
    const chf = paid(0, { unitPrice: money(1, 'CHF') })
    expect(() => declare([paid(100), chf], { rates })).toThrow('currency-mix lines.1.unitPrice')
    expect(() => declare([paid(100)], { discount: money(1, 'CHF'), rates })).toThrow('currency-mix discount')
    expect(declare([usd], { rates, currency: 'JPY' }).total).toEqual(money(1360, 'JPY'))
  })

  it('refuses a discount of more than was paid', () => {
    expect(valuesOf(declare([paid(100)], { discount: money(100, 'EUR') }))).toEqual([0])
    expect(() => declare([paid(100)], { discount: money(101, 'EUR') })).toThrow('discount-too-large')
  })

  it('adds up to what was declared and paid, less the discount, in any order of the lines', () => {
    fc.assert(
      fc.property(someItems, fc.nat(100), fc.infiniteStream(fc.nat()), (items, percent, random) => {
        if (items.every(({ quantity }) => quantity === 0)) return
        const sum = (all: readonly DeclarationItem[], declared: boolean): number =>
          all
            .filter(({ customs }) => (customs.unitValue !== null) === declared)
            .reduce(
              (total, { quantity, customs, unitPrice }) =>
                total + quantity * (customs.unitValue ?? unitPrice).minor,
              0,
            )
        const off = Math.floor((sum(items, false) * percent) / 100)
        const discount = money(off, 'EUR')
        const found = declare(items, { discount })
        expect(found.total.minor).toBe(sum(items, true) + sum(items, false) - off)
        expect(valuesOf(found).reduce((a, b) => a + b, 0)).toBe(found.total.minor)
        const keys = new Map(items.map((item) => [item, random.next().value as number]))
        const shuffled = [...items].sort((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0))
        expect(groupDeclaration(declare(shuffled, { discount }))).toEqual(groupDeclaration(found))
      }),
    )
  })
})

describe('weights of a declaration', () => {
  it('rounds once and loses no gram', () => {
    const light = (grams: number) => paid(100, { customs: { ...mug, unitNetGrams: grams } })
    const grams = (items: DeclarationItem[], grossGrams: number): number[] => {
      const found = declare(items, { grossGrams })
      return [...found.lines.map(({ netGrams }) => netGrams), found.grossGrams]
    }
    expect(grams([light(10.4), light(10.4), light(10.4)], 32)).toEqual([11, 11, 10, 32])
    expect(grams([light(0.2), light(0.2)], 0.5)).toEqual([1, 1, 2])
    expect(grams([light(0), light(5)], 0)).toEqual([0, 5, 0])
  })

  it('never makes goods heavier than their parcel, nor lighter than they are', () => {
    fc.assert(
      fc.property(someItems, fc.double({ min: 0, max: 500, noNaN: true }), (items, packaging) => {
        if (items.every(({ quantity }) => quantity === 0)) return
        const milligrams = items.reduce((sum, { quantity, customs }) => {
          const each = customs.unitNetGrams ?? 0
          return sum + quantity * (each > 0 ? Math.max(1, Math.round(each * 1000)) : 0)
        }, 0)
        const found = declare(items, { grossGrams: milligrams / 1000 + packaging })
        const net = found.lines.reduce((sum, { netGrams }) => sum + netGrams, 0)
        expect(net * 1000).toBeGreaterThanOrEqual(milligrams)
        expect(net).toBeLessThanOrEqual(found.grossGrams)
      }),
    )
  })
})

describe('groupDeclaration', () => {
  it('brings together what has the same code and origin, and only that', () => {
    const goods = (hs6: string, origin: string, description: string) =>
      paid(100, { customs: { ...mug, hs6, origin, description } })
    const grouped = groupDeclaration(
      declare([
        ...[goods('691200', 'CN', 'Mug'), goods('69120021', 'CN', 'Cup'), goods('691200', 'VN', 'Mug')],
        ...[goods('650500', 'CN', 'Hat'), goods('', 'CN', 'Toy'), goods('', 'CN', 'Box')],
      ]),
    )
    expect(
      grouped.lines.map(({ hs6, origin, description, value }) => [hs6, origin, description, value.minor]),
    ).toEqual([
      ['', 'CN', 'Box', 100],
      ['', 'CN', 'Toy', 100],
      ['650500', 'CN', 'Hat', 100],
      ['691200', 'CN', 'Cup; Mug', 200],
      ['691200', 'VN', 'Mug', 100],
    ])
  })

  it('keeps all digits they agree in, and says when a weight is missing', () => {
    const same = paid(100, { customs: { ...mug, hs6: '6912002100' } })
    expect(groupDeclaration(declare([same, same])).lines[0]).toMatchObject({
      ...{ hs6: '6912002100', quantity: 2, netGrams: 700 },
    })
    const unknown = paid(100, { customs: { ...mug, unitNetGrams: null } })
    expect(groupDeclaration(declare([paid(100), unknown])).lines[0]).toMatchObject({ netGrams: 0 })
  })
})
