import { expect, it } from 'vitest'
import { without } from '#core/shared/without.ts'
import type { RateSet } from '#core/money/rate-set.ts'
import { withSdr } from '#core/money/sdr.ts'

// Units per SDR as the IMF published them for 2025-01-15, inverted: what one SDR was worth that day.
const perSdr = {
  USD: 1 / 0.770578,
  EUR: 1 / 0.793695,
  CNY: 1 / 0.105101,
  JPY: 1 / 0.004876,
  GBP: 1 / 0.942263,
}
const rates = Object.fromEntries(
  Object.entries(perSdr).map(([code, units]) => [code, (units / perSdr.EUR).toFixed(6)]),
)
delete rates['EUR']
const day: RateSet = { base: 'EUR', date: '2025-01-15', source: 'test', rates }

it('reckons the SDR from its basket, within a thousandth of what the IMF published', () => {
  const found = Number(withSdr(day).rates['XDR'])
  expect(Math.abs(found * perSdr.EUR - 1)).toBeLessThan(0.001)
})

it('leaves the set as it is where it cannot know', () => {
  const rest = without(rates, 'GBP')
  expect(withSdr({ ...day, rates: rest }).rates['XDR']).toBeUndefined()
  expect(withSdr({ ...day, date: '2022-07-31' }).rates['XDR']).toBeUndefined()
  expect(withSdr({ ...day, date: '2027-08-01' }).rates['XDR']).toBeUndefined()
  expect(withSdr({ ...day, rates: { ...rates, XDR: '0.8' } }).rates['XDR']).toBe('0.8')
})
