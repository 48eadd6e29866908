import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quickParse } from '#core/contracts/quick-parse.ts'
import { z } from '#core/contracts/zod.ts'

const part = z.object({
  id: z
    .string()
    .regex(/^[a-z]+$/)
    .pipe(z.custom<string>()),
  name: z.string().min(1).max(3),
  count: z.number().int().nonnegative(),
  weight: z.number().nullable(),
  state: z.enum(['on', 'off']),
  sure: z.literal(true).optional(),
  more: z.string().nullable().default('none'),
  tags: z.array(z.boolean()).max(2),
  by: z.record(z.string().max(2), z.number()),
  any: z.unknown(),
})
const either = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('one'), part }),
  z.strictObject({ kind: z.literal('two'), at: z.number().positive() }),
])
const parse = (value: unknown) => quickParse(either, value)

/** Values in order, values that are nearly so, and anything else. */
const odd = fc.constantFrom(
  undefined,
  null,
  '',
  'abcd',
  'on',
  -1,
  0,
  1.5,
  NaN,
  Infinity,
  true,
  [],
  {},
  [true, 1],
  new Date(0),
)
const whole = fc.record(
  {
    id: fc.constantFrom('abc', 'x'),
    name: fc.constantFrom('a', 'abc'),
    count: fc.nat(),
    weight: fc.constantFrom(null, 1.5),
    state: fc.constantFrom('on', 'off'),
    sure: fc.constant(true),
    more: fc.constantFrom(null, 'some'),
    tags: fc.array(fc.boolean(), { maxLength: 2 }),
    by: fc.dictionary(fc.constantFrom('a', 'bb', 'ccc'), fc.integer(), { noNullPrototype: true }),
    any: fc.anything(),
  },
  { requiredKeys: ['id', 'name', 'count', 'weight', 'state', 'tags', 'by'] },
)
const spoiled = fc
  .tuple(
    whole,
    fc.constantFrom('id', 'name', 'count', 'weight', 'state', 'sure', 'more', 'tags', 'by', 'extra'),
    odd,
  )
  .map(([value, key, other]) => ({ ...value, [key]: other }))
const values = fc.oneof(
  fc.oneof(whole, spoiled).map((value) => ({ kind: 'one', part: value })),
  fc.oneof(fc.integer(), odd).map((at) => ({ kind: 'two', at })),
  fc.record({ kind: fc.constantFrom('one', 'two', 'three'), at: odd, part: odd }),
  odd,
)

describe('quickParse', () => {
  it('answers what the schema answers, whatever it is given', () => {
    fc.assert(
      fc.property(values, (value) => {
        const [mine, zods] = [parse(value), either.safeParse(value)]
        expect(mine.success).toBe(zods.success)
        expect(mine.data).toEqual(zods.data)
        expect(mine.error?.issues).toEqual(zods.error?.issues)
      }),
      { numRuns: 2_000 },
    )
  })

  it('gives out what is in order as it is, and a copy of what is not', () => {
    const exact = { kind: 'two', at: 1 }
    expect(parse(exact).data).toBe(exact)
    const [sample] = fc.sample(whole, 1)
    const filled = { kind: 'one', part: { ...sample, by: {}, any: 1, more: 'x' } }
    expect(parse(filled).data).toBe(filled)
    expect(parse({ ...filled, unknown: 1 }).data).toEqual(filled)
    expect(parse({ ...filled, part: { ...filled.part, more: undefined } }).data).toMatchObject({
      part: { more: 'none' },
    })
  })

  it.each([
    ['a format', z.email(), 'no address'],
    ['a whole number', z.int(), 1.5],
    ['a change of case', z.string().toUpperCase(), 'abc'],
    ['a transform', z.string().transform((text) => text.length), 'abc'],
    ['a refinement', z.string().refine((text) => text === 'x'), 'abc'],
    ['coercion', z.coerce.number(), '12'],
    ['keys of any kind', z.looseObject({ a: z.string() }), { a: 1 }],
    ['a pattern that remembers', z.string().regex(/a/g), 'b'],
    ['a multiple', z.number().multipleOf(2), 3],
    [
      'one of several',
      z.union([z.object({ a: z.string() }), z.object({ b: z.string() })]),
      { a: 'x', b: 'y' },
    ],
  ])('leaves %s to the schema', (_what, schema, value) => {
    const [mine, zods] = [quickParse<unknown>(schema, value), schema.safeParse(value)]
    expect(mine.success).toBe(zods.success)
    expect(mine.data).toEqual(zods.data)
  })
})
