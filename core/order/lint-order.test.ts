import { describe, expect, it } from 'vitest'
import type { Battery } from '#core/catalog/battery.ts'
import type { ItemCustoms, Product } from '#core/catalog/product.ts'
import { lintOrder, type LintFacts } from '#core/order/lint-order.ts'
import type { Order } from '#core/order/order.ts'
import { money } from '#core/money/money.ts'
import { withSdr } from '#core/money/sdr.ts'
import type { ProductId } from '#core/shared/ids.ts'
import { ourChecks, ourRules, TEST_RATES } from '#tests/support/destination-rules.ts'
import { BUYER, SENDER } from '#tests/support/test-desk.ts'

const facts: LintFacts = {
  ...{ products: new Map(), sender: SENDER, account: null, parcel: undefined, day: '2026-11-22' },
  ...{
    grossGrams: null,
    signer: '',
    rules: { destinations: ourRules(), rates: withSdr(TEST_RATES), checks: ourChecks() },
  },
}
const known: ItemCustoms = {
  ...{ description: 'Ceramic mug', descriptionLocal: '', hs6: '6912002100', origin: 'CN' },
  ...{
    unitValue: null,
    unitNetGrams: 300,
    makerId: '00-7',
    responsible: 'EU Rep GmbH, Berlin, rep@example.com',
  },
}
const product = (change: Partial<Product>): Map<string, Product> => {
  const whole = { id: 'p' as ProductId, sku: 'MUG', titles: {}, customs: known, updatedAt: 0, ...change }
  return new Map([['MUG', whole]])
}
const order = (change: Partial<Order> = {}): Order =>
  ({
    ...{ shipTo: BUYER, total: money(1999, 'EUR'), currency: 'EUR', stage: 'to_ship' },
    lines: [
      {
        remoteLineId: '1',
        sku: 'MUG',
        title: 'Mug',
        quantity: 1,
        unitPrice: money(1999, 'EUR'),
        customs: null,
      },
    ],
    ...change,
  }) as Order
const lint = (change: Partial<Order>, more: Partial<LintFacts> = {}): string[] =>
  lintOrder(order(change), { ...facts, products: product({}), ...more }).findings.map(
    ({ severity, field, reason, detail }) => [severity, field, reason, detail].filter(Boolean).join(' '),
  )
const titled = (title: string): Partial<Order> => ({ lines: [{ ...order().lines[0], title } as never] })
const to = (country: string, change: Partial<Order> = {}): Partial<Order> => ({
  ...change,
  shipTo: { ...BUYER, country, region: 'NY', postcode: country === 'US' ? '10001' : '1000001' },
})
const reasons = (found: readonly string[], of: string): string[] => found.filter((each) => each.includes(of))

