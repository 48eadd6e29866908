import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OrderRow } from '#core/order/order-row.ts'
import { parseSearch } from '#core/order/parse-search.ts'
import { SEARCH_OPERATORS } from '#core/order/search-operators.ts'
import { choicesFor, groupOf, OPERATOR_EXAMPLES } from '#renderer/app/search-choices.ts'

const texts = (typed: string) =>
  choicesFor(typed, null, []).map((choice) => ('text' in choice ? choice.text : ''))

describe('choicesFor', () => {
  it.each([
    ['c', ['country:', 'channel:']],
    ['mug -co', ['mug -country:']],
    ['t', ['tracking:', 'tag:', 'total:']],
    ['is:la', ['is:label-ready ', 'is:late ', 'is:late-risk ']],
    ['x -HAS:n', ['x -has:note ']],
    ['is:late', ['is:late-risk ']],
    ['country:', []],
    ['vd-c', []],
    ['mug ', []],
    ['"c', []],
  ])('completes %j to %j', (typed, expected) => expect(texts(typed)).toEqual(expected))

  it('shows what was looked for and what can be said before anything is typed', () => {
    const recent = Array.from({ length: 9 }, (_, i) => ({ text: `r${i}`, at: i }))
    const choices = choicesFor(' ', null, recent)
    expect(choices.map(groupOf)).toEqual([
      ...Array.from({ length: 5 }, () => 'recent'),
      ...SEARCH_OPERATORS.map(() => 'operator'),
    ])
  })

  it('shows orders and the way to all of them; none when there are none', () => {
    const row = { id: '1' } as OrderRow
    const found = { text: 'mug', count: 20, rows: [row] }
    expect(choicesFor('mug', found, []).map(({ kind }) => kind)).toEqual(['order', 'all'])
    expect(choicesFor('mug', { ...found, count: 0, rows: [] }, [])).toEqual([])
  })

  it('has an example of each operator that is understood', () => {
    for (const [operator, example] of Object.entries(OPERATOR_EXAMPLES)) {
      const { terms, facts, hints } = parseSearch(example)
      expect([operator, terms.length + facts.length, hints]).toEqual([operator, 1, []])
    }
  })

  it('takes no time and never fails for whatever is typed', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (typed) => void choicesFor(typed, null, [])))
    const started = performance.now()
    for (const unit of ['a', 'a-', 'a:', ' a', '-']) choicesFor(unit.repeat(5_000), null, [])
    expect(performance.now() - started).toBeLessThan(500)
  })
})
