import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { highlightsOf } from '#core/order/highlight.ts'
import { parseSearch } from '#core/order/parse-search.ts'
import type { TextField } from '#core/order/search-terms.ts'

const marked = (text: string, typed: string, field: TextField = 'other') =>
  highlightsOf(text, parseSearch(typed).terms, field).map(({ from, to }) => text.slice(from, to))

describe('highlightsOf', () => {
  it.each([
    ['Zoë Müller', 'mull zoe', ['Zoë', 'Müll']],
    ['Zoe\u0308 Mu\u0308ller', 'mull', ['Mu\u0308ll']],
    ['Straße 5', 'strass', ['Straß']],
    ['VD-10023', 'vd10', ['VD-10']],
    ['VD-10023', '10023', ['10023']],
    ['VD-10023', '0023', []],
    ['RR123456785CN', '1234', ['1234']],
    ['ｶﾞｰﾃﾞﾝ カップ', 'ガーデン', ['ｶﾞｰﾃﾞﾝ']],
    ['東京ガーデン', '京', ['京']],
    ['蓝色手机壳', '手机', ['手机']],
    ['a blue mug, Blue mugs', '"blue mug"', ['blue mug', 'Blue mug']],
    ['blue mug', '-blue mug', ['mug']],
    ['blueblue blue', 'blue blueb', ['blueb', 'blue']],
    ['ﬁne', 'f', ['ﬁ']],
    ['x', '', []],
    ['', 'x', []],
  ])('%j under %j marks %j', (text, typed, expected) => expect(marked(text, typed)).toEqual(expected))

  it('marks only what a field was asked for', () => {
    expect(marked('Mug', 'sku:mug', 'other')).toEqual([])
    expect(marked('Mug', 'sku:mug', 'sku')).toEqual(['Mug'])
  })

  it('marks the SKU of a barcode', () => {
    const terms = parseSearch('4006381333931').terms.map((term) => ({ ...term, skus: ['Mug 1'] }))
    expect(highlightsOf('Mug 1', terms, 'sku')).toEqual([{ from: 0, to: 5 }])
    expect(highlightsOf('Mug 12', terms, 'sku')).toEqual([])
  })

  it('marks stretches that lie in the text, in order, one behind the other', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('a', 'B', '-', ' ', '東', 'é', '\u0308', 'ﾞ', 'ｶ', '😀') }),
    )
    fc.assert(
      fc.property(text, text, (shown, typed) => {
        let last = 0
        for (const { from, to } of highlightsOf(shown, parseSearch(typed).terms, 'other')) {
          expect(from).toBeGreaterThanOrEqual(last)
          expect(to).toBeGreaterThan(from)
          expect(to).toBeLessThanOrEqual(shown.length)
          last = to
        }
      }),
      { numRuns: 1_000 },
    )
  })
})
