import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvCell, toCsv } from '#core/shared/csv.ts'

describe('csvCell', () => {
  it.each([
    ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
    ['+49 30', "'+49 30"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', `"'\t=1"`],
    ['＝1+1', "'＝1+1"],
    [' =1', "' =1"],
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['two\nlines', '"two\nlines"'],
    ['say "x"', '"say ""x"""'],
  ])('writes %j so that nothing runs', (text, cell) => expect(csvCell(text)).toBe(cell))

  it('keeps numbers as numbers', () => expect(csvCell(-5)).toBe('-5'))

  it('never begins a text cell like a formula', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const cell = csvCell(text).replace(/^"/, '')
        expect(/^[=+\-@\t\r]/.test(cell)).toBe(false)
      }),
    )
  })
})

it('rows end as RFC 4180 says', () => expect(toCsv([['a', 1]])).toBe('\uFEFFa,1\r\n'))
