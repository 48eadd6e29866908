import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { beforeAll, afterAll, describe, expect, it } from 'vitest'
import { findRateSet } from '#core/money/choose-rates.ts'
import { money, type Money } from '#core/money/money.ts'
import { dayOf } from '#core/money/rate-days.ts'
import type { RateSet } from '#core/money/rate-set.ts'
import { changeSince, isRevenue, knownShare, type Insights } from '#core/order/insights.ts'
import { QUEUES } from '#core/order/order-row.ts'
import { listDays, periodBefore } from '#core/order/period.ts'
import { localDay } from '#renderer/data/repos/facts.repo.ts'
import { toCostColumns } from '#renderer/data/order-index/cost-columns.ts'
import { sumInsights } from '#renderer/data/order-index/insights.ts'
import { factsOf, type SumOrder } from '#tests/support/order-facts.ts'

const zone = process.env['TZ']
beforeAll(() => (process.env['TZ'] = 'Europe/Berlin'))
afterAll(() => {
  if (zone === undefined) delete process.env['TZ']
  else process.env['TZ'] = zone
})

const PERIOD = { from: '2026-03-26', to: '2026-04-03' }
const set = (date: string, usd: string): RateSet => ({
  ...{ base: 'EUR', date, source: 'test' },
  rates: { USD: usd, JPY: '171.35', KWD: '0.3521', CNY: '7.9827' },
})
const RATES = [set('2026-03-25', '1.1476'), set('2026-03-30', '1.09'), set('2026-04-02', '1.2')]
const COSTS: Record<string, Money> = { A: money(321, 'CNY'), B: money(90, 'JPY'), C: money(1, 'CHF') }

const breathe = () => Promise.resolve()

function sum(
  orders: readonly SumOrder[],
  { home = 'EUR', rates = RATES, period = PERIOD } = {},
): Promise<Insights> {
  const facts = factsOf(orders)
  const fits = new Uint8Array(orders.length).fill(1)
  const costs = toCostColumns(facts.dictionaries.sku.texts, (sku) => COSTS[sku])
  return sumInsights(facts, { period, filters: {}, home }, { fits, rates, costs, breathe })
}

const order = (more: Partial<SumOrder> = {}): SumOrder => ({
  ...{ placedAt: Date.parse('2026-03-30T10:00:00Z'), queue: 'to_ship', channel: 'c1', country: 'DE' },
  ...{ currency: 'EUR', totalMinor: 1000, lines: [['A', 1, 800]] },
  ...more,
})

describe('what counts', () => {
  it('is what was paid and not cancelled', async () => {
    expect(QUEUES.filter((queue) => !isRevenue(queue))).toEqual(['unpaid', 'cancelled'])
    const got = await sum(QUEUES.map((queue) => order({ queue })))
    expect(got.total).toMatchObject({ orders: QUEUES.length - 2, revenue: 1000 * (QUEUES.length - 2) })
  })

  it('is the order’s total; of a SKU what its lines come to, so that shipping and discounts are nobody’s', async () => {
    const got = await sum([
      order({
        totalMinor: 1490,
        lines: [
          ['X', 2, 800],
          ['Y', 1, 300],
          ['X', 1, 400],
        ],
      }),
    ])
    expect(got.total).toMatchObject({ orders: 1, revenue: 1490, lines: 1500 })
    expect(got.skus).toMatchObject([
      { value: 'X', orders: 1, revenue: 1200 },
      { value: 'Y', orders: 1, revenue: 300 },
    ])
  })

  it('has a margin only where the cost is known, and says of how much that is', async () => {
    const got = await sum([
      order({
        currency: 'USD',
        lines: [
          ['A', 2, 1090],
          ['never', 1, 3270],
        ],
      }),
    ])
    // 10.90 USD at 1.09 are 10.00 EUR; twice 3.21 CNY at 7.9827 are 0.80 EUR.
    expect(got.total).toMatchObject({ lines: 4000, known: 1000, margin: 920 })
    expect(knownShare(got.total)).toBe(0.25)
    expect(knownShare({ lines: 0, known: 0 })).toBeNull()
    // There is no rate for francs here.
    expect((await sum([order({ lines: [['C', 1, 500]] })])).total).toMatchObject({ known: 0, margin: 0 })
  })
})

