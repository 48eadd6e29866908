import { expect, it } from 'vitest'
import { lanesOn } from '#core/customs/rules/bands.ts'
import { rulesOf } from '#core/customs/rules/rules-of.ts'
import { ourRules } from '#tests/support/destination-rules.ts'

const lanes = (country: string, day = '2026-11-22') =>
  lanesOn(rulesOf(ourRules(), country), day).map(({ bands }) =>
    bands.map(({ over, upTo, rule }) => {
      const from = over === null ? '' : `${over.inclusive ? '>=' : '>'}${over.amount} `
      const to = upTo === null ? '' : `${upTo.inclusive ? '<=' : '<'}${upTo.amount} `
      return `${from}${to}${rule?.id ?? '-'}`
    }),
  )

it('draws the values of a country one after the other, and what no row is for', () => {
  expect(lanes('DE')).toEqual([['<=150 eu-low-flat-duty', '>150 eu-high']])
  expect(lanes('DE', '2026-06-30')).toEqual([['<=150 eu-low-2021', '>150 eu-high']])
  expect(lanes('MY')).toEqual([['<=500 my-low', '>500 -']])
  expect(lanes('TH')).toEqual([['<=1 -', '>1 th-2026']])
  expect(lanes('SA')).toEqual([['<1000 sa-low', '>=1000 sa-high']])
  expect(lanes('US')).toEqual([['us-2026-07']])
  expect(lanes('IN')).toEqual([])
})

it('keeps apart what holds under other conditions', () => {
  expect(lanes('KR')).toEqual([
    ['<=150 kr-low', '>150 kr-high'],
    ['<=200 kr-low-us', '>200 kr-high-us'],
  ])
  expect(lanes('CA')[1]).toEqual(['<=40 ca-cusma-low', '>40 <=150 ca-cusma-middle', '>150 ca-cusma-high'])
  expect(lanes('NO')).toEqual([['<3000 no-voec'], ['no-other']])
})
