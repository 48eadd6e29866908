import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { landedCost, type CostFacts, type LandedCost } from '#core/customs/landed-cost.ts'
import type { ParcelLine, RuledParcel } from '#core/customs/rules/parcel.ts'
import { money, sumMoney, toDecimalString } from '#core/money/money.ts'
import { costFacts, lineOf, ourRules, parcelTo } from '#tests/support/destination-rules.ts'

const set = ourRules()
const cost = (parcel: RuledParcel, more: Partial<CostFacts> = {}) => landedCost(set, parcel, costFacts(more))
const charges = ({ charges }: LandedCost) =>
  charges.map(
    ({ kind, amount, counts }) =>
      `${counts ? '' : '('}${kind} ${toDecimalString(amount)}${counts ? '' : ')'}`,
  )
const gaps = (found: LandedCost) => found.gaps.map(({ kind, detail }) => [kind, detail].join(' ').trim())
const total = (found: LandedCost) => found.total && toDecimalString(found.total)
const goods = (hs6: string, origin = 'CN', minor = 1000) => lineOf(minor, 'EUR', { hs6, origin })
const toGermany = (lines: readonly ParcelLine[]) => parcelTo('DE', lines)

describe('landed cost', () => {
  // Examples of Lithuanian Customs and Baker McKenzie, 2026-07-02; five T-shirts are one line.
  it.each<[string, ParcelLine[], string]>([
    ['five identical T-shirts', [lineOf(5000, 'EUR', { hs6: '610910', quantity: 5 })], '3.00'],
    ['the same on two order lines', [goods('610910'), goods('610910')], '3.00'],
    ['a T-shirt and a watch', [goods('610910'), goods('910211')], '6.00'],
    ['shoes, two dolls, five T-shirts', [goods('640399'), goods('950300'), goods('610910')], '9.00'],
    ['the same goods of two origins', [goods('610910', 'CN'), goods('610910', 'VN')], '6.00'],
  ])('EUR 3 per tariff line: %s', (_name, lines, expected) => {
    expect(charges(cost(toGermany(lines)))[0]).toBe(`duty ${expected}`)
  })

  it('the Union: VAT of the country on goods and freight, not on the flat duty', () => {
    const parcel = { ...toGermany([goods('610910', 'CN', 10_000)]), freight: money(500, 'EUR') }
    const found = cost(parcel)
    expect(charges(found)).toEqual(['duty 3.00', '(levy 2.00)', 'tax 19.95'])
    expect([total(found), found.home && toDecimalString(found.home.charged)]).toEqual(['127.95', '183.60'])
    // Nobody has vouched for the handling fee.
    expect(gaps(found)).toEqual(['needs-word eu-handling-fee'])
    const trusted = cost(parcel, { trusted: new Set(['eu-handling-fee']) })
    expect([charges(trusted)[1], total(trusted), gaps(trusted)]).toEqual(['levy 2.00', '129.95', []])
    expect(charges(cost({ ...parcel, destination: 'HU' }))[2]).toBe('tax 28.35')
  })

  it('the Union before July: no duty; over EUR 150 nobody knows the tariff, and says so', () => {
    expect(charges(cost({ ...toGermany([goods('610910')]), shipOn: '2026-06-30' }))).toEqual(['tax 1.90'])
    const high = cost(toGermany([goods('610910', 'CN', 15_001)]))
    expect(gaps(high)).toEqual(['needs-word eu-handling-fee', 'tariff-missing 610910'])
    // 12 % of 200.00 is 24.00, and 19 % of both 42.56.
    const known = cost(toGermany([lineOf(20_000, 'EUR', { dutyRate: '0.12' })]))
    expect(charges(known)).toEqual(['duty 24.00', '(levy 2.00)', 'tax 42.56'])
  })

  it('by the rows of an imported tariff: named, free ones too, and only where the tariff decides', () => {
    const row = { tariff: 'EU' as const, code: '6109100010', text: '12.000 %', rate: '0.12' }
    const free = { tariff: 'EU' as const, code: '4901990000', text: '0 %', rate: '0' }
    const lines = [
      lineOf(20_000, 'EUR', { dutyRate: '0.12', dutyFrom: row }),
      lineOf(10_000, 'EUR', { hs6: '490199', dutyRate: '0', dutyFrom: free }),
    ]
    const found = cost(toGermany(lines))
    expect(found.rows.map(({ code }) => code)).toEqual(['4901990000', '6109100010'])
    expect(charges(found)[0]).toBe('duty 24.00')
    expect(gaps(found)).toEqual(['needs-word eu-handling-fee'])
    const low = cost(toGermany([lineOf(1_000, 'EUR', { dutyRate: '0.12', dutyFrom: row })]))
    expect([low.rows, charges(low)[0]]).toEqual([[], 'duty 3.00'])
  })

  // Worked for Remessa Conforme since 2026-05-12: 60 % less USD 30 above USD 50, ICMS inside of its own base.
  it.each([
    [5000, [], '10.24', '60.24'],
    [5001, ['0.01'], '10.25', '60.27'],
    [12_000, ['42.00'], '33.18', '195.18'],
  ] as const)('Brazil, USD minor %i', (minor, duty, icms, sum) => {
    const parcel = parcelTo('BR', [lineOf(minor, 'USD')], { schemes: { 'Remessa Conforme': true } })
    const rates = { base: 'USD', date: '2026-11-20', source: 'test', rates: { BRL: '1', CNY: '7' } }
    const found = cost(parcel, { rates, regionTax: '0.17' })
    expect(charges(found)).toEqual([...duty.map((each) => `duty ${each}`), `tax ${icms}`])
    expect([total(found), gaps(found)]).toEqual([sum, []])
  })

  it('Brazil: the highest ICMS while nobody says the state; before May the rule of then', () => {
    const parcel = parcelTo('BR', [lineOf(4000, 'USD')], { schemes: { 'Remessa Conforme': true } })
    expect(gaps(cost(parcel))).toEqual(['region-decides br-conforme-2026'])
    // USD 40 are BRL 200: 20 % is 40, and 17/83 of 240 is 49.16.
    expect(charges(cost({ ...parcel, shipOn: '2026-05-11' }))).toEqual(['duty 40.00', 'tax 49.16'])
    expect(gaps(cost({ ...parcel, schemes: {} }))).toEqual(['unsaid scheme'])
  })

  it('New Zealand: GST on goods, and a levy with GST on itself by how it travels', () => {
    const parcel = parcelTo('NZ', [lineOf(10_000, 'NZD')])
    expect(charges(cost(parcel))).toEqual(['levy 2.54', 'tax 15.00'])
    expect(charges(cost({ ...parcel, travels: 'post' }))).toEqual(['(levy 0.74)', 'tax 15.00'])
    expect(gaps(cost({ ...parcel, travels: null }))).toEqual(['unsaid travels'])
  })

  it('Mexico: one rate that covers the tax', () => {
    const found = cost(parcelTo('MX', [lineOf(10_000, 'USD')]))
    // USD 100 are MXN 1,600.
    expect([charges(found), found.charges[0]?.includesTax]).toEqual([['duty 536.00'], true])
    const us = (minor: number) => charges(cost(parcelTo('MX', [lineOf(minor, 'USD')], { sentFrom: 'US' })))
    expect([us(5000), us(5001), us(11_700), us(11_701)]).toEqual([
      [],
      ['duty 136.03'],
      ['duty 318.24'],
      ['duty 355.71'],
    ])
  })

  it('Indonesia: rates by the kind of goods', () => {
    const bag = lineOf(1000, 'USD', { hs6: '420222' })
    const mug = lineOf(1000, 'USD')
    // USD 10 are IDR 160,000: 7.5 % and 25 %; VAT on goods and duty.
    expect(charges(cost(parcelTo('ID', [bag, mug])))).toEqual([
      'duty 12000.00',
      'duty 40000.00',
      'tax 40920.00',
    ])
    expect(charges(cost(parcelTo('ID', [lineOf(300, 'USD')])))).toEqual(['tax 5280.00'])
  })

  it('Switzerland: tax up to CHF 5 is not levied, counted before rounding', () => {
    const tax = (minor: number) =>
      charges(cost(parcelTo('CH', [lineOf(minor, 'CHF')], { schemes: { 'CH-VAT': false } })))
    // 61.72 × 8.1 % = 4.99932; 61.73 × 8.1 % = 5.00013.
    expect([tax(6172), tax(6173), tax(6200)]).toEqual([[], ['tax 5.00'], ['tax 5.02']])
    const food = cost(
      parcelTo('CH', [lineOf(6172, 'CHF', { hs6: '180632' })], { schemes: { 'CH-VAT': false } }),
    )
    expect(gaps(food)).toEqual(['tariff-missing 180632'])
  })

  it('the United States: what is on top of a tariff, by origin; the tariff itself is not known', () => {
    const found = cost(parcelTo('US', [lineOf(10_000, 'USD'), lineOf(10_000, 'USD', { origin: 'VN' })]))
    expect([charges(found), gaps(found)]).toEqual([
      ['duty 12.50'],
      ['addition-unknown VN', 'tariff-missing 691200'],
    ])
    const known = cost(parcelTo('US', [lineOf(10_000, 'USD', { dutyRate: '0.098' })]))
    expect([charges(known), gaps(known)]).toEqual([['duty 9.80', 'duty 12.50'], []])
  })

  it('Saudi Arabia: nothing counts that nobody has vouched for', () => {
    const parcel = parcelTo('SA', [lineOf(10_000, 'SAR')])
    expect([charges(cost(parcel)), gaps(cost(parcel))]).toEqual([['(tax 15.00)'], ['needs-word sa-low']])
    expect(charges(cost(parcel, { trusted: new Set(['sa-low']) }))).toEqual(['tax 15.00'])
  })

  it('handling counts when a person wants it', () => {
    const parcel = parcelTo('CA', [lineOf(5000, 'CAD', { dutyRate: '0' })])
    expect(charges(cost(parcel, { regionTax: '0.13' }))).toEqual(['tax 6.50', '(handling 9.95)'])
    expect(charges(cost(parcel, { regionTax: '0.13', handling: true }))).toEqual([
      'tax 6.50',
      'handling 9.95',
    ])
  })

  it('each item by its own rule, and freight by value', () => {
    const parcel = parcelTo('NO', [lineOf(160_000, 'NOK'), lineOf(320_000, 'NOK', { dutyRate: '0' })], {
      ...{ schemes: { VOEC: true }, freight: money(3000, 'NOK') },
    })
    // 25 % of 1,600 and 10 of freight; 25 % of 3,200 and 20.
    expect(charges(cost(parcel))).toEqual(['tax 805.00', 'tax 402.50'])
  })

  it('a missing rate is said and is never 1', () => {
    const found = cost(parcelTo('GB', [lineOf(1000, 'INR')]))
    expect([found.total, found.charges, gaps(found)]).toEqual([null, [], ['unsaid rate']])
    const noHome = cost(toGermany([goods('610910')]), { homeCurrency: 'KWD' })
    expect([noHome.home, total(noHome)]).toEqual([null, '14.90'])
    expect(gaps(cost({ ...toGermany([goods('610910')]), freight: null }))).toContain('freight-missing')
  })

  it('a country without a rule costs nobody knows what', () => {
    const found = cost(parcelTo('IN', [lineOf(1000, 'USD')]))
    expect([found.charges, gaps(found), found.currency]).toEqual([[], ['no-rule'], 'USD'])
  })

  const line = fc.record({
    minor: fc.integer({ min: 1, max: 400_000 }),
    quantity: fc.integer({ min: 1, max: 9 }),
    hs6: fc.constantFrom('691200', '610910', '420222', '180632', ''),
    origin: fc.constantFrom('CN', 'VN', 'US', ''),
    dutyRate: fc.constantFrom(null, '0', '0.025', '0.12'),
  })
  const anywhere = fc.record({
    country: fc.constantFrom(...new Set(set.rules.map(({ country }) => country))),
    lines: fc.array(line, { minLength: 1, maxLength: 6 }),
    currency: fc.constantFrom('EUR', 'USD', 'CNY', 'JPY'),
    freight: fc.option(fc.integer({ min: 0, max: 5_000 })),
    travels: fc.constantFrom('post', 'courier', null),
    shipOn: fc.constantFrom('2025-09-01', '2026-05-11', '2026-07-01', '2026-11-22', '2028-07-02'),
    schemes: fc.constantFrom<Record<string, boolean>>(
      {},
      { VOEC: true, 'CH-VAT': false, 'Remessa Conforme': true },
    ),
  })

  it('sums are exact, the order of lines is of no matter, nothing is charged below nothing', () => {
    fc.assert(
      fc.property(anywhere, ({ country, lines, currency, freight, ...more }) => {
        const listed = lines.map(({ minor, ...rest }) => lineOf(minor, currency, rest))
        const carried = freight === null ? null : money(freight, currency)
        const parcel = parcelTo(country, listed, { ...more, freight: carried })
        const found = cost(parcel, { handling: true })
        const counted = found.charges.filter(({ counts }) => counts).map(({ amount }) => amount)
        expect(found.charged).toEqual(sumMoney(counted, found.currency))
        if (found.total && found.goods && found.freight)
          expect(found.total).toEqual(sumMoney([found.goods, found.freight, found.charged], found.currency))
        for (const { amount } of found.charges) expect(amount.minor).toBeGreaterThanOrEqual(0)
        const turned = cost({ ...parcel, lines: listed.toReversed() }, { handling: true })
        expect([charges(turned), turned.gaps, turned.total]).toEqual([
          charges(found),
          found.gaps,
          found.total,
        ])
        // Nothing charged and nothing open means that some row says so.
        if (found.charges.length === 0 && found.gaps.length === 0)
          expect(found.rules.clearance.every(({ kind }) => kind === 'rule')).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})
