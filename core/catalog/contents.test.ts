import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkContents, contentsText, readContents, readPieces } from '#core/catalog/contents.ts'
import type { Contained } from '#core/catalog/product.ts'

const part = (sku: string, quantity = 1): Contained => ({ sku, quantity })

describe('contents of a bundle', () => {
  it('are taken with SKUs as they are, without blanks around them', () => {
    expect(checkContents('SET', [part(' MUG ', 2), part('LID')])).toEqual({
      ok: true,
      value: [part('MUG', 2), part('LID')],
    })
    expect(checkContents('SET', [])).toEqual({ ok: true, value: [] })
  })

  it.each<[Contained[], string, string]>([
    [[part('MUG'), part(' ')], 'part-sku-missing', 'contains.1.sku'],
    [[part('x'.repeat(201))], 'part-sku-too-long', 'contains.0.sku'],
    [[part('MUG'), part('SET ')], 'part-is-itself', 'contains.1.sku'],
    [[part('MUG'), part('MUG', 2)], 'part-twice', 'contains.1.sku'],
    [[part('MUG', 0)], 'part-quantity-invalid', 'contains.0.quantity'],
    [[part('MUG', 10_000)], 'part-quantity-invalid', 'contains.0.quantity'],
    [[part('MUG', 1.5)], 'part-quantity-invalid', 'contains.0.quantity'],
    [[part('MUG', Number.NaN)], 'part-quantity-invalid', 'contains.0.quantity'],
    [Array.from({ length: 31 }, (_, i) => part(`P${i}`)), 'parts-too-many', 'contains'],
  ])('%j: %s', (contains, reason, field) => {
    expect(checkContents('SET', contains)).toMatchObject({ error: { code: 'invalid-input', reason, field } })
  })

  it('are read from one line, and written as one', () => {
    expect(readContents(' MUG*2; LID | A*B*3;; 杯×4 ')).toEqual([
      ...[part('MUG', 2), part('LID'), part('A*B', 3), part('杯', 4)],
    ])
    for (const text of ['MUG*', 'MUG*two', 'MUG*-1', 'MUG*1e3', 'MUG*9999999'])
      expect(checkContents('SET', readContents(text))).toMatchObject({
        error: { reason: 'part-quantity-invalid' },
      })
    expect(readPieces(' １２ ')).toBe(12)
  })

  it('come back from their line as they were', () => {
    const sku = fc.string({ minLength: 1, maxLength: 20 }).filter((text) => !/[;|\r\n]/.test(text))
    const contents = fc.uniqueArray(fc.tuple(sku, fc.integer({ min: 1, max: 9_999 })), {
      ...{ maxLength: 30, selector: ([of]) => of.trim() },
    })
    fc.assert(
      fc.property(contents, (list) => {
        const checked = checkContents(
          ' ',
          list.map(([of, quantity]) => part(of, quantity)),
        )
        if (checked.ok) expect(readContents(contentsText(checked.value))).toEqual(checked.value)
      }),
    )
  })
})