describe('labels', () => {
  it('are off the margin of their order, at the rates of its day, but of no SKU', async () => {
    const label = money(545, 'USD')
    const got = await sum([
      order({ lines: [['A', 1, 1000]], label }),
      order({ lines: [['never', 1, 1000]], label }),
      order({ lines: [['A', 1, 1000]], label: money(9, 'CHF') }),
    ])
    // 3.21 CNY at 7.9827 are 0.40 EUR; 5.45 USD at 1.09 are 5.00 EUR. Nobody knows what a franc was worth.
    expect(got.total.margin).toBe(960 - 500 + 960)
    expect(got.channels[0]?.margin).toBe(got.total.margin)
    expect(got.skus.find(({ value }) => value === 'A')?.margin).toBe(1920)
    expect(got.labelled).toBe(1)
  })
})

describe('rates', () => {
  it('are those of the day; none before the first, none a month after the last; never 1', async () => {
    const placed = (day: string) => order({ currency: 'USD', placedAt: Date.parse(`${day}T10:00:00Z`) })
    const period = { from: '2026-03-20', to: '2026-05-20' }
    const days = ['2026-03-24', '2026-03-29', '2026-03-30', '2026-04-30', '2026-05-10']
    const got = await sum(days.map(placed), { period })
    const revenueOf = (day: string) => got.days.find(({ value }) => value === day)
    expect(days.map((day) => revenueOf(day)?.revenue)).toEqual([0, 871, 917, 833, 0])
    expect(revenueOf('2026-03-24')?.orders).toBe(1)
    expect(got.unconverted).toEqual([{ currency: 'USD', orders: 2, minor: 2000 }])
    expect(got.staleOrders).toBe(1)
  })

  it('are not asked for what is in the home currency', async () => {
    const got = await sum([order({ currency: 'JPY', totalMinor: 700 })], { home: 'JPY', rates: [] })
    expect(got).toMatchObject({ total: { revenue: 700 }, unconverted: [], staleOrders: 0 })
  })
})

describe('days', () => {
  it('are those of this machine, also when the clocks change', async () => {
    const at = ['2026-03-28T23:30Z', '2026-03-29T00:30Z', '2026-03-29T21:59Z', '2026-03-29T22:00Z']
    const got = await sum(at.map((text) => order({ placedAt: Date.parse(text) })))
    const orders = Object.fromEntries(got.days.map(({ value, orders }) => [value, orders]))
    // The 29th has 23 hours in Berlin: from 23:00 to 22:00 UTC.
    expect([orders['2026-03-28'], orders['2026-03-29'], orders['2026-03-30']]).toEqual([0, 3, 1])
    expect(got.days.map(({ value }) => value)).toEqual(listDays(PERIOD))
  })
})

const someOrder: fc.Arbitrary<SumOrder> = fc.record({
  placedAt: fc.option(
    fc.date({ min: new Date('2026-03-15'), max: new Date('2026-04-06'), noInvalidDate: true }).map(Number),
  ),
  queue: fc.constantFrom(...QUEUES),
  channel: fc.constantFrom('c1', 'c2'),
  country: fc.constantFrom('DE', 'JP', ''),
  currency: fc.constantFrom('EUR', 'USD', 'JPY', 'KWD', 'CHF'),
  totalMinor: fc.integer({ min: -1000, max: 10_000_000 }),
  lines: fc.array(
    fc.tuple(
      fc.constantFrom('A', 'B', 'C', 'D', ''),
      fc.integer({ min: 0, max: 9 }),
      fc.integer({ min: 0, max: 1_000_000 }),
    ),
    { maxLength: 4 },
  ),
  label: fc.option(
    fc.record({ minor: fc.integer({ min: 0, max: 9000 }), currency: fc.constantFrom('EUR', 'JPY', 'CHF') }),
    { nil: undefined },
  ),
})

const DIGITS: Record<string, number> = { EUR: 2, USD: 2, CNY: 2, JPY: 0, KWD: 3 }

