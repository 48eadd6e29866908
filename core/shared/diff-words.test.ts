import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffWords } from '#core/shared/diff-words.ts'

const marked = (from: string, to: string) =>
  diffWords(from, to)
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'gone' ? `[-${text}-]` : `{+${text}+}`))
    .join('')

describe('what became of a text', () => {
  it('marks words, not letters', () => {
    expect(marked('Blue ceramic mug', 'Blue stoneware mug')).toBe('Blue [-ceramic-]{+stoneware+} mug')
    expect(marked('Mug, 300 ml', 'Mug, 350 ml')).toBe('Mug, [-300-]{+350+} ml')
  })

  it('marks characters where words have no blanks', () => {
    expect(marked('蓝色马克杯', '蓝色陶瓷马克杯')).toBe('蓝色{+陶瓷+}马克杯')
  })

  it('knows nothing from something', () => {
    expect(diffWords('', '')).toEqual([])
    expect(marked('', 'a b')).toBe('{+a b+}')
    expect(marked('a b', '')).toBe('[-a b-]')
    expect(diffWords('same', 'same')).toEqual([{ kind: 'same', text: 'same' }])
  })

  it('gives both texts back, whatever they are', () => {
    const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[ab 杯\n]{0,40}$/))
    fc.assert(
      fc.property(texts, texts, (from, to) => {
        const runs = diffWords(from, to)
        const side = (other: 'gone' | 'new') =>
          runs
            .filter(({ kind }) => kind !== other)
            .map(({ text }) => text)
            .join('')
        expect(side('new')).toBe(from)
        expect(side('gone')).toBe(to)
      }),
    )
  })

  it('stays quick on texts that have nothing in common', () => {
    const from = 'a '.repeat(20_000)
    const to = 'b\n'.repeat(20_000)
    const runs = diffWords(from, to)
    expect(runs.map(({ kind }) => kind)).toEqual(['gone', 'new'])
  })
})
