import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSearch } from '#core/order/parse-search.ts'
import { HAS_VALUES, IS_VALUES, SEARCH_OPERATORS } from '#core/order/search-operators.ts'
import { BLOCKED_REASONS } from '#core/order/order.ts'

const DAY = 24 * 60 * 60 * 1000
const words = (typed: string) =>
  parseSearch(typed).terms.map(
    ({ field, text, phrase, negated }) =>
      `${negated ? '-' : ''}${field ?? ''}:${phrase ? JSON.stringify(text) : text}`,
  )
const facts = (typed: string) =>
  parseSearch(typed).facts.map(({ negated, ...fact }) => (negated ? { not: fact } : fact))

describe('words', () => {
  it.each([
    ['Müller  tasse', [':muller', ':tasse']],
    ['"Blue Mug" -red', [':"blue mug"', '-:red']],
    ['-"blue mug" “a b”', ['-:"blue mug"', ':"a b"']],
    ['"blue mu', [':blue mu']],
    ['ＶＤ－１０', [':vd-10']],
    ['sku:MUG-1 buyer:"Anna Smith"', ['sku:mug-1', 'buyer:"anna smith"']],
    ['number：VD-1 SKU:x', ['number:vd-1', 'sku:x']],
    ['-email:a@b.c tracking:RR1', ['-email:a@b.c', 'tracking:rr1']],
    ['- & … "" sku: country:', []],
    ['a -b-c', [':a', '-:b-c']],
    ['foo:bar', [':foo:bar']],
    ['total:abc country:germany', [':total:abc', ':country:germany']],
    ['手机壳 ｶﾞｰﾃﾞﾝ', [':手机壳', ':ガーデン']],
  ])('%j asks for %j', (typed, expected) => expect(words(typed)).toEqual(expected))
})

describe('facts', () => {
  it.each([
    ['country:de', { kind: 'country', code: 'DE' }],
    ['Country:UK', { kind: 'country', code: 'GB' }],
    ['-country:DE', { not: { kind: 'country', code: 'DE' } }],
    ['channel:"Shop 1"', { kind: 'channel', text: 'shop 1' }],
    ['tag:Gift', { kind: 'tag', text: 'gift' }],
    ['assignee:Zoë', { kind: 'assignee', text: 'zoe' }],
    ['service:DHL', { kind: 'service', text: 'dhl' }],
    ['total:>100', { kind: 'total', range: { from: 1_000_001, to: null }, currency: null }],
    ['total:<=99.90eur', { kind: 'total', range: { from: null, to: 999_000 }, currency: 'EUR' }],
    ['total:10..50', { kind: 'total', range: { from: 100_000, to: 500_000 }, currency: null }],
    ['total:10,5..', { kind: 'total', range: { from: 105_000, to: null }, currency: null }],
    ['total:..50JPY', { kind: 'total', range: { from: null, to: 500_000 }, currency: 'JPY' }],
    ['total:42', { kind: 'total', range: { from: 420_000, to: 420_000 }, currency: null }],
    ['age:<2d', { kind: 'age', range: { from: null, to: 2 * DAY - 1 } }],
    ['age:>6h', { kind: 'age', range: { from: DAY / 4 + 1, to: null } }],
    ['age:>=1w', { kind: 'age', range: { from: 7 * DAY, to: null } }],
    ['age:1d..3d', { kind: 'age', range: { from: DAY, to: 3 * DAY } }],
    ['age:2d', { kind: 'age', range: { from: 2 * DAY, to: 3 * DAY - 1 } }],
    ['placed:2026-11-01..2026-11-05', { kind: 'placed', from: '2026-11-01', to: '2026-11-05' }],
    ['placed:2026-02', { kind: 'placed', from: '2026-02-01', to: '2026-02-28' }],
    ['placed:2026', { kind: 'placed', from: '2026-01-01', to: '2026-12-31' }],
    ['placed:>2026-02', { kind: 'placed', from: '2026-03-01', to: null }],
    ['placed:<2026-03-01', { kind: 'placed', from: null, to: '2026-02-28' }],
    ['placed:2026-11..', { kind: 'placed', from: '2026-11-01', to: null }],
    ['items:>3', { kind: 'items', range: { from: 4, to: null } }],
    ['items:2..5', { kind: 'items', range: { from: 2, to: 5 } }],
    ['is:blocked', { kind: 'queue', queues: ['blocked'] }],
    ['is:to_ship', { kind: 'queue', queues: ['to_ship'] }],
    ['is:held', { kind: 'flag', flag: 'held' }],
    ['is:late', { kind: 'clock', state: 'late' }],
    ['is:printed', { kind: 'printed' }],
    ['has:note', { kind: 'flag', flag: 'note' }],
    ['has:Label', { kind: 'has', what: 'label' }],
    ['blocked:customs-incomplete', { kind: 'blocked', reason: 'customs-incomplete' }],
  ])('%j is %j', (typed, fact) => {
    expect(facts(typed)).toEqual([fact])
    expect(words(typed)).toEqual([])
    expect(parseSearch(typed).hints).toEqual([])
  })

  it.each([
    ...[
      'country:xyz',
      'total:>',
      'total:1.23456',
      'total:5ZZZ',
      'total:1..2..3',
      'total:>1..2',
      'age:2',
      'age:<2y',
    ],
    ...[
      'placed:2026-02-30',
      'placed:2026-13',
      'placed:yesterday',
      'items:x',
      'is:fine',
      'has:luck',
      'total:..',
    ],
    ...['items:123456789012', 'blocked:x', 'placed:9999'],
  ])('%j is taken as words, and says so', (typed) => {
    const [operator, value] = typed.split(':')
    expect(facts(typed)).toEqual([])
    expect(parseSearch(typed).hints).toEqual([{ kind: 'value-unknown', operator, value }])
  })

  it('names an operator that there is not', () => {
    expect(parseSearch('colour:red').hints).toEqual([
      { kind: 'unknown-operator', operator: 'colour', value: '' },
    ])
  })

  it('knows every value that it offers', () => {
    const offered = [
      ...IS_VALUES.map((value) => `is:${value}`),
      ...HAS_VALUES.map((value) => `has:${value}`),
      ...BLOCKED_REASONS.map((value) => `blocked:${value}`),
    ]
    for (const typed of offered) expect([typed, facts(typed).length]).toEqual([typed, 1])
  })
})

