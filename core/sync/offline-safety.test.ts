import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeOffline, SAFETY_KINDS, type SafetyFacts } from '#core/sync/offline-safety.ts'

const NOW = 1_800_000_000_000
const HOUR = 3_600_000
const DAY = 24 * HOUR
const shop = { name: 'Shop', ordersAt: NOW - HOUR, stockAt: NOW - 2 * HOUR, accessEndsAt: null }
const calm: SafetyFacts = {
  ...{ now: NOW, shops: [shop], shipBy: [], pools: [], space: null, oldestUnsentAt: null, unsent: 0 },
  frozen: false,
  ratesOf: null,
}
const judge = (more: Partial<SafetyFacts>) => judgeOffline({ ...calm, ...more })
const first = (more: Partial<SafetyFacts>) => {
  const [{ kind, at } = { kind: 'none', at: 0 }] = judge(more).reasons
  return [kind, (at - NOW) / HOUR]
}

describe('how long the data is safe', () => {
  it('has no end and no beginning without a shop', () => {
    expect(judge({ shops: [] })).toEqual({ dataFrom: null, safeUntil: null, reasons: [] })
  })

  it('is the stock first, and the orders once a share of the stock is frozen', () => {
    expect(first({})).toEqual(['oversell', 2])
    expect(first({ frozen: true })).toEqual(['orders-old', 23])
    expect(judge({ frozen: true }).reasons.map(({ kind }) => kind)).toEqual(['orders-old'])
  })

  it('asks nothing of stock where a shop has no listings', () => {
    const { name, ordersAt, accessEndsAt } = shop
    expect(first({ shops: [{ name, ordersAt, accessEndsAt }] })).toEqual(['orders-old', 23])
  })

  it('is over at once where a shop was never pulled', () => {
    expect(first({ shops: [shop, { ...shop, ordersAt: null }] })).toEqual(['orders-old', 0])
    expect(judge({ shops: [shop, { ...shop, ordersAt: null }] }).dataFrom).toBeNull()
    expect(first({ shops: [{ ...shop, stockAt: null }] })).toEqual(['oversell', 0])
  })

  it('dates from the oldest pull', () => {
    expect(judge({ shops: [shop, { ...shop, ordersAt: NOW - 5 * HOUR }] }).dataFrom).toBe(NOW - 5 * HOUR)
  })

  it.each<[string, number, Partial<SafetyFacts>]>([
    ['ship-by', 1, { shipBy: [NOW + 3 * HOUR, NOW + HOUR, NOW - HOUR] }],
    ['numbers-out', 1, { pools: [{ service: 'Packet', left: 2, perDay: 48 }] }],
    ['numbers-out', 0, { pools: [{ service: 'Packet', left: 0, perDay: 1 }] }],
    ['access-ends', 1, { shops: [{ ...shop, accessEndsAt: NOW + HOUR }] }],
    ['space-low', 0, { space: { used: 81, quota: 100 } }],
    ['unsent', 1, { oldestUnsentAt: NOW - 23 * HOUR, unsent: 4 }],
    // Now is Friday 15 January 2027, 08:00 UTC.
    ['rates-old', -8, { ratesOf: '2027-01-07' }],
    ['rates-old', 16, { ratesOf: '2027-01-08', shops: [] }],
  ])('ends by %s in %i h', (kind, hours, facts) => expect(first(facts)).toEqual([kind, hours]))

  it('says nothing of pools that nobody uses, and nothing of deadlines that have passed', () => {
    const kinds = judge({ pools: [{ service: 'Old', left: 0, perDay: 0 }], shipBy: [NOW, NOW - DAY] })
    expect(kinds.reasons.map(({ kind }) => kind)).toEqual(['oversell', 'orders-old'])
  })

  it('counts the orders of the day that begins with the first deadline', () => {
    const found = judge({ shipBy: [NOW + HOUR, NOW + 2 * HOUR, NOW + HOUR + DAY, NOW - 1] })
    expect(found.reasons.find(({ kind }) => kind === 'ship-by')?.count).toBe(2)
  })

  it('is sorted, ends with its first reason, and more facts never make it last longer', () => {
    const at = fc.integer({ min: NOW - 9 * DAY, max: NOW + 9 * DAY })
    const anyShop = fc.record({
      name: fc.string(),
      ordersAt: fc.option(at),
      stockAt: fc.option(at),
      accessEndsAt: fc.option(at),
    })
    const facts = fc.record({
      shops: fc.array(anyShop, { minLength: 1 }),
      shipBy: fc.array(at),
      pools: fc.array(fc.record({ service: fc.string(), left: fc.nat(), perDay: fc.nat() })),
      oldestUnsentAt: fc.option(at),
      frozen: fc.boolean(),
      ratesOf: fc.option(fc.constantFrom('2027-01-08', '2027-01-15')),
    })
    fc.assert(
      fc.property(facts, anyShop, (given, another) => {
        const found = judge(given)
        const times = found.reasons.map((reason) => reason.at)
        expect(times).toEqual([...times].sort((a, b) => a - b))
        expect(found.safeUntil).toBe(times[0])
        expect(found.reasons.every(({ kind }) => SAFETY_KINDS.includes(kind))).toBe(true)
        const more = judge({ ...given, shops: [...given.shops, another] })
        expect(more.safeUntil ?? 0).toBeLessThanOrEqual(found.safeUntil ?? 0)
      }),
    )
  })
})
