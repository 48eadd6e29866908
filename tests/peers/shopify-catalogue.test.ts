import type { GraphQLSchema } from 'graphql'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { shopify } from '#core/connectors/shopify/index.ts'
import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import type { RemoteListing } from '#core/listing/listing.ts'
import { openDesk, type Desk } from '#tests/conformance/desk.ts'
import { digestOf, translate, type FakeProduct } from '#tests/fakes/shopify/catalogue-state.ts'
import { addMarket, addProduct, touchProduct } from '#tests/fakes/shopify/make-products.ts'
import { startFakeShopify, type FakeShopify } from '#tests/fakes/shopify/shop-server.ts'
import { createShop } from '#tests/fakes/shopify/shop-state.ts'
import { startFaultProxy, type FaultProxy } from '#tests/support/fault-proxy.ts'
import { loadShopifySchema } from './shopify-schema/schema.ts'

let schema: GraphQLSchema
let fake: FakeShopify
let proxy: FaultProxy
let clock: number
let desk: Desk

beforeAll(async () => {
  schema = await loadShopifySchema(shopify.manifest.api.version)
})

beforeEach(async () => {
  clock = Date.UTC(2026, 10, 20)
  const shop = createShop({ now: () => clock })
  fake = await startFakeShopify(schema, shop, { costOf: () => 1 })
  proxy = await startFaultProxy(fake.baseUrl)
  const secrets = { accessToken: fake.keys.accessToken }
  desk = openDesk({ connectorId: 'shopify', settings: { baseUrl: proxy.baseUrl }, secrets })
})

afterEach(async () => {
  await proxy.stop()
  await fake.stop()
  expect(fake.violations).toEqual([])
})

type Pulled = OperationOutput<'pull-listings'>

async function pull(input: Partial<OperationInput<'pull-listings'>> = {}): Promise<Pulled> {
  const asked = { checkpoint: null, pageToken: null, pageSize: 100, ...input }
  const page = await desk.runtime.run(desk.connectionId, 'pull-listings', asked)
  if (!page.ok) throw new Error(JSON.stringify(page.error))
  return page.value
}

async function pullAll(checkpoint: Pulled['checkpoint'] = null): Promise<RemoteListing[]> {
  const listings: RemoteListing[] = []
  let pageToken: string | null = null
  do {
    const page: Pulled = await pull({ checkpoint, pageToken })
    expect(page.rejected).toEqual([])
    listings.push(...page.listings)
    pageToken = page.nextPage
  } while (pageToken !== null)
  return listings
}

async function readOne(product: FakeProduct): Promise<RemoteListing> {
  const remoteIds = [product.id]
  const read = await desk.runtime.run(desk.connectionId, 'read-listings', { remoteIds })
  if (!read.ok || read.value.listings[0] === undefined) throw new Error(JSON.stringify(read))
  return read.value.listings[0]
}

const target = (product: FakeProduct) => ({
  ...{ intentId: 'intent-1', mayHaveArrived: false, listingRemoteId: product.id },
})
const offerOf = (product: FakeProduct) => ({ ...target(product), offerRemoteId: product.variants[0]!.id })
const gbp = (minor: number) => ({ minor, currency: 'GBP' })
const eur = (minor: number) => ({ minor, currency: 'EUR' })

