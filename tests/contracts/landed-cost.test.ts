import { describe, expect, it } from 'vitest'
import { landedCost } from '#core/customs/landed-cost.ts'
import { findRules } from '#core/customs/rules/find-rules.ts'
import { money, toDecimalString } from '#core/money/money.ts'
import { costFacts, lineOf, ourRules, parcelTo } from '#tests/support/destination-rules.ts'
import { readSpec, SKIPPED, specsFolder } from './specs-folder.ts'

interface Vector {
  id: string
  input: Record<string, unknown>
  expected: Record<string, unknown>
}

/** Numbers that were worked out by others, exactly. */
describe.skipIf(!specsFolder)(`landed cost against worked numbers${SKIPPED}`, () => {
  const set = ourRules()
  const { vectors } = specsFolder
    ? (readSpec('data/pricing-vectors.json') as { vectors: Vector[] })
    : { vectors: [] }
  const named = (begin: string) => vectors.filter(({ id }) => id.startsWith(begin))
  const first = (id: string) => named(id)[0] as Vector
  const cents = (text: unknown) => Math.round(Number(text) * 100)

  it('Brazil: import tax and ICMS inside of its own base (P25)', () => {
    expect(named('P25').length).toBeGreaterThan(0)
    const rates = { base: 'USD', date: '2026-11-20', source: 'test', rates: { BRL: '1', CNY: '7' } }
    for (const { input, expected } of named('P25')) {
      const parcel = parcelTo('BR', [lineOf(cents(input['customsValue']), 'USD')], {
        schemes: { 'Remessa Conforme': true },
      })
      const found = landedCost(set, parcel, costFacts({ rates, regionTax: String(input['icms']) }))
      const of = (kind: string) =>
        found.charges.find((charge) => charge.kind === kind)?.amount ?? money(0, 'BRL')
      expect([of('duty'), of('tax'), found.total ?? of('duty')].map(toDecimalString)).toEqual([
        expected['importTax'],
        expected['icms'],
        expected['total'],
      ])
    }
  })

  it('the Union: EUR 3 per tariff line (P27)', () => {
    const { input, expected } = first('P27')
    const found = (input['cases'] as number[]).map((count) => {
      const lines = Array.from({ length: count }, (_, i) => lineOf(1000, 'EUR', { hs6: `61${i}910` }))
      return landedCost(set, parcelTo('DE', lines), costFacts()).charges[0]?.amount
    })
    expect(found.map((amount) => amount && toDecimalString(amount))).toEqual(expected['duty'])
  })

  it('Norway: per item (P31)', () => {
    const { input, expected } = first('P31')
    const found = (input['cases'] as string[][]).map((items) => {
      const lines = items.map((item) => lineOf(cents(item), 'NOK'))
      const { clearance } = findRules(set, parcelTo('NO', lines, { schemes: { VOEC: true } }), null)
      return clearance.map((answer) => answer.kind === 'rule' && answer.rule.id === 'no-voec')
    })
    expect(found).toEqual(expected['voecPerItem'])
  })
})
