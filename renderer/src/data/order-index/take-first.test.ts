import fc from 'fast-check'
import { expect, it } from 'vitest'
import { takeFirst } from '#renderer/data/order-index/take-first.ts'

it('takes what sorting would put first, equals in their order, and loses nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(30)), fc.nat(8), (keys, most) => {
      const all = keys.map((key, at) => ({ key, at }))
      const compare = (a: { key: number }, b: { key: number }) => a.key - b.key
      const { first, rest } = takeFirst(all, most, compare)
      const sorted = all.toSorted(compare)
      expect(first).toEqual(sorted.slice(0, most))
      expect(rest.toSorted((a, b) => a.at - b.at)).toEqual(sorted.slice(most).toSorted((a, b) => a.at - b.at))
    }),
  )
})