describe('whatever is typed', () => {
  const bit = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom('"', '-', ':', ' ', '..', '>', '“', '东京', 'total:>1', 'is:', '-country:DE', '\u3000'),
    fc.constantFrom(...SEARCH_OPERATORS).map((name) => `${name}:`),
  )
  const typed = fc.array(bit, { maxLength: 20 }).map((bits) => bits.join(''))

  it('never throws; what is understood lies in the text, in order, and is not much', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const { spans, terms, facts } = parseSearch(text)
        let last = 0
        for (const { from, to } of spans) {
          expect(from).toBeGreaterThanOrEqual(last)
          expect(to).toBeGreaterThan(from)
          expect(to).toBeLessThanOrEqual(text.length)
          last = to
        }
        expect(terms.length + facts.length).toBeLessThanOrEqual(32)
        expect(terms.every(({ text: word }) => word !== '')).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })

  it('reads each of its parts alone as it reads them together', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const whole = parseSearch(text)
        const parts = new Map<number, string>()
        for (const { from, to, kind } of whole.spans)
          if (kind === 'value') {
            const [start] = [...parts.keys()].slice(-1)
            parts.set(start ?? from, text.slice(start, to))
          } else parts.set(from, text.slice(from, to))
        fc.pre(text.length <= 500 && whole.terms.length + whole.facts.length < 32)
        const alone = [...parts.values()].map(parseSearch)
        expect(alone.flatMap(({ terms }) => terms)).toEqual(whole.terms)
        expect(alone.flatMap(({ facts }) => facts)).toEqual(whole.facts)
      }),
      { numRuns: 500 },
    )
  })

  it('takes no time for hostile texts', () => {
    const started = performance.now()
    for (const unit of ['"', '-', 'a:', 'a-', ' "', '\u0301', 'total:1..']) parseSearch(unit.repeat(300_000))
    expect(performance.now() - started).toBeLessThan(300)
  })

  it('says nothing for an empty text', () => {
    expect(parseSearch('  - "" is:')).toMatchObject({ terms: [], facts: [], hints: [] })
  })
})
