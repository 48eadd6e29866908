import fc from 'fast-check'
import { expect, it } from 'vitest'
import { canonicalJson } from '#core/shared/canonical-json.ts'
import { sameJson } from '#core/shared/same-json.ts'

const pair = fc.oneof(
  fc.tuple(fc.jsonValue(), fc.jsonValue()),
  fc.jsonValue().map((value) => [value, structuredClone(value)] as const),
  // Close to each other: one leaf away, keys in another order.
  fc
    .tuple(
      fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.jsonValue({ maxDepth: 1 })),
      fc.constantFrom('a', 'b', 'c'),
      fc.jsonValue(),
    )
    .map(
      ([record, key, value]) =>
        [record, Object.fromEntries([[key, value], ...Object.entries(record).reverse()])] as const,
    ),
)

it('says what the canonical texts say', () => {
  fc.assert(
    fc.property(pair, ([a, b]) => {
      expect(sameJson(a, b)).toBe(canonicalJson(a) === canonicalJson(b))
    }),
    { numRuns: 1_000 },
  )
})

it('takes a key without a value for none, and nothing for no null', () => {
  expect(sameJson({ a: 1, b: undefined }, { a: 1 })).toBe(true)
  expect(sameJson({ a: { b: undefined } }, { a: {} })).toBe(true)
  expect(sameJson({ a: 1, b: undefined }, { a: 1, c: 1 })).toBe(false)
  expect(sameJson({ a: undefined, b: 1 }, { a: 1, b: undefined })).toBe(false)
  expect(sameJson(undefined, null)).toBe(false)
  expect(sameJson(undefined, undefined)).toBe(true)
  expect(sameJson([], {})).toBe(false)
})
