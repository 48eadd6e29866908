import { readFileSync } from 'node:fs'
import type { CostFacts } from '#core/customs/landed-cost.ts'
import { prepareChecks, type ParcelChecks, type ParcelChecksFile } from '#core/customs/parcel-checks.ts'
import type { ParcelLine, RuledParcel } from '#core/customs/rules/parcel.ts'
import { readRuleFile } from '#core/customs/rules/read-rule-file.ts'
import type { RuleSet } from '#core/customs/rules/rule.ts'
import { money } from '#core/money/money.ts'
import type { RateSet } from '#core/money/rate-set.ts'

/** The rules that come with the app, and parcels to try them on. */

export const RULES_TEXT = readFileSync(
  new URL('../../resources/destination-rules.json', import.meta.url),
  'utf8',
)

export function ourChecks(): ParcelChecks {
  const file = new URL('../../resources/parcel-checks.json', import.meta.url)
  return prepareChecks(JSON.parse(readFileSync(file, 'utf8')) as ParcelChecksFile)
}

export function ourRules(): RuleSet {
  const read = readRuleFile(RULES_TEXT)
  if (!read.ok) throw new Error(read.error.reason)
  return read.value.set
}

/** One unit of each currency to the euro, times ten where that makes a test readable; none is real. */
export const TEST_RATES: RateSet = {
  ...{ base: 'EUR', date: '2026-11-20', source: 'test' },
  rates: {
    ...{
      USD: '1.25',
      GBP: '0.8',
      CNY: '8',
      CAD: '1.6',
      AUD: '1.6',
      NZD: '2',
      NOK: '10',
      CHF: '1',
      JPY: '160',
    },
    ...{ KRW: '1600', SGD: '1.6', MYR: '5', THB: '40', VND: '30000', IDR: '20000', MXN: '20', BRL: '6.25' },
    ...{ TRY: '50', AED: '5', SAR: '5', RON: '5' },
  },
}

export const lineOf = (minor: number, currency: string, more: Partial<ParcelLine> = {}): ParcelLine => ({
  ...{ hs6: '691200', origin: 'CN', quantity: 1, value: money(minor, currency), dutyRate: null },
  ...more,
})

export const parcelTo = (
  destination: string,
  lines: readonly ParcelLine[],
  more: Partial<RuledParcel> = {},
): RuledParcel => ({
  ...{ destination, postcode: '', sentFrom: 'CN', travels: 'courier', schemes: {}, shipOn: '2026-11-22' },
  ...{ lines, freight: money(0, lines[0]?.value.currency ?? 'EUR'), grossGrams: 500 },
  ...more,
})

export const costFacts = (more: Partial<CostFacts> = {}): CostFacts => ({
  ...{ rates: TEST_RATES, trusted: new Set(), handling: false, homeCurrency: 'CNY' },
  ...more,
})
