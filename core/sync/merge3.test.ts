import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyDiff, diff } from '#core/sync/diff.ts'
import { isEqual, merge3, type FieldPolicy } from '#core/sync/merge3.ts'

const FIELDS = ['a.title', 'b.title', 'a.stock', 'b.stock', 'status']
const policyOf = (field: string): FieldPolicy =>
  field.endsWith('.stock')
    ? { kind: 'delta', least: 0 }
    : field === 'status'
      ? { kind: 'remote' }
      : { kind: 'ask' }

const value = (field: string): fc.Arbitrary<unknown> =>
  field.endsWith('.stock')
    ? fc.integer({ min: 0, max: 20 })
    : fc.oneof(
        fc.constantFrom('one', 'two', 'three'),
        fc.record({ minor: fc.integer({ min: 1, max: 3 }), currency: fc.constant('EUR') }),
      )

const fields = fc
  .tuple(...FIELDS.map((field) => fc.option(value(field), { nil: undefined, freq: 4 })))
  .map((values) => {
    const pairs = FIELDS.map((field, i): [string, unknown] => [field, values[i]])
    return new Map(pairs.filter(([, each]) => each !== undefined))
  })

const triple = fc.tuple(fields, fields, fields)
const asEntries = (map: ReadonlyMap<string, unknown>) =>
  [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([field, each]) => [field, each])

describe('a merge of three', () => {
  it('takes what only one side changed', () => {
    fc.assert(
      fc.property(fields, fields, (before, other) => {
        const fromThere = merge3(before, before, other, policyOf)
        expect(asEntries(fromThere.fields)).toEqual(asEntries(other))
        const fromHere = merge3(before, other, before, policyOf)
        expect(asEntries(fromHere.fields)).toEqual(asEntries(other))
        expect([...fromThere.conflicts, ...fromHere.conflicts, ...fromHere.taken]).toEqual([])
      }),
    )
  })

  it('never overwrites what was done here without asking, and asks only when both sides changed it', () => {
    fc.assert(
      fc.property(triple, ([before, here, there]) => {
        const { fields: merged, conflicts } = merge3(before, here, there, policyOf)
        const asked = new Set(conflicts.map(({ field }) => field))
        for (const field of FIELDS) {
          const [b, h, t, m] = [before, here, there, merged].map((each) => each.get(field))
          if (asked.has(field)) {
            expect(isEqual(m, h)).toBe(true)
            expect(isEqual(h, b) || isEqual(t, b)).toBe(false)
          } else if (policyOf(field).kind === 'ask' && !isEqual(h, b)) expect(isEqual(m, h)).toBe(true)
        }
      }),
    )
  })

  it('adds up differences of stock, one after the other as well as at once', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 6 }), (start, steps) => {
        const stock = (amount: number) => new Map([['a.stock', amount]])
        const remote = steps.reduce((sum, step) => Math.max(0, sum + step), start)
        const here = start + 2
        const merged = merge3(stock(start), stock(here), stock(remote), policyOf)
        expect(merged.conflicts).toEqual([])
        expect(merged.fields.get('a.stock')).toBe(remote + 2)
      }),
    )
  })

  it('asks when fewer pieces are left than were taken here', () => {
    const stock = (amount: number) => new Map([['a.stock', amount]])
    expect(merge3(stock(5), stock(1), stock(2), policyOf).conflicts).toMatchObject([{ here: 1, there: 2 }])
  })

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(triple, ([before, here, there]) => {
        const once = merge3(before, here, there, policyOf)
        fc.pre(once.conflicts.length === 0)
        const again = merge3(there, once.fields, there, policyOf)
        expect(asEntries(again.fields)).toEqual(asEntries(once.fields))
        expect(again).toMatchObject({ conflicts: [], taken: [] })
      }),
    )
  })

  it('leaves a status to the remote', () => {
    const status = (word: string) => new Map([['status', word]])
    const merged = merge3(status('open'), status('packed'), status('cancelled'), policyOf)
    expect(merged.fields.get('status')).toBe('cancelled')
  })
})

describe('a difference', () => {
  it('done to the one makes it the other, and there is none between equals', () => {
    fc.assert(
      fc.property(fields, fields, (from, to) => {
        expect(asEntries(applyDiff(from, diff(from, to)))).toEqual(asEntries(to))
        expect(diff(from, new Map(from))).toEqual([])
      }),
    )
  })
})
