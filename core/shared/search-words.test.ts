import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  hasPhrase,
  joinPiece,
  LONGEST_WORD,
  piecesOf,
  soughtWords,
  wordsOf,
} from '#core/shared/search-words.ts'
import { foldText } from '#core/shared/fold-text.ts'

describe('wordsOf', () => {
  it.each([
    ['Blue mug', ['blue', 'mug']],
    ['A-1001', ['a1001', '1001']],
    ['MÜG-1/rot', ['mug1rot', '1rot', 'rot']],
    ['RR123456785CN', ['rr123456785cn', '123456785cn']],
    ['iphone15', ['iphone15']],
    ['Marie.Curie@x.fr', ['mariecuriexfr', 'curiexfr', 'xfr', 'fr']],
    ['手机壳', ['手机', '机壳', '壳']],
    ['东', ['东']],
    ['ｶﾞｰﾃﾞﾝ', ['ガー', 'ーデ', 'デン', 'ン']],
    ['서울시', ['서울', '울시', '시']],
    ['กาแฟ', ['กา', 'าแ', 'แฟ', 'ฟ']],
    ['Чашка 赤 Ελλάς', ['чашка', '赤', 'ελλασ']],
    ['iphone手机壳x', ['iphone', '手机', '机壳', '壳', 'x']],
    ['𠮷野', ['𠮷野', '野']],
    ['手机/壳', ['手机', '机', '壳']],
    [' -- @ … ', []],
  ])('of %j are %j', (text, words) => expect(wordsOf(foldText(text))).toEqual(words))

  const some = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({
      unit: fc.constantFrom('a', 'B', '1', '-', '.', ' ', '東', '京', 'ガ', 'ー', '서', 'ก', 'é', '😀', '@'),
    }),
  )

  it('never more than a few characters each, and not many more than the text has', () => {
    fc.assert(
      fc.property(some, (text) => {
        const folded = foldText(text)
        const words = wordsOf(folded)
        expect(words.every((word) => word.length > 0 && word.length <= LONGEST_WORD)).toBe(true)
        expect(words.length).toBeLessThanOrEqual(folded.length)
      }),
    )
  })

  it('every text is found by itself, by the beginning of its last word, and without what stands between', () => {
    fc.assert(
      fc.property(some, fc.nat(), (text, cut) => {
        const folded = foldText(text)
        const words = new Set(wordsOf(folded))
        const finds = (sought: string) =>
          soughtWords(sought).every(({ text: word, exact }) =>
            exact ? words.has(word) : [...words].some((known) => known.startsWith(word)),
          )
        expect(finds(folded)).toBe(true)
        const pieces = piecesOf(folded)
        expect(pieces.every((piece) => finds(joinPiece(folded, piece)))).toBe(true)
        const [last] = pieces.slice(-1)
        const shorter = last && !last.paired ? joinPiece(folded, last) : ''
        expect(finds(shorter.slice(0, (cut % (shorter.length + 1)) + 1))).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('takes time in proportion to hostile texts', () => {
    const started = performance.now()
    for (const unit of ['a-', 'a1234', '東', '\u0301', '"', '😀 ']) wordsOf(unit.repeat(200_000))
    expect(performance.now() - started).toBeLessThan(500)
  })
})

describe('hasPhrase', () => {
  it.each([
    ['a blue mug set', 'blue mug', true],
    ['a blue mugs', 'blue mug', false],
    ['sky-blue mug', 'blue mug', true],
    ['skyblue mug, blue mug', 'blue mug', true],
    ['東京都庁', '京都', true],
    ['x', '', true],
  ])('%j has %j: %s', (text, phrase, expected) => expect(hasPhrase(text, phrase)).toBe(expected))
})
