import { expect, it } from 'vitest'
import { diffRules } from '#core/customs/rules/diff-rules.ts'
import { readRuleFile } from '#core/customs/rules/read-rule-file.ts'
import { ourRules, RULES_TEXT } from '#tests/support/destination-rules.ts'

interface Raw {
  rules: Record<string, unknown>[]
  taxRates: Record<string, Record<string, string>>
  sources: Record<string, Record<string, string>>
}

function edited(change: (raw: Raw) => void) {
  const raw = JSON.parse(RULES_TEXT) as Raw
  change(raw)
  const read = readRuleFile(JSON.stringify(raw))
  if (!read.ok) throw new Error(read.error.reason)
  return diffRules(ourRules(), read.value.set)
}

it('of the same edition there is nothing to say', () => {
  const { rules } = JSON.parse(RULES_TEXT) as Raw
  expect(edited(() => undefined)).toEqual({ added: [], changed: [], removed: [], same: rules.length })
  // Of whatever order.
  expect(edited((raw) => raw.rules.reverse())).toMatchObject({ changed: [], same: rules.length })
})

it('names what came, what went and what differs, field by field, a row of 27 countries once', () => {
  const diff = edited((raw) => {
    raw.rules = raw.rules.filter(({ id }) => id !== 'it-parcel')
    const row = (id: string) => raw.rules.find((each) => each['id'] === id) ?? {}
    Object.assign(row('eu-low-flat-duty'), {
      until: '2029-07-01',
      duty: { kind: 'per-tariff-line', amount: '4.00', currency: 'EUR' },
    })
    Object.assign(row('kr-low'), {
      consigneeId: { type: 'kr-pccc', need: 'required', pattern: '^P[0-9]{13}$' },
    })
    raw.rules.push({ ...row('gb-low'), id: 'gg-low', where: 'GG' })
  })
  expect(diff.added.map(({ id }) => id)).toEqual(['gg-low'])
  expect(diff.removed.map(({ id }) => id)).toEqual(['it-parcel'])
  expect(diff.changed.map(({ rule, changes }) => [rule.id, changes])).toEqual([
    [
      'eu-low-flat-duty',
      [
        { field: 'duty.amount', from: '3.00', to: '4.00' },
        { field: 'until', from: '2028-07-01', to: '2029-07-01' },
      ],
    ],
    ['kr-low', [{ field: 'consigneeId.pattern', from: '^P[0-9]{12}$', to: '^P[0-9]{13}$' }]],
  ])
})

it('a rate of one country in a table is a change of every row that takes it from there', () => {
  const diff = edited((raw) => {
    if (raw.taxRates['eu-vat']) raw.taxRates['eu-vat']['EE'] = '0.22'
  })
  expect(diff.changed.map(({ rule, changes }) => [rule.id, changes])).toEqual(
    ['eu-high', 'eu-low-2021', 'eu-low-flat-duty'].map((id) => [
      id,
      [{ field: 'tax.rate.EE', from: '0.24', to: '0.22' }],
    ]),
  )
})
