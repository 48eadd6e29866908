import fc from 'fast-check'
import { expect, it } from 'vitest'
import { canonicalJson } from '#core/shared/canonical-json.ts'

const key = fc.oneof(
  fc.constantFrom('a', 'b', 'B', 'ä', '10', '9', '1.5', '__proto__', 'toJSON', ''),
  fc.string(),
)
const { value } = fc.letrec<{ value: unknown; record: Record<string, unknown> }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.jsonValue({ maxDepth: 0 }),
    fc.constant(undefined),
    fc.array(tie('value')),
    tie('record'),
  ),
  record: fc.array(fc.tuple(key, tie('value'))).map((entries) => Object.fromEntries(entries)),
}))

/** The rule, as it is written down. */
function byTheRule(of: unknown): string {
  if (Array.isArray(of)) return `[${of.map(byTheRule).join(',')}]`
  if (typeof of !== 'object' || of === null) return JSON.stringify(of ?? null)
  const entries = Object.entries(of).filter(([, each]) => each !== undefined)
  const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${sorted.map(([name, each]) => `${JSON.stringify(name)}:${byTheRule(each)}`).join(',')}}`
}

it('writes every value as the rule says', () => {
  fc.assert(
    fc.property(value, (any) => {
      expect(canonicalJson(any)).toBe(byTheRule(any))
    }),
    { numRuns: 2_000 },
  )
})

it('does not depend on how a value was built, and keeps keys in order that objects do not', () => {
  expect(canonicalJson({ b: [1, { d: undefined, c: 2 }], a: undefined })).toBe('{"b":[1,{"c":2}]}')
  expect(canonicalJson({ 9: 1, 10: 2, a: { 2: 1, 11: 2 } })).toBe('{"10":2,"9":1,"a":{"11":2,"2":1}}')
  expect(canonicalJson([undefined, null, NaN])).toBe('[null,null,null]')
})