describe('lintOrder', () => {
  it('has nothing against a good order, before and after it is packed', () => {
    expect(lint({})).toEqual([])
    expect(lint({}, { grossGrams: 330, signer: 'Li Wei' })).toEqual([])
  })

  it('says what an address lacks, and that one is missing', () => {
    expect(lint({ shipTo: { ...BUYER, city: '', postcode: '1' } })).toEqual([
      'error shipTo.city address-part-missing city',
      'warning shipTo.postcode address-postcode-pattern postcode',
    ])
    expect(lint({ shipTo: null })).toEqual(['error shipTo address-missing'])
  })

  it('wants Latin letters of both sides of a border, and of nobody within one country', () => {
    const shipTo = { ...BUYER, name: '王伟', city: '柏林', latin: { city: 'Berlin' } }
    const sender = { ...SENDER, name: '灯笼与织布' }
    expect(lint({ shipTo }, { sender })).toEqual([
      'warning shipTo.latin.name latin-missing name',
      'warning sender.latin.name latin-missing name',
    ])
    const home = { ...SENDER, name: '王伟' }
    expect(lint({ shipTo: home }, { sender })).toEqual([])
  })

  it.each<[string, Battery | undefined, string[]]>([
    ['Power bank 10000 mAh', undefined, ['warning lines.0.customs.battery battery-unknown']],
    ['充电宝', undefined, ['warning lines.0.customs.battery battery-unknown']],
    ['Torch, battery not included', undefined, []],
    ['Mug', undefined, []],
    ['Power bank', 'none', []],
    ['Torch with batteries', 'ion-inside', []],
    ['Power bank', 'ion-alone', ['warning lines.0.customs.battery battery-not-inside PI 965, UN3480']],
    ['Torch', 'metal-beside', ['warning lines.0.customs.battery battery-not-inside PI 969, UN3091']],
    ['Car battery', 'other', []],
  ])('asks about batteries: %s, %s', (title, battery, expected) => {
    const customs = battery === undefined ? known : { ...known, battery }
    const found = lintOrder(order(titled(title)), { ...facts, products: product({ customs }) }).findings
    const said = found.map((each) =>
      [each.severity, each.field, each.reason, each.detail].filter(Boolean).join(' '),
    )
    expect(reasons(said, 'battery')).toEqual(expected)
    for (const each of found.filter(({ id }) => id === 'battery')) expect(each.source?.url).toContain('iata')
  })

  it.each([
    ['Butane gas cartridge', 'DE', ['goods-prohibited gases']],
    ['打火机', 'DE', ['goods-prohibited gases']],
    ['Fireworks', 'JP', ['goods-prohibited explosives']],
    ['Wine glasses, set of two', 'DE', []],
    ['Red wine', 'DE', ['goods-restricted alcohol']],
    ['Wine and wine glass', 'DE', ['goods-restricted alcohol']],
    ['Twine', 'DE', []],
    ['Ivory white vase', 'DE', []],
    ['Toy car', 'DE', []],
    ['Toy car', 'US', ['goods-restricted us-children']],
    ['Bluetooth speaker', 'US', ['goods-restricted us-radio']],
  ])('warns of what may be turned back: %s to %s', (title, country, expected) => {
    const found = lintOrder(order({ ...titled(title), ...to(country) }), {
      ...facts,
      products: product({}),
    }).findings
    const goods = found.filter(({ id }) => id === 'goods')
    expect(goods.map(({ reason, detail }) => `${reason} ${detail}`)).toEqual(expected)
    expect(
      goods.every(({ severity, source }) => severity === 'warning' && source?.url.startsWith('https:')),
    ).toBe(true)
  })

  it('asks for product identifiers and a responsible person where the rules of the day do', () => {
    const customs = { ...known, makerId: undefined, responsible: undefined }
    const bare = { products: product({ customs }) }
    const asked = (found: string[]) => found.map((each) => each.split('.').at(-1))
    expect(asked(lint({}, bare))).toEqual(['makerId product-id-missing', 'responsible responsible-missing'])
    expect(asked(lint({}, { ...bare, day: '2026-10-31' }))).toEqual(['responsible responsible-missing'])
    expect(lint({ shipTo: { ...BUYER, country: 'NO', postcode: '0025' } }, bare)).toEqual([])
    const barcodes = { products: product({ customs, barcodes: ['4006381333931'] }) }
    expect(asked(lint({}, barcodes))).toEqual(['responsible responsible-missing'])
    expect(asked(lint({}, { ...barcodes, account: { responsible: 'EU Rep' } }))).toEqual([])
  })

  it('keeps what a person lets pass, each kind of goods by itself', () => {
    const wine = { ...titled('Red wine, toy'), ...to('US') }
    const note = {
      ...{ reason: 'goods-restricted', field: 'customs.description:alcohol', sku: 'MUG' },
      ...{ why: 'A toy bottle', by: 'Li', at: 1 },
    }
    const linted = lintOrder(order({ ...wine, ignored: [note] }), { ...facts, products: product({}) })
    expect(linted.ignored).toMatchObject([{ note, finding: { detail: 'alcohol' } }])
    expect(linted.findings.filter(({ id }) => id === 'goods').map(({ detail }) => detail)).toEqual([
      'us-children',
    ])
  })

  it('declares by the parcel defaults of the desk', () => {
    const parcel = { category: 'gift', explanation: '', nonDelivery: 'abandon', incoterm: 'DAP' } as const
    const { declaration } = lintOrder(order(), { ...facts, parcel })
    expect(declaration).toMatchObject({
      category: 'gift',
      particulars: { nonDelivery: 'abandon', incoterm: 'DAP' },
    })
    expect(lintOrder(order(), facts).declaration).toMatchObject({ category: 'sale' })
  })
})
