import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ItemCustoms } from '#core/catalog/product.ts'
import { buildDeclaration, listDeclared, type DeclarationInput } from '#core/customs/build-declaration.ts'
import type { DeclarationItem } from '#core/customs/declared-goods.ts'
import { crossesCustomsBorder } from '#core/customs/customs-territory.ts'
import { mergeCustoms } from '#core/customs/merge-customs.ts'
import { money } from '#core/money/money.ts'

const mug: ItemCustoms = {
  description: ' Ceramic mug ',
  descriptionLocal: '陶瓷杯',
  hs6: '6912.00',
  origin: 'cn',
  unitValue: null,
  unitNetGrams: 350,
}
const item: DeclarationItem = { sku: 'MUG', quantity: 2, unitPrice: money(1299, 'EUR'), customs: mug }
const input: DeclarationInput = {
  items: [item],
  grossGrams: 900,
  category: 'sale',
  signer: ' Li Wei ',
  signedOn: '2026-11-22',
}
const SHIRT = { ...mug, hs6: '610910', national: { US: '6109100012', EU: '61091000' } }
const reasons = (change: Partial<DeclarationInput>): unknown => {
  const built = buildDeclaration({ ...input, ...change })
  return built.ok ? built.value : built.error.map(({ reason, field }) => [reason, field])
}

describe('buildDeclaration', () => {
  it.each([
    ['US', '6109100012'],
    ['DE', '61091000'],
    ['CA', '610910'],
    [undefined, '610910'],
  ])('declares to %s the code that is read there', (destination, code) => {
    const built = buildDeclaration({ ...input, items: [{ ...item, customs: SHIRT }], destination })
    expect(built).toMatchObject({ value: { lines: [{ hs6: code }] } })
  })

  it('makes rows of totals', () => {
    expect(buildDeclaration(input)).toEqual({
      ok: true,
      value: {
        category: 'sale',
        explanation: '',
        currency: 'EUR',
        grossGrams: 900,
        total: money(2598, 'EUR'),
        signer: 'Li Wei',
        signedOn: '2026-11-22',
        senderTaxReference: '',
        lines: [
          {
            sku: 'MUG',
            quantity: 2,
            description: 'Ceramic mug',
            descriptionLocal: '陶瓷杯',
            hs6: '691200',
            origin: 'CN',
            netGrams: 700,
            value: money(2598, 'EUR'),
          },
        ],
      },
    })
  })

  it('takes the customs value before the price, and leaves facts nobody knows blank', () => {
    const customs = { ...mug, unitValue: money(500, 'EUR'), unitNetGrams: null, hs6: '' }
    const built = buildDeclaration({ ...input, items: [{ ...item, customs }] })
    expect(built.ok && built.value.lines[0]).toMatchObject({
      value: money(1000, 'EUR'),
      netGrams: 0,
      hs6: '',
    })
  })

  it('leaves out lines of no pieces and remembers which row is which', () => {
    const items = [{ ...item, quantity: 0 }, item, { ...item, quantity: 0 }, item]
    expect(listDeclared(items).map(({ path }) => path)).toEqual(['lines.1', 'lines.3'])
    expect(reasons({ items })).toMatchObject({
      lines: [{ sku: 'MUG' }, { sku: 'MUG' }],
      total: money(5196, 'EUR'),
    })
  })

  it('weighs a feather as a gram', () => {
    expect(
      reasons({ items: [{ ...item, quantity: 1, customs: { ...mug, unitNetGrams: 0.2 } }] }),
    ).toMatchObject({ lines: [{ netGrams: 1 }] })
  })

  it('refuses what no declaration can hold, all at once, with the paths of the order', () => {
    const usd = { ...item, unitPrice: money(1, 'USD') }
    expect(reasons({ items: [] })).toEqual([['no-lines', 'lines']])
    expect(reasons({ items: [{ ...item, quantity: 0 }, item, usd] })).toEqual([
      ['currency-mix', 'lines.2.unitPrice'],
    ])
    expect(reasons({ items: [item, { ...item, customs: { ...mug, unitValue: money(1, 'USD') } }] })).toEqual([
      ['currency-mix', 'lines.1.customs.unitValue'],
    ])
    expect(
      reasons({
        items: [
          { ...item, quantity: 1.5 },
          { ...item, quantity: -1 },
        ],
        grossGrams: Number.NaN,
      }),
    ).toEqual([
      ['quantity-invalid', 'lines.0.quantity'],
      ['quantity-invalid', 'lines.1.quantity'],
      ['weight-invalid', 'grossGrams'],
    ])
    expect(reasons({ items: [{ ...item, unitPrice: { minor: 1, currency: 'XXX' } }] })).toEqual([
      ['currency-unknown', 'lines.0.unitPrice'],
    ])
    expect(reasons({ items: [{ ...item, quantity: 2 ** 52 }] })).toEqual([
      ['amount-too-large', 'lines.0.unitPrice'],
    ])
    expect(reasons({ items: [{ ...item, customs: { ...mug, unitNetGrams: -1 } }] })).toEqual([
      ['weight-invalid', 'lines.0.customs.unitNetGrams'],
    ])
  })

  it('adds up exactly, whatever the prices', () => {
    const someItem = fc.record({ quantity: fc.nat(1000), minor: fc.nat(10_000_000), grams: fc.nat(2000) })
    fc.assert(
      fc.property(fc.array(someItem, { minLength: 1, maxLength: 20 }), (list) => {
        const items = list.map(({ quantity, minor, grams }) => ({
          ...item,
          quantity,
          unitPrice: money(minor, 'JPY'),
          customs: { ...mug, unitNetGrams: grams },
        }))
        const built = buildDeclaration({ ...input, items })
        if (!built.ok) {
          expect(built.error[0]?.reason).toBe('no-lines')
          return
        }
        const expected = list.reduce((sum, { quantity, minor }) => sum + BigInt(quantity) * BigInt(minor), 0n)
        expect(BigInt(built.value.total.minor)).toBe(expected)
        expect(built.value.lines).toHaveLength(listDeclared(items).length)
      }),
    )
  })
})

