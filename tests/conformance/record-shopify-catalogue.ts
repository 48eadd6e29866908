import type { OperationInput, OperationName, OperationOutput } from '#core/contracts/operations.ts'
import type { Result } from '#core/shared/result.ts'
import type { Fault } from '#tests/support/fault.ts'
import { translate, type FakeProduct } from '#tests/fakes/shopify/catalogue-state.ts'
import { addMarket, addProduct, touchProduct } from '#tests/fakes/shopify/make-products.ts'
import type { FakeShop } from '#tests/fakes/shopify/shop-state.ts'

export interface ShopifyRunOptions {
  /** What somebody else does between our reading and our writing. */
  beforeWrite?: () => Promise<void>
}

interface Recorder {
  shop: FakeShop
  run: <N extends OperationName>(
    operation: N,
    name: string,
    input: OperationInput<N>,
    options?: ShopifyRunOptions,
  ) => Promise<Result<OperationOutput<N>>>
  breakNext: (request: string, fault: Fault) => void
  drain: () => void
  fill: () => void
}

/** Pulling and reading listings, and writing their texts, prices and stock. */
export async function recordShopifyCatalogue(recorder: Recorder): Promise<void> {
  const products = stock(recorder.shop)
  await recordPulls(recorder, products)
  await recordTexts(recorder, products[0]!)
  await recordPrices(recorder, products[0]!)
  recorder.fill()
  await recordStock(recorder, products[0]!, products[1]!)
}

function stock(shop: FakeShop): FakeProduct[] {
  addMarket(shop, { handle: 'eu', currency: 'EUR', factor: 1.2 })
  addMarket(shop, { handle: 'jp', currency: 'JPY', factor: 190 })
  addMarket(shop, { handle: 'draft', currency: 'USD', status: 'DRAFT' })
  const sizes = Array.from({ length: 12 }, (_, n) => ({
    ...{ sku: `TEE-${n}`, price: `${20 + n}.00`, options: { Colour: 'blue', Size: String(n) } },
  }))
  const [mug] = [
    addProduct(shop, { picture: 'https://cdn.example.com/mug.png' }),
    addProduct(shop, { title: 'Board', variants: [{ sku: 'BRD-1', stock: [3, 7] }] }),
    addProduct(shop, { title: 'Tee', variants: sizes }),
    addProduct(shop, { title: 'Gift card', variants: [{ sku: 'GIFT', tracked: false }] }),
    addProduct(shop, { title: 'Vase', status: 'DRAFT' }),
    addProduct(shop, { title: 'Old vase', status: 'ARCHIVED' }),
    addProduct(shop, {
      title: 'Lamp',
      feedback: [{ message: 'Add an image that is at least 500 by 500 pixels.', field: ['images'] }],
    }),
    addProduct(shop, { title: 'Rug', publications: 0 }),
  ]
  translate(mug, 'de', 'title', 'Becher aus Steinzeug')
  translate(mug, 'de', 'body_html', '<p>Von Hand gedreht.</p>')
  return [...shop.catalogue.products.values()]
}

type Pull = OperationInput<'pull-listings'>

async function recordPulls(
  { shop, run, breakNext, drain, fill }: Recorder,
  products: FakeProduct[],
): Promise<void> {
  const pull: Pull = { checkpoint: null, pageToken: null, pageSize: 100 }
  const whole = await run('pull-listings', 'success', pull)
  if (!whole.ok) throw new Error('no walk')
  let input: Pull = { ...pull, pageSize: 3 }
  for (let page = 1; page === 1 || input.pageToken !== null; page += 1) {
    const answer = await run('pull-listings', `paged-${page}`, input)
    if (!answer.ok) throw new Error(`no page ${page}`)
    input = { ...input, pageToken: answer.value.nextPage }
  }
  for (let minutes = 0; minutes < 10; minutes += 1) shop.now()
  const [mug, board] = products
  mug!.title = 'Stoneware mug, glazed'
  touchProduct(shop, mug!)
  board!.variants[0]!.price = '43.21'
  touchProduct(shop, board!)
  await run('pull-listings', 'changed', { ...pull, checkpoint: whole.value.checkpoint })
  const never = { updatedAt: Date.UTC(2099, 0, 1), id: '1' }
  await run('pull-listings', 'empty', { ...pull, checkpoint: never })
  const ids = [products[0]!, products[2]!, products[7]!].map(({ id }) => id)
  await run('read-listings', 'success', { remoteIds: [...ids, 'gid://shopify/Product/999999'] })
  drain()
  await run('pull-listings', 'throttled', pull)
  fill()
  breakNext('PullListings', { kind: 'status', status: 503 })
  await run('pull-listings', 'error', pull)
}