describe('pulling listings', () => {
  it('brings each of 45 products over several pages, those that change meanwhile as they are then', async () => {
    const products = Array.from({ length: 45 }, (_, n) => {
      clock += 60_000
      return addProduct(fake.shop, { title: `Thing ${n}` })
    })
    const first = await pull({ pageSize: 20 })
    clock += 60_000
    products[3]!.title = 'Thing, renamed'
    touchProduct(fake.shop, products[3]!)
    const second = await pull({ pageSize: 20, pageToken: first.nextPage })
    const third = await pull({ pageSize: 20, pageToken: second.nextPage })
    expect([first, second, third].map(({ checkpoint }) => checkpoint === null)).toEqual([true, true, false])
    const titles = new Map(
      [first, second, third].flatMap(({ listings }) =>
        listings.map(({ remoteId, contents }) => [remoteId, contents['en']?.title]),
      ),
    )
    expect(titles.size).toBe(45)
    expect(titles.get(products[3]!.id)).toBe('Thing, renamed')
    clock += 600_000
    products[9]!.variants[0]!.levels.set('gid://shopify/Location/1', 0)
    touchProduct(fake.shop, products[9]!)
    const changed = await pullAll(third.checkpoint)
    expect(changed.find(({ remoteId }) => remoteId === products[9]!.id)?.offers[0]?.stock).toBe(0)
    expect(changed.length).toBeLessThan(5)
  })

  it.each([
    [{ status: 'ACTIVE' }, 'active', 'ACTIVE'],
    [{ status: 'ACTIVE', publications: 0 }, 'hidden', 'ACTIVE, unpublished'],
    [{ status: 'ACTIVE', variants: [{ sku: 'S', stock: [0] }] }, 'active', 'ACTIVE'],
    [{ status: 'DRAFT', publications: 0 }, 'draft', 'DRAFT'],
    [{ status: 'ARCHIVED' }, 'hidden', 'ARCHIVED'],
    [{ status: 'UNLISTED' }, 'hidden', 'UNLISTED'],
  ] as const)('knows what %o is to buyers', async (facts, status, rawStatus) => {
    const product = addProduct(fake.shop, facts as Parameters<typeof addProduct>[1])
    expect(await readOne(product)).toMatchObject({ status, rawStatus })
  })

  it('brings all 260 variants of a product, in their order, and what each costs in every market', async () => {
    addMarket(fake.shop, { handle: 'eu', currency: 'EUR', factor: 1.2 })
    addMarket(fake.shop, { handle: 'jp', currency: 'JPY', factor: 190 })
    const variants = Array.from({ length: 260 }, (_, n) => ({ sku: `TEE-${n}`, price: '10.00' }))
    const product = addProduct(fake.shop, { variants })
    const [listing] = await pullAll()
    expect(listing?.offers.map(({ sku }) => sku)).toEqual(variants.map(({ sku }) => sku))
    for (const { prices, reckoned } of listing!.offers) {
      expect(prices).toEqual([gbp(1000)])
      expect(reckoned).toEqual([
        { ...eur(1200), market: 'eu' },
        { minor: 1900, currency: 'JPY', market: 'jp' },
      ])
    }
    expect(listing?.remoteId).toBe(product.id)
  })

  it('shows texts of languages that buyers see, what channels ask for, and the picture', async () => {
    const picture = 'https://cdn.example.com/mug.png'
    const product = addProduct(fake.shop, {
      ...{ picture, variants: [{ sku: 'A', options: { Colour: 'blue', Size: 'L' }, tracked: false }] },
      feedback: [{ message: 'Add a barcode.', field: ['variants', 'barcode'] }],
    })
    translate(product, 'de', 'title', 'Becher')
    translate(product, 'fr', 'title', 'Tasse')
    expect(await readOne(product)).toMatchObject({
      ...{ mainLocale: 'en', pictureUrl: picture },
      contents: {
        en: { title: 'Stoneware mug', description: '<p>Thrown by hand.</p>' },
        de: { title: 'Becher', description: '' },
        'zh-CN': { title: '', description: '' },
      },
      offers: [{ option: 'blue / L', stock: null }],
      issues: [...[{ code: 'REQUIRES_ACTION', severity: 'warning', message: 'Add a barcode.' }]],
    })
    expect((await readOne(product)).issues?.[0]?.fields).toEqual(['variants', 'barcode'])
    expect(Object.keys((await readOne(product)).contents)).not.toContain('fr')
  })
})

