import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Contained, ItemCustoms, Product } from '#core/catalog/product.ts'
import { money } from '#core/money/money.ts'
import { checkOrder, type OrderFacts } from '#core/order/check-order.ts'
import { declarationItem, declareOrder, netGramsOf } from '#core/order/declare-order.ts'
import { FindingGroups } from '#core/order/group-findings.ts'
import { lintOrder } from '#core/order/lint-order.ts'
import { toOrderRow } from '#core/order/order-row.ts'
import type { Order, OrderLine } from '#core/order/order.ts'
import { refreshBlocked } from '#core/order/reconcile-order.ts'
import { ruledParcel } from '#core/order/ruled-parcel.ts'
import type { ConnectionId, OrderId, ProductId } from '#core/shared/ids.ts'
import { ourChecks } from '#tests/support/destination-rules.ts'
import { address } from '#tests/support/label-samples.ts'

const mug: ItemCustoms = {
  ...{ description: 'Ceramic mug', descriptionLocal: '', hs6: '691200', origin: 'CN' },
  ...{ unitValue: null, unitNetGrams: 300 },
}
const lid: ItemCustoms = { ...mug, description: 'Bamboo lid', hs6: '441990', unitNetGrams: 40 }
const nothing: ItemCustoms = { ...mug, description: '', hs6: '', origin: '', unitNetGrams: null }

const product = (sku: string, customs: ItemCustoms, more: Partial<Product> = {}): Product => ({
  ...{ id: sku as ProductId, sku, titles: {}, customs, updatedAt: 0 },
  ...more,
})
const CONTAINS: Contained[] = [
  { sku: 'MUG', quantity: 2 },
  { sku: 'LID', quantity: 1 },
]
const set = (more: Partial<Product> = {}) => product('SET', nothing, { contains: CONTAINS, ...more })
const catalogue = (...products: Product[]): Map<string, Product> =>
  new Map(products.map((each) => [each.sku, each]))
const line = (sku: string, minor: number, quantity = 1): OrderLine => ({
  ...{ remoteLineId: sku, sku, title: sku, quantity, unitPrice: money(minor, 'EUR'), customs: null },
})
const whole = catalogue(set(), product('MUG', mug), product('LID', lid))

function declared(lines: OrderLine[], total: number, products: Map<string, Product>) {
  const { built } = declareOrder(
    { lines, total: money(total, 'EUR'), shipTo: null },
    { products, account: null, rates: null, grossGrams: 0, signer: '', day: '2026-11-22' },
  )
  if (!built.ok) throw new Error(built.error.map(({ reason, field }) => `${reason} ${field}`).join())
  return built.value
}
const rowsOf = (lines: OrderLine[], total: number, products = whole) =>
  declared(lines, total, products).lines.map(({ sku, quantity, value }) => [sku, quantity, value.minor])

const ORDER: Order = {
  ...{ id: 'o1' as OrderId, connectionId: 'shop' as ConnectionId, remoteId: '1', number: 'SO-1' },
  ...{ status: 'to_ship', rawStatus: 'PAID', placedAt: 1, remoteUpdatedAt: 1, shipBy: null, currency: 'EUR' },
  ...{ total: money(0, 'EUR'), buyerName: 'Ada', buyerEmail: '', shipTo: null, lines: [], fulfilments: [] },
  ...{ stage: 'to_ship', blocked: null, blockedField: '', blockedDetail: null, held: false, note: '' },
  ...{ trackingNumber: '', updatedAt: 1 },
}

function orderOf(...lines: OrderLine[]): Order {
  const total = lines.reduce((sum, { unitPrice, quantity }) => sum + unitPrice.minor * quantity, 0)
  const shipTo = address({ name: 'Ada', line1: 'Street 1', city: 'Oslo', postcode: '0150', country: 'NO' })
  return { ...ORDER, lines, total: money(total, 'EUR'), shipTo }
}
const rules = { destinations: null, rates: null, checks: ourChecks() }
const factsOf = (products: Map<string, Product>): OrderFacts => ({
  ...{ products, senderCountry: 'CN', rules, account: null, today: '2026-11-22' },
})
/** What is found of the goods: the parcel itself is not packed yet. */
const foundIn = (order: Order, facts: OrderFacts) =>
  checkOrder(order, facts).customs.filter(({ field }) => field.startsWith('lines.'))