/** At home, rounded once; by hand with decimal.js. Null without a rate. */
function exactly({ minor, currency }: Money, at: number, home: string): number | null {
  if (currency === home) return minor
  const found = findRateSet(RATES, dayOf(at))
  if (!found.ok || found.value.age.standing === 'expired') return null
  const rates: Record<string, string> = { ...found.value.set.rates, EUR: '1' }
  const [from, to] = [rates[currency], rates[home]]
  if (from === undefined || to === undefined) return null
  const power = new Decimal(10).pow((DIGITS[home] ?? NaN) - (DIGITS[currency] ?? NaN))
  return new Decimal(minor).times(to).dividedBy(from).times(power).toDecimalPlaces(0).toNumber() + 0
}

function countSlowly(orders: readonly SumOrder[], home: string, days: ReadonlySet<string>) {
  const sums = { orders: 0, revenue: 0, margin: 0, lines: 0, known: 0 }
  for (const one of orders) {
    const { placedAt: at, currency } = one
    if (at === null || !days.has(localDay(at)) || !isRevenue(one.queue)) continue
    sums.orders++
    sums.revenue += exactly({ minor: one.totalMinor, currency }, at, home) ?? 0
    let known = 0
    for (const [sku, quantity, minor] of one.lines) {
      const value = exactly({ minor, currency }, at, home)
      const cost = COSTS[sku]
      const spent = cost && exactly({ ...cost, minor: cost.minor * quantity }, at, home)
      sums.lines += value ?? 0
      if (value === null || spent === undefined || spent === null) continue
      known += value
      sums.margin += value - spent
    }
    sums.known += known
    if (known > 0 && one.label) sums.margin -= exactly(one.label, at, home) ?? 0
  }
  return sums
}

describe('sums', () => {
  it('are what each order comes to by itself, in currencies with no, two and three digits', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(someOrder, { maxLength: 30 }),
        fc.constantFrom('EUR', 'JPY', 'KWD'),
        async (orders, home) => {
          const got = await sum(orders, { home })
          const now = countSlowly(orders, home, new Set(listDays(PERIOD)))
          const before = countSlowly(orders, home, new Set(listDays(periodBefore(PERIOD))))
          expect([got.total, got.before]).toEqual([now, before])
        },
      ),
    )
  })

  it('of days, channels, countries and SKUs are the whole, to the minor unit', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(someOrder, { maxLength: 40 }), async (orders) => {
        const got = await sum(orders)
        for (const groups of [got.days, got.channels, got.countries])
          for (const name of ['orders', 'revenue', 'margin', 'lines'] as const)
            expect(groups.reduce((all, group) => all + group[name], 0)).toBe(got.total[name])
        const skus = [...got.skus, got.otherSkus].reduce((all, { revenue }) => all + revenue, 0)
        expect(skus).toBe(got.total.lines)
        expect(got.channels.map(({ revenue }) => revenue)).toEqual(
          got.channels.map(({ revenue }) => revenue).toSorted((a, b) => b - a),
        )
      }),
    )
  })

  it('round each order by itself: three halves of a cent are three cents', async () => {
    const rates = [{ ...set('2026-03-30', '2') }]
    const got = await sum(
      [1, 1, 1].map((totalMinor) => order({ currency: 'USD', totalMinor, lines: [] })),
      { rates },
    )
    expect(got.total.revenue).toBe(3)
  })

  it('leave out what a filter leaves out, and put SKUs after the twentieth together', async () => {
    const orders = Array.from({ length: 25 }, (_, i) => order({ lines: [[`S${i}`, 1, 100 + i]] }))
    const fits = new Uint8Array(25).fill(1)
    fits[24] = 0
    const query = { period: PERIOD, filters: {}, home: 'EUR' }
    const got = await sumInsights(factsOf(orders), query, {
      ...{ fits, breathe },
      rates: [],
      costs: toCostColumns([], () => undefined),
    })
    expect(got.total.orders).toBe(24)
    expect(got.skus.map(({ value }) => value)).toEqual(Array.from({ length: 20 }, (_, i) => `S${23 - i}`))
    expect(got.otherSkus).toMatchObject({ count: 4, orders: 4, revenue: 406 })
  })
})

it('a change is told against something', () => {
  expect([changeSince(110, 100), changeSince(5, 0)]).toEqual([0.1, null])
})