describe('mergeCustoms', () => {
  it('takes each field from the line if it knows it, else from the product', () => {
    const override: ItemCustoms = {
      ...mug,
      description: 'Stoneware mug',
      descriptionLocal: ' ',
      hs6: '',
      origin: '',
      unitValue: money(0, 'EUR'),
      unitNetGrams: null,
    }
    const { customs, from } = mergeCustoms(mug, override)
    expect(customs).toEqual({ ...mug, description: 'Stoneware mug', unitValue: money(0, 'EUR') })
    expect(from).toMatchObject({
      description: 'line',
      descriptionLocal: 'product',
      hs6: 'product',
      origin: 'product',
      unitValue: 'line',
      unitNetGrams: 'product',
    })
  })
  it('says when neither knows', () => {
    const { customs, from } = mergeCustoms(null, null)
    expect(customs).toEqual({
      description: '',
      descriptionLocal: '',
      hs6: '',
      origin: '',
      unitValue: null,
      unitNetGrams: null,
    })
    expect(new Set(Object.values(from))).toEqual(new Set(['none']))
  })
})

describe('crossesCustomsBorder', () => {
  it.each([
    ['DE', 'FR', false],
    ['CN', 'DE', true],
    ['CN', 'CN', false],
    ['GB', 'FR', true],
    ['FR', 'MC', false],
    ['GB', 'IM', false],
    ['DE', 'CH', true],
  ])('%s to %s: %s', (from, to, crosses) => {
    expect(crossesCustomsBorder(from, to)).toBe(crosses)
    expect(crossesCustomsBorder(to, from)).toBe(crosses)
  })
})