describe('writing texts', () => {
  const push = (product: FakeProduct, changes: OperationInput<'push-listing'>['changes']) =>
    desk.runtime.run(desk.connectionId, 'push-listing', { ...target(product), changes })

  it('writes the own language and the translation of the new text in one go', async () => {
    const product = addProduct(fake.shop)
    const result = await push(product, [
      { locale: 'en', part: 'title', before: 'Stoneware mug', value: 'Mug' },
      { locale: 'de', part: 'title', before: null, value: 'Becher' },
      { locale: 'de', part: 'description', before: null, value: '<p>Von Hand.</p>' },
    ])
    expect(result).toMatchObject({ value: { outcome: 'written' } })
    expect(product.title).toBe('Mug')
    expect(product.translations.get('de')?.get('title')).toEqual({ value: 'Becher', digest: digestOf('Mug') })
    expect(fake.calls.filter((name) => name === 'RegisterTranslations')).toHaveLength(1)
  })

  it('gives a translation for the text as it is now, although that changed in between', async () => {
    const product = addProduct(fake.shop)
    let changed = false
    proxy.plan({
      match: ({ operation }) => {
        if (operation === 'RegisterTranslations' && !changed) {
          changed = true
          product.title = 'Mug, somebody wrote'
        }
        return false
      },
      fault: { kind: 'drop-answer' },
    })
    const change = { locale: 'de', part: 'title', before: null, value: 'Becher' } as const
    expect(await push(product, [change])).toMatchObject({ value: { outcome: 'written' } })
    const { digest } = product.translations.get('de')!.get('title')!
    expect(digest).toBe(digestOf('Mug, somebody wrote'))
  })

  it('writes once, whatever answer is lost, and finishes what was half done', async () => {
    const product = addProduct(fake.shop)
    const changes = [
      { locale: 'en', part: 'title', before: 'Stoneware mug', value: 'Mug' },
      { locale: 'de', part: 'title', before: null, value: 'Becher' },
    ] as const
    proxy.plan({ match: ({ operation }) => operation === 'UpdateProduct', fault: { kind: 'drop-answer' } })
    expect(await push(product, [...changes])).toMatchObject({ error: { code: 'outcome-unknown' } })
    expect(await push(product, [...changes])).toMatchObject({ value: { outcome: 'written' } })
    expect(await push(product, [...changes])).toMatchObject({ value: { outcome: 'already' } })
    expect(fake.calls.filter((name) => name === 'UpdateProduct')).toHaveLength(1)
    expect(product.translations.get('de')?.get('title')?.value).toBe('Becher')
  })

  it.each([
    [{ locale: 'en', part: 'title', before: 'Stoneware mug', value: ' ' }, 'refused', 'title'],
    [{ locale: 'fr', part: 'title', before: null, value: 'Tasse' }, 'locale-unknown', 'changes'],
    [{ locale: 'xx', part: 'title', before: null, value: 'Tasse' }, 'locale-unknown', 'changes'],
  ] as const)('says why %o is not taken, and of which field', async (change, reason, field) => {
    const product = addProduct(fake.shop)
    expect(await push(product, [change])).toMatchObject({ error: { code: 'invalid-input', reason, field } })
    expect(product.title).toBe('Stoneware mug')
  })
})

describe('writing prices', () => {
  const push = (
    product: FakeProduct,
    input: Pick<OperationInput<'push-price'>, 'before' | 'value' | 'market'>,
  ) => desk.runtime.run(desk.connectionId, 'push-price', { ...offerOf(product), ...input })

  it('fixes what Shopify reckoned itself, whatever it is by now, and then only on what it was', async () => {
    const market = addMarket(fake.shop, { handle: 'eu', currency: 'EUR', factor: 1.2 })
    const product = addProduct(fake.shop)
    const inEurope = { market: 'eu', before: eur(1500) }
    market.factor = 1.21
    expect(await push(product, { ...inEurope, value: eur(1499) })).toMatchObject({
      value: { outcome: 'written' },
    })
    expect(market.fixed.get(product.variants[0]!.id)).toBe('14.99')
    const [offer] = (await readOne(product)).offers
    expect(offer?.prices).toEqual([{ ...eur(1499), market: 'eu' }, gbp(1250)])
    expect(offer).not.toHaveProperty('reckoned')
    expect(await push(product, { ...inEurope, value: eur(1499) })).toMatchObject({
      value: { outcome: 'already' },
    })
    expect(await push(product, { ...inEurope, value: eur(1399) })).toMatchObject({
      value: { outcome: 'moved' },
    })
    expect(product.variants[0]!.price).toBe('12.50')
  })

  it('says so when a market or its currency is another', async () => {
    addMarket(fake.shop, { handle: 'eu', currency: 'EUR' })
    const product = addProduct(fake.shop)
    const wrong = [
      [{ market: 'eu', before: null, value: gbp(1) }, 'price-currency'],
      [{ market: 'us', before: null, value: eur(1) }, 'market-gone'],
      [{ before: null, value: eur(1) }, 'price-currency'],
    ] as const
    for (const [input, reason] of wrong)
      expect(await push(product, input)).toMatchObject({ error: { reason } })
    expect(fake.calls).not.toContain('FixPrices')
  })
})

