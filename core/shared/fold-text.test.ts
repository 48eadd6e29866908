import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldText } from '#core/shared/fold-text.ts'

describe('foldText', () => {
  it.each([
    ['Müller  STRASSE', 'muller strasse'],
    ['Straße', 'strasse'],
    ['ＡＢＣ－１２３', 'abc-123'],
    ['İstanbul', 'istanbul'],
    ['Łódź Øre', 'lodz ore'],
    ['東京ガーデン', '東京ガーデン'],
    ['서울', '서울'],
    ['ﬁne', 'fine'],
    ['\u00a0a\n\tb ', 'a b'],
    ['', ''],
  ])('folds %j to %j', (text, folded) => expect(foldText(text)).toBe(folded))

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(foldText(foldText(text))).toBe(foldText(text))
      }),
      { numRuns: 2000 },
    )
  })
  it('finds a needle whatever its case', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (a, needle, b) => {
        expect(foldText(a + needle.toUpperCase() + b)).toContain(foldText(needle))
      }),
    )
  })
})
