import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toCsv } from '#core/shared/csv.ts'
import { CsvReader, readCsv } from '#core/shared/read-csv.ts'

describe('reading a table', () => {
  it.each([
    [
      'sku,cost\r\nA,1\r\n',
      [
        ['sku', 'cost'],
        ['A', '1'],
      ],
    ],
    [
      'sku;cost\nA;"1,5"\n\n',
      [
        ['sku', 'cost'],
        ['A', '1,5'],
      ],
    ],
    [
      'a\tb\rc\t',
      [
        ['a', 'b'],
        ['c', ''],
      ],
    ],
    ['"a ""x""","b\nc"', [['a "x"', 'b\nc']]],
    ['a,"never closed', [['a', 'never closed']]],
    ['', []],
  ])('%j', (text, cells) => {
    expect(readCsv(text).map((record) => record.cells)).toEqual(cells)
  })

  it('says the line on which a record begins', () => {
    expect(readCsv('a,b\n"x\ny",1\n\nz,2').map(({ line }) => line)).toEqual([1, 2, 5])
  })

  it('reads what it wrote, whatever is in the cells', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r\n', 'ß', ' ') })
    // An apostrophe stands before what begins like a formula: such cells are not the same.
    const cell = text.map((each) => `x${each}`)
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
        const table = [['first', 'second'], ...rows]
        expect(readCsv(toCsv(table)).map(({ cells }) => cells)).toEqual(table)
      }),
    )
  })

  it('reads the same in pieces, wherever they are cut', () => {
    const text = fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', 'a', '\uFEFF', 'ß'), maxLength: 60 })
    fc.assert(
      fc.property(text, fc.array(fc.nat(60), { maxLength: 5 }), (whole, cuts) => {
        const reader = new CsvReader()
        const places = [0, ...cuts.filter((cut) => cut < whole.length).sort((a, b) => a - b), whole.length]
        const pieces = places.slice(1).map((end, i) => whole.slice(places[i], end))
        const read = pieces.flatMap((piece) => reader.push(piece))
        expect([...read, ...reader.end()]).toEqual(readCsv(whole))
      }),
    )
  })

  it('loses one line to a quote that is never closed, and none after it', () => {
    const reader = new CsvReader(200)
    const rows = Array.from({ length: 100 }, (_, i) => `row ${i},x`)
    const read = reader.push(`a,b\n"lost,1\n${rows.join('\n')}\n`)
    expect([...read, ...reader.end()].map(({ line, cells }) => [line, cells[0]]).slice(0, 4)).toEqual([
      [1, 'a'],
      [2, 'lost'],
      [3, 'row 0'],
      [4, 'row 1'],
    ])
  })

  it('ends, whatever it is given', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', 'a', '\uFEFF') }),
        (text) => void readCsv(text),
      ),
    )
  })
})
