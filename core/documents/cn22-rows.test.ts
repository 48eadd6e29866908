import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Declaration, DeclarationLine } from '#core/customs/declaration.ts'
import { cn22Rows, type Cn22Row } from '#core/documents/cn22-rows.ts'
import { plainKilograms, plainMoney } from '#core/documents/plain-amount.ts'
import { DECLARATION } from '#tests/support/label-samples.ts'

function line(parts: Partial<DeclarationLine>): DeclarationLine {
  return {
    sku: 'A',
    quantity: 1,
    description: 'Mug',
    descriptionLocal: '',
    hs6: '691110',
    origin: 'CN',
    netGrams: 100,
    value: { minor: 500, currency: 'EUR' },
    ...parts,
  }
}

function declare(lines: DeclarationLine[], parts: Partial<Declaration> = {}): Declaration {
  const minor = lines.reduce((sum, { value }) => sum + value.minor, 0)
  const grossGrams = lines.reduce((sum, { netGrams }) => sum + netGrams, 50)
  return { ...DECLARATION, currency: 'EUR', lines, total: { minor, currency: 'EUR' }, grossGrams, ...parts }
}

const reasons = (declaration: Declaration) => {
  const rows = cn22Rows(declaration)
  return rows.ok ? [] : rows.error.map(({ reason, field }) => `${reason} ${field}`)
}

describe('cn22Rows', () => {
  it('prints up to three lines as they are, even alike ones', () => {
    const rows = cn22Rows(declare([line({}), line({}), line({})]))
    expect(rows.ok && rows.value).toHaveLength(3)
  })

  it('merges more by HS code and origin, adding up and joining distinct words', () => {
    const rows = cn22Rows(
      declare([
        line({ quantity: 2 }),
        line({ description: 'Cup', descriptionLocal: '杯', netGrams: 30 }),
        line({}),
        line({ origin: 'DE', hs6: '420292' }),
      ]),
    )
    expect(rows).toEqual({
      ok: true,
      value: [
        {
          quantity: 4,
          description: 'Mug; Cup',
          descriptionLocal: '杯',
          hs6: '691110',
          origin: 'CN',
          netGrams: 230,
          valueMinor: 1500,
          firstLine: 0,
        },
        {
          quantity: 1,
          description: 'Mug',
          descriptionLocal: '',
          hs6: '420292',
          origin: 'DE',
          netGrams: 100,
          valueMinor: 500,
          firstLine: 3,
        },
      ],
    })
  })

  it('refuses a fourth row', () => {
    const lines = ['610910', '854442', '420292', '691110'].map((hs6) => line({ hs6 }))
    expect(reasons(declare(lines))).toEqual(['too-many-customs-lines declaration.lines'])
    expect(
      reasons(declare(lines.map((one, i) => ({ ...one, hs6: '', description: `thing ${i}` })))),
    ).toHaveLength(1)
  })

  it('refuses sums that do not add up and mixed currencies', () => {
    expect(reasons(declare([line({})], { total: { minor: 501, currency: 'EUR' } }))).toEqual([
      'total-mismatch declaration.total',
    ])
    expect(reasons(declare([line({ netGrams: 200 })], { grossGrams: 199 }))).toEqual([
      'net-exceeds-gross declaration.grossGrams',
    ])
    expect(reasons(declare([line({ value: { minor: 500, currency: 'USD' } })]))).toEqual([
      'currency-mix declaration.lines.0.value',
    ])
    expect(reasons(declare([]))).toEqual(['missing declaration.lines'])
    expect(
      reasons(declare([line({})], { currency: 'EURO', total: { minor: 500, currency: 'EURO' } })),
    ).toContain('currency-unknown declaration.currency')
  })

  it('never loses a gram, a cent or a piece', () => {
    const anyLine = fc.record({
      quantity: fc.integer({ min: 1, max: 99 }),
      hs6: fc.constantFrom('610910', '854442'),
      netGrams: fc.integer({ min: 1, max: 900 }),
      minor: fc.integer({ min: 1, max: 99999 }),
    })
    fc.assert(
      fc.property(fc.array(anyLine, { minLength: 1, maxLength: 12 }), (given) => {
        const lines = given.map(({ minor, ...rest }) => line({ ...rest, value: { minor, currency: 'EUR' } }))
        const rows = cn22Rows(declare(lines))
        if (!rows.ok) throw new Error('two codes always fit')
        const printed = rows.value
        const sum = (pick: (row: Cn22Row) => number) => printed.reduce((total, row) => total + pick(row), 0)
        expect(sum((row) => row.valueMinor)).toBe(given.reduce((total, one) => total + one.minor, 0))
        expect(sum((row) => row.netGrams)).toBe(given.reduce((total, one) => total + one.netGrams, 0))
        expect(sum((row) => row.quantity)).toBe(given.reduce((total, one) => total + one.quantity, 0))
      }),
    )
  })
})

describe('amounts on paper', () => {
  it('are plain figures with the digits of the currency', () => {
    expect(plainMoney({ minor: 1234567, currency: 'USD' })).toBe('USD 12345.67')
    expect(plainMoney({ minor: 1800, currency: 'JPY' })).toBe('JPY 1800')
    expect(plainMoney({ minor: 5, currency: 'KWD' })).toBe('KWD 0.005')
    expect([5, 85, 560, 12345].map(plainKilograms)).toEqual(['0.005', '0.085', '0.560', '12.345'])
  })
})