const lintOf = (order: Order, products: Map<string, Product>) =>
  lintOrder(order, {
    ...{ products, sender: address({ country: 'CN' }), account: null, parcel: undefined, rules },
    ...{ day: '2026-11-22', grossGrams: null, signer: '' },
  }).findings

describe('an order with a bundle', () => {
  it('declares a row of each part, and together they are what the line is', () => {
    expect(rowsOf([line('SET', 1000, 2)], 2000)).toEqual([
      ['MUG', 4, 1333],
      ['LID', 2, 667],
    ])
    const worth = catalogue(
      ...[set(), product('MUG', mug, { cost: money(100, 'EUR') })],
      product('LID', lid, { cost: money(800, 'EUR') }),
    )
    expect(rowsOf([line('SET', 1000), line('MUG', 500)], 1500, worth)).toEqual([
      ...[
        ['MUG', 2, 200],
        ['LID', 1, 800],
      ],
      ['MUG', 1, 500],
    ])
  })

  it('shares the value that the line or the product says, and no discount is taken off that', () => {
    const valued = catalogue(
      set({ customs: { ...nothing, unitValue: money(601, 'EUR') } }),
      ...[product('MUG', { ...mug, unitValue: money(9, 'EUR') }), product('LID', lid)],
    )
    expect(rowsOf([line('SET', 1000)], 1000, valued)).toEqual([
      ['MUG', 2, 401],
      ['LID', 1, 200],
    ])
    const own = { ...line('SET', 1000), customs: { ...nothing, unitValue: money(30, 'EUR') } }
    expect(rowsOf([own, line('MUG', 100)], 1090)).toEqual([
      ...[
        ['MUG', 2, 20],
        ['LID', 1, 10],
      ],
      ['MUG', 1, 90],
    ])
  })

  it('gives parts of a free bundle their share by what they or the bundle cost', () => {
    const costly = catalogue(set({ cost: money(100, 'EUR') }), product('MUG', mug), product('LID', lid))
    expect(rowsOf([line('SET', 0), line('MUG', 900)], 900, costly)).toEqual([
      ['MUG', 2, 60],
      ['LID', 1, 30],
      ['MUG', 1, 810],
    ])
  })

  it('adds up to the order to the minor unit, with discounts and gifts', () => {
    const amount = fc.integer({ min: 0, max: 99_999 })
    const lines = fc.array(
      fc.tuple(fc.constantFrom('SET', 'MUG', 'LID'), amount, fc.integer({ min: 1, max: 9 })),
      {
        ...{ minLength: 1, maxLength: 8 },
      },
    )
    const cost = fc.option(fc.integer({ min: 1, max: 5_000 }), { nil: undefined })
    fc.assert(
      fc.property(
        lines,
        fc.integer({ min: 1, max: 100 }),
        fc.array(cost, { minLength: 3, maxLength: 3 }),
        (all, percent, costs) => {
          const [a, b, c] = costs.map((minor) => (minor === undefined ? {} : { cost: money(minor, 'EUR') }))
          const products = catalogue(set(a), product('MUG', mug, b), product('LID', lid, c))
          const goods = all.reduce((sum, [, minor, quantity]) => sum + minor * quantity, 0)
          const total = Math.ceil((goods * percent) / 100)
          const made = declared(
            all.map(([sku, minor, quantity], i) => ({
              ...line(sku, minor, quantity),
              remoteLineId: String(i),
            })),
            total,
            products,
          )
          expect(made.total.minor).toBe(total)
          expect(made.lines.reduce((sum, { value }) => sum + value.minor, 0)).toBe(total)
        },
      ),
    )
  })

  it('weighs what its parts weigh, and is ruled by their codes', () => {
    const weigh = (products: Map<string, Product>) =>
      netGramsOf(declarationItem(line('SET', 1, 3), products, null))
    expect(weigh(whole)).toBe(3 * (2 * 300 + 40))
    expect(weigh(catalogue(set(), product('MUG', mug)))).toBeNull()
    const choices = { trusted: {}, handling: false, travels: null, schemes: {} }
    const parcel = ruledParcel(orderOf(line('SET', 1000)), whole, {
      ...{ sentFrom: 'CN', shipOn: '2026-11-22', grossGrams: 0, choices },
    })
    expect(parcel?.lines.map(({ hs6, quantity, value }) => [hs6, quantity, value.minor])).toEqual([
      ['691200', 2, 667],
      ['441990', 1, 333],
    ])
  })
})