describe('writing stock', () => {
  const set = (product: FakeProduct, input: Partial<OperationInput<'push-stock'>>) =>
    desk.runtime.run(desk.connectionId, 'push-stock', {
      ...{ ...offerOf(product), from: 20, to: 12 },
      ...input,
    })
  const levelsOf = (product: FakeProduct) => [...product.variants[0]!.levels.values()]

  it('counts once, although the answer was lost and somebody sold one since', async () => {
    const product = addProduct(fake.shop)
    proxy.plan({ match: ({ operation }) => operation === 'SetQuantities', fault: { kind: 'drop-answer' } })
    expect(await set(product, {})).toMatchObject({ error: { code: 'outcome-unknown' } })
    product.variants[0]!.levels.set('gid://shopify/Location/1', 11)
    touchProduct(fake.shop, product)
    // The key is the same, so Shopify answers what it answered then.
    expect(await set(product, { mayHaveArrived: true })).toMatchObject({
      value: { outcome: 'written', listing: { offers: [{ stock: 11 }] } },
    })
    expect(levelsOf(product)).toEqual([11])
  })

  it('sends again what did not arrive, and another change under another key', async () => {
    const product = addProduct(fake.shop)
    proxy.plan({ match: ({ operation }) => operation === 'SetQuantities', fault: { kind: 'drop-request' } })
    expect(await set(product, {})).toMatchObject({ error: { code: 'outcome-unknown' } })
    expect(await set(product, { mayHaveArrived: true })).toMatchObject({ value: { outcome: 'written' } })
    expect(await set(product, { from: 12, to: 15 })).toMatchObject({ value: { outcome: 'written' } })
    expect(levelsOf(product)).toEqual([15])
    expect(fake.shop.catalogue.answered.size).toBe(2)
  })

  it('says that it moved when the shop has something else by then, and is not stuck on that', async () => {
    const product = addProduct(fake.shop)
    let sold = false
    proxy.plan({
      match: ({ operation }) => {
        if (operation === 'SetQuantities' && !sold) {
          sold = true
          product.variants[0]!.levels.set('gid://shopify/Location/1', 19)
        }
        return false
      },
      fault: { kind: 'drop-answer' },
    })
    expect(await set(product, {})).toMatchObject({
      value: { outcome: 'moved', listing: { offers: [{ stock: 19 }] } },
    })
    expect(levelsOf(product)).toEqual([19])
    product.variants[0]!.levels.set('gid://shopify/Location/1', 20)
    expect(await set(product, {})).toMatchObject({ value: { outcome: 'written' } })
    expect(levelsOf(product)).toEqual([12])
  })

  it('changes the first of several locations, and none when that holds too little', async () => {
    const product = addProduct(fake.shop, { variants: [{ sku: 'A', stock: [3, 17] }] })
    expect(await set(product, { to: 18 })).toMatchObject({ value: { outcome: 'written' } })
    expect(levelsOf(product)).toEqual([1, 17])
    expect(await set(product, { from: 18, to: 10 })).toMatchObject({
      error: { code: 'conflict', reason: 'stock-elsewhere' },
    })
    expect(levelsOf(product)).toEqual([1, 17])
  })
})
