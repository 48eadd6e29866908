import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkFacts, splitBarcodes } from '#core/catalog/product-facts.ts'
import { readFactsFile } from '#core/catalog/read-facts-file.ts'

describe('a file of costs and barcodes', () => {
  it('takes what each line says and nothing else', () => {
    const text =
      'SKU;Cost;Currency;Barcodes;Shelf\nA-1;4.20;eur;4006381333931|0012345678905;x\nB-2;;;12345678;y\nC;90;JPY;;'
    expect(readFactsFile(text)).toEqual({
      problems: [],
      lines: [
        {
          line: 2,
          sku: 'A-1',
          cost: { minor: 420, currency: 'EUR' },
          barcodes: ['4006381333931', '0012345678905'],
        },
        { line: 3, sku: 'B-2', barcodes: ['12345678'] },
        { line: 4, sku: 'C', cost: { minor: 90, currency: 'JPY' } },
      ],
    })
  })

  it('takes bins, also of products without cost', () => {
    expect(readFactsFile(`sku,bin\nA,K-12\nB,\nC,${'x'.repeat(25)}\n`)).toMatchObject({
      lines: [{ line: 2, sku: 'A', bin: 'K-12' }],
      problems: [
        { line: 3, reason: 'facts-empty' },
        { line: 4, field: 'bin', reason: 'bin-too-long' },
      ],
    })
  })

  it('takes contents, and names what is wrong with them as it stands there', () => {
    expect(readFactsFile('sku;contains\nA;"MUG*2; LID"\nB;MUG|LID*3\nC;B*0\nD;D*1\nE;X*1|X*2\nF;\n')).toEqual(
      {
        lines: [
          {
            line: 2,
            sku: 'A',
            contains: [
              { sku: 'MUG', quantity: 2 },
              { sku: 'LID', quantity: 1 },
            ],
          },
          {
            line: 3,
            sku: 'B',
            contains: [
              { sku: 'MUG', quantity: 1 },
              { sku: 'LID', quantity: 3 },
            ],
          },
        ],
        problems: [
          { line: 4, field: 'contains', reason: 'part-quantity-invalid', text: 'B*0' },
          { line: 5, field: 'contains', reason: 'part-is-itself', text: 'D*1' },
          { line: 6, field: 'contains', reason: 'part-twice', text: 'X*1|X*2' },
          { line: 7, field: 'cost', reason: 'facts-empty', text: '' },
        ],
      },
    )
  })

  it.each([
    [',1,EUR,', 'sku', 'sku-missing', ''],
    ['A,,,', 'cost', 'facts-empty', ''],
    ['A,"4,20",EUR,', 'cost', 'amount-invalid', '4,20'],
    ['A,1.005,EUR,', 'cost', 'amount-too-precise', '1.005'],
    ['A,1,,', 'currency', 'currency-unknown', ''],
    ['A,-1,EUR,', 'cost', 'cost-negative', '-1'],
    ['A,,,!!', 'barcodes', 'barcode-invalid', '!!'],
  ])('says of %j: %s %s', (row, field, reason, text) => {
    expect(readFactsFile(`sku,cost,currency,barcodes\n${row}\nB,1,EUR,\n`)).toEqual({
      lines: [{ line: 3, sku: 'B', cost: { minor: 100, currency: 'EUR' } }],
      problems: [{ line: 2, field, reason, text }],
    })
  })

  it('takes the first of a SKU that comes twice, and no file without its head', () => {
    const read = readFactsFile('sku,cost,currency\nA,1,EUR\nA,2,EUR')
    expect(read.lines.map(({ line }) => line)).toEqual([2])
    expect(read.problems).toEqual([{ line: 3, field: 'sku', reason: 'sku-twice', text: 'A' }])
    expect(readFactsFile('A,1,EUR').problems).toMatchObject([{ line: 1, reason: 'facts-head-missing' }])
    expect(readFactsFile('').problems).toHaveLength(1)
  })

  it('never throws, and every line is taken or named', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('A', 'B', '1', 'EUR', '"', ',', '\n', '-', 'x')), (parts) => {
        const { lines, problems } = readFactsFile(`sku,cost,currency,barcodes\n${parts.join('')}`)
        const named = [...lines, ...problems].map(({ line }) => line)
        expect(new Set(named).size).toBe(named.length)
      }),
    )
  })
})

describe('barcodes as typed', () => {
  it('are told apart, folded and kept once', () => {
    const barcodes = splitBarcodes(' 4006381333931, 4006381333931;ＡＢＣ123\n')
    expect(barcodes).toEqual(['4006381333931', '4006381333931', 'ABC123'])
    expect(checkFacts({ cost: null, barcodes })).toEqual({
      ok: true,
      value: { cost: null, barcodes: ['4006381333931', 'ABC123'] },
    })
    const many = Array.from({ length: 21 }, (_, i) => `1000${i}`)
    expect(checkFacts({ cost: null, barcodes: many })).toMatchObject({
      error: { reason: 'barcodes-too-many' },
    })
  })
})
