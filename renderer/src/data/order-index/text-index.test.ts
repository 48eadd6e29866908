import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countBits, listBits, makeBits, type Bits } from '#renderer/data/order-index/bits.ts'
import { TextIndex } from '#renderer/data/order-index/text-index.ts'
import { fromTextParts, toTextParts } from '#renderer/data/order-index/text-parts.ts'

const token = fc
  .oneof(
    fc.string({
      unit: fc.constantFrom('a', 'b', 'ü', '東', '京', '\ud83d', '😀'),
      minLength: 1,
      maxLength: 4,
    }),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 80 }),
  )
  .filter((text) => !text.includes('\u0000'))
const act = fc.oneof(
  { weight: 6, arbitrary: fc.record({ set: fc.nat(200), tokens: fc.uniqueArray(token, { maxLength: 8 }) }) },
  { weight: 2, arbitrary: fc.record({ remove: fc.nat(200) }) },
  { weight: 1, arbitrary: fc.constant('flush' as const) },
  { weight: 1, arbitrary: fc.constant('settle' as const) },
)

function found(look: (into: Bits) => void): number[] {
  const bits = makeBits(1_000)
  look(bits)
  return [...listBits(bits)]
}

function expectSame(index: TextIndex, rows: ReadonlyMap<number, readonly string[]>, sought: string): void {
  const having = (fits: (token: string) => boolean) =>
    [...rows]
      .filter(([, tokens]) => tokens.some(fits))
      .map(([ordinal]) => ordinal)
      .sort((a, b) => a - b)
  expect(found((into) => index.addBeginning(sought, into))).toEqual(having((t) => t.startsWith(sought)))
  expect(found((into) => index.addExact(sought, into))).toEqual(having((t) => t === sought))
}

describe('TextIndex', () => {
  it('finds what a scan of all rows finds, whatever was put in, changed and removed', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 120 }), fc.array(token, { maxLength: 6 }), (acts, others) => {
        const index = new TextIndex()
        const rows = new Map<number, readonly string[]>()
        for (const step of acts) {
          if (step === 'flush') index.contents()
          else if (step === 'settle') Array.from(index.settle())
          else if ('remove' in step) {
            index.remove(step.remove)
            rows.delete(step.remove)
          } else {
            index.set(step.set, step.tokens)
            rows.set(step.set, step.tokens)
          }
        }
        const stored = [...rows.values()].flat()
        for (const sought of [
          ...others,
          ...stored.slice(0, 5),
          ...stored.slice(-5).map((t) => t.slice(0, 1)),
        ])
          expectSame(index, rows, sought)
      }),
      { numRuns: 150 },
    )
  })

  it('stays right while segments are made one and rows change in between', () => {
    const index = new TextIndex()
    const rows = new Map<number, readonly string[]>()
    const put = (ordinal: number, text: string) => {
      index.set(ordinal, [text, `own${ordinal}`])
      rows.set(ordinal, [text, `own${ordinal}`])
    }
    const bits = () => found((into) => index.addBeginning('x', into))
    const { segments: none } = index.contents()
    expect(none).toEqual([])
    for (let i = 0; i < 40_000; i++) {
      put(i % 900, i % 3 ? 'xa' : 'xb')
      if (i % 80 === 0) index.contents()
    }
    const work = index.settle()
    for (let step = 0; !work.next().done; step++) {
      put(step, 'y')
      index.remove(899 - step)
      rows.delete(899 - step)
      index.contents()
    }
    expect(bits()).toEqual(
      [...rows]
        .filter(([, [text]]) => text?.startsWith('x'))
        .map(([o]) => o)
        .sort((a, b) => a - b),
    )
    for (const sought of ['xa', 'xb', 'y', 'own1', 'own89']) expectSame(index, rows, sought)
    expect(index.contents().segments.length).toBeLessThan(24)
  })

  it('comes back from its parts, and says when one is damaged or missing', () => {
    const index = new TextIndex()
    for (let i = 0; i < 3_000; i++) {
      index.set(i, [`word${i % 7}`, `own${i}`, '東京'])
      if (i % 1_000 === 0) index.contents()
    }
    index.remove(14)
    const parts = new Map(toTextParts(index).map(({ name, bytes }) => [name, bytes()]))
    const back = fromTextParts(parts)
    const bits = makeBits(4_000)
    back?.addExact('word0', bits)
    expect(countBits(bits)).toBe(Math.ceil(3_000 / 7) - 1)
    back?.set(5, ['word0'])
    expect(found((into) => back?.addExact('own5', into))).toEqual([])
    for (const name of parts.keys()) {
      const bytes = parts.get(name)!
      expect(fromTextParts(new Map([...parts].filter(([other]) => other !== name)))).toBeNull()
      for (const at of [0, 9, 40, bytes.length - 4]) {
        const damaged = bytes.slice()
        damaged[at] = (damaged[at] ?? 0) ^ 4
        expect(fromTextParts(new Map([...parts, [name, damaged]]))).toBeNull()
      }
      expect(fromTextParts(new Map([...parts, [name, bytes.subarray(0, bytes.length - 4)]]))).toBeNull()
    }
  })
})
