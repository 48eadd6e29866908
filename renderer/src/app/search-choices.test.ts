import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COUNTRY_NAMES } from '#core/address/countries.ts'
import type { OrderRow } from '#core/order/order-row.ts'
import { parseSearch } from '#core/order/parse-search.ts'
import { SEARCH_OPERATORS, valuesOf } from '#core/order/search-operators.ts'
import type { RecentSearch } from '#renderer/data/setting-records.ts'
import {
  choicesFor,
  finishedPart,
  groupOf,
  OPERATOR_EXAMPLES,
  type NamedValue,
} from '#renderer/app/search-choices.ts'

const COUNTRIES = [...COUNTRY_NAMES].map(([value, alias]) => ({
  value,
  name: value === 'DE' ? '德国' : alias,
  alias,
}))
const named = (operator: string): NamedValue[] =>
  operator === 'country'
    ? COUNTRIES
    : (valuesOf(operator) ?? []).map((value) => ({ value, name: value === 'late' ? '已超时' : `(${value})` }))
const help = (recent: RecentSearch[] = []) => ({ recent, valuesOf: named })

const texts = (typed: string) =>
  choicesFor(typed, null, help()).map((choice) => ('text' in choice ? choice.text : ''))

describe('choicesFor', () => {
  it.each([
    ['c', ['country:', 'channel:']],
    ['mug -co', ['mug -country:']],
    ['t', ['tracking:', 'tag:', 'total:']],
    ['is:la', ['is:label-ready ', 'is:late ', 'is:late-risk ']],
    ['x -HAS:n', ['x -has:note ']],
    ['is:late', ['is:late-risk ']],
    ['country:', []],
    ['country:de', ['country:CD ', 'country:DK ']],
    ['mug -country:denm', ['mug -country:DK ']],
    ['country:德', ['country:DE ']],
    ['is:超时', ['is:late ']],
    ['vd-c', []],
    ['mug ', []],
    ['"c', []],
  ])('completes %j to %j', (typed, expected) => expect(texts(typed)).toEqual(expected))

  it('begins with codes, then has names; eight of many', () => {
    const got = texts('country:d').map((text) => text.slice('country:'.length).trim())
    expect(got).toEqual(['DE', 'DJ', 'DK', 'DM', 'DO', 'DZ', 'CD', 'CI'])
    expect(texts('country:s')).toHaveLength(8)
  })

  it('a value that is still being typed is not looked for, unless it cannot become one', () => {
    expect(finishedPart('mug country:d', named)).toBe('mug ')
    expect(finishedPart('mug is:la', named)).toBe('mug ')
    for (const whole of [
      'mug country:de',
      'country:d mug',
      'country:qq1',
      'is:late',
      'mug',
      'sku:a',
      'country:',
    ])
      expect(finishedPart(whole, named)).toBe(whole)
  })

  it('shows what was looked for and what can be said before anything is typed', () => {
    const recent = Array.from({ length: 9 }, (_, i) => ({ text: `r${i}`, at: i }))
    const choices = choicesFor(' ', null, help(recent))
    expect(choices.map(groupOf)).toEqual([
      ...Array.from({ length: 5 }, () => 'recent'),
      ...SEARCH_OPERATORS.map(() => 'operator'),
    ])
  })

  it('shows orders and the way to all of them; none when there are none', () => {
    const row = { id: '1' } as OrderRow
    const found = { text: 'mug', count: 20, rows: [row] }
    expect(choicesFor('mug', found, help()).map(({ kind }) => kind)).toEqual(['order', 'all'])
    expect(choicesFor('mug', { ...found, count: 0, rows: [] }, help())).toEqual([])
  })

  it('has an example of each operator that is understood', () => {
    for (const [operator, example] of Object.entries(OPERATOR_EXAMPLES)) {
      const { terms, facts, hints } = parseSearch(example)
      expect([operator, terms.length + facts.length, hints]).toEqual([operator, 1, []])
    }
  })

  it('takes no time and never fails for whatever is typed', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (typed) => void choicesFor(typed, null, help())))
    const started = performance.now()
    for (const unit of ['a', 'a-', 'a:', ' a', '-']) choicesFor(unit.repeat(5_000), null, help())
    expect(performance.now() - started).toBeLessThan(500)
  })
})