describe('what a bundle lacks', () => {
  const bare = catalogue(set(), product('MUG', mug), product('LID', { ...lid, hs6: '' }))
  const order = orderOf(line('MUG', 100), line('SET', 1000))

  it('is asked of its parts, by their own SKU', () => {
    const found = checkOrder(order, factsOf(bare))
    expect(foundIn(order, factsOf(bare))).toMatchObject([
      { field: 'lines.1.parts.1.customs.hs6', reason: 'hs-missing', sku: 'LID' },
    ])
    const blocked = refreshBlocked(order, found, 1)
    expect(blocked).toMatchObject({
      ...{ blocked: 'customs-incomplete', blockedField: 'lines.1.parts.1.customs.hs6' },
      blockedDetail: { reason: 'hs-missing', sku: 'LID' },
    })
    expect(toOrderRow(blocked).blockedDetail?.sku).toBe('LID')
    expect(foundIn(order, factsOf(whole))).toEqual([])
    expect(refreshBlocked(blocked, checkOrder(order, factsOf(whole)), 2).blocked).toBeNull()
  })

  it('is known of no part that nobody has named', () => {
    const found = foundIn(orderOf(line('SET', 100)), factsOf(catalogue(set(), product('MUG', mug))))
    expect(new Set(found.map(({ sku }) => sku))).toEqual(new Set(['LID']))
    const account = { origin: 'CN', description: 'Bamboo lid', hs6: '441990' }
    const desk = { ...factsOf(catalogue(set(), product('MUG', mug))), account }
    expect(foundIn(orderOf(line('SET', 100)), desk).map(({ reason }) => reason)).toEqual(['weight-unknown'])
  })

  it('is mended for every order with the part, and let pass by the part', () => {
    const vague = catalogue(set(), product('MUG', mug), product('LID', { ...lid, description: 'Gift' }))
    const groups = new FindingGroups()
    groups.add(order, lintOf(order, vague))
    const kind = groups.list().find(({ reason }) => reason === 'description-vague')
    expect(kind).toMatchObject({ field: 'customs.description', places: [{ sku: 'LID', orders: 1 }] })
    const place = { reason: 'description-vague', field: 'customs.description', sku: 'LID' }
    const passed = { ...order, ignored: [{ ...place, why: 'Seen', by: 'Li', at: 1 }] }
    expect(foundIn(passed, factsOf(vague))).toEqual([])
    expect(foundIn(order, factsOf(vague))).toHaveLength(1)
  })

  it('is said once of a value, and of the line that has it', () => {
    const free = { ...orderOf(line('SET', 0)), total: money(0, 'EUR') }
    expect(foundIn(free, factsOf(whole))).toMatchObject([
      { field: 'lines.0.customs.unitValue', reason: 'value-zero' },
    ])
    expect(foundIn(free, factsOf(whole))[0]).not.toHaveProperty('sku')
  })

  it('names the part whose pieces or weight no declaration can hold', () => {
    const torn = catalogue(set(), product('MUG', { ...mug, unitNetGrams: 1e12 }), product('LID', lid))
    expect(foundIn(orderOf(line('SET', 1)), factsOf(torn))).toMatchObject([
      { reason: 'weight-invalid', field: 'lines.0.parts.0.customs.unitNetGrams', sku: 'MUG' },
    ])
    const heavy = catalogue(...whole.values(), set({ customs: { ...nothing, unitNetGrams: 1e12 } }))
    expect(foundIn(orderOf(line('SET', 100)), factsOf(heavy))).toEqual([])
  })

  it('asks a part about a battery where it is called so, and each of them where only the whole is', () => {
    const charger = { ...lid, description: 'Power bank' }
    const asked = (products: Map<string, Product>, title = 'Set') =>
      lintOf(orderOf({ ...line('SET', 1000), title }), products)
        .filter(({ id }) => id === 'battery')
        .map(({ field, sku }) => `${field} ${sku ?? ''}`)
    const bank = catalogue(set(), product('MUG', mug), product('LID', charger))
    expect(asked(bank)).toEqual(['lines.0.parts.1.customs.battery LID'])
    expect(asked(whole, 'Mug with power bank')).toEqual([
      ...['lines.0.parts.0.customs.battery MUG', 'lines.0.parts.1.customs.battery LID'],
    ])
    const said = catalogue(set(), product('MUG', mug), product('LID', { ...charger, battery: 'none' }))
    expect(asked(said, 'Mug with power bank')).toEqual([])
  })
})