async function recordTexts({ run, breakNext }: Recorder, { id }: FakeProduct): Promise<void> {
  const change = (
    locale: string,
    before: string | null,
    value: string,
    part: 'title' | 'description' = 'title',
  ): OperationInput<'push-listing'> => ({
    ...{ intentId: 'i', mayHaveArrived: false, listingRemoteId: id },
    changes: [{ locale, part, before, value }],
  })
  const glazed = 'Stoneware mug, glazed'
  await run('push-listing', 'success', change('en', glazed, 'Mug'))
  await run('push-listing', 'success-translation', change('zh-CN', null, '陶杯'))
  const taken = change('de', '<p>Von Hand gedreht.</p>', '', 'description')
  await run('push-listing', 'success-translation-taken', taken)
  await run('push-listing', 'already', change('en', glazed, 'Mug'))
  await run('push-listing', 'moved', change('de', 'Tasse', 'Tasse, neu'))
  await run('push-listing', 'locale', change('fr', null, 'Tasse'))
  await run('push-listing', 'refused', change('en', 'Mug', ' '))
  await run('push-listing', 'not-found', {
    ...change('en', 'Mug', 'Cup'),
    listingRemoteId: 'gid://shopify/Product/1',
  })
  breakNext('UpdateProduct', { kind: 'drop-answer' })
  await run('push-listing', 'lost-answer', change('en', 'Mug', 'Cup'))
}

async function recordPrices({ run, breakNext }: Recorder, { id, variants }: FakeProduct): Promise<void> {
  const offer = { intentId: 'i', mayHaveArrived: false, listingRemoteId: id, offerRemoteId: variants[0]!.id }
  const gbp = (minor: number) => ({ minor, currency: 'GBP' })
  const eur = (minor: number) => ({ minor, currency: 'EUR' })
  await run('push-price', 'success', { ...offer, before: gbp(1250), value: gbp(1350) })
  await run('push-price', 'already', { ...offer, before: gbp(1250), value: gbp(1350) })
  await run('push-price', 'moved', { ...offer, before: gbp(1250), value: gbp(1400) })
  const inEurope = { ...offer, market: 'eu' }
  await run('push-price', 'success-market', { ...inEurope, before: eur(1620), value: eur(1599) })
  await run('push-price', 'moved-market', { ...inEurope, before: eur(1620), value: eur(1699) })
  const yen = { minor: 2980, currency: 'JPY' }
  await run('push-price', 'success-yen', { ...offer, market: 'jp', before: null, value: yen })
  await run('push-price', 'currency', { ...inEurope, before: null, value: gbp(1500) })
  await run('push-price', 'market-gone', { ...offer, market: 'us', before: null, value: eur(1500) })
  breakNext('FixPrices', { kind: 'drop-answer' })
  await run('push-price', 'lost-answer', { ...inEurope, before: eur(1599), value: eur(1549) })
}

async function recordStock(
  { shop, run, breakNext }: Recorder,
  { id, variants: [mug] }: FakeProduct,
  board: FakeProduct,
): Promise<void> {
  const offer = { intentId: 'i', mayHaveArrived: false, listingRemoteId: id, offerRemoteId: mug!.id }
  const set = (from: number, to: number, intentId: string) => ({ ...offer, intentId, from, to })
  await run('push-stock', 'success', set(20, 12, 'i1'))
  await run('push-stock', 'already', { ...set(20, 12, 'i1'), mayHaveArrived: true })
  await run('push-stock', 'moved', set(20, 5, 'i2'))
  await run('push-stock', 'stale', set(12, 9, 'i3'), {
    beforeWrite: async () => {
      mug!.levels.set('gid://shopify/Location/1', 11)
      touchProduct(shop, shop.catalogue.products.get(id)!)
    },
  })
  breakNext('SetQuantities', { kind: 'drop-answer' })
  await run('push-stock', 'lost-answer', set(11, 8, 'i4'))
  const places = { ...offer, listingRemoteId: board.id, offerRemoteId: board.variants[0]!.id }
  await run('push-stock', 'elsewhere', { ...places, from: 10, to: 2 })
  await run('push-stock', 'success-places', { ...places, from: 10, to: 9 })
}
