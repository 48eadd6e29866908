import type { GraphQLSchema } from 'graphql'
import { fieldName } from '#core/listing/fields.ts'
import { comparePrices, type OfferPrice, type RemoteListing } from '#core/listing/listing.ts'
import { toMinor } from '#tests/simulation/connected/minor.ts'
import type { Rng } from '#core/shared/ports.ts'
import type { RemoteStatus } from '#core/order/order.ts'
import { translate, type FakeProduct } from '#tests/fakes/shopify/catalogue-state.ts'
import { addMarket, addProduct, touchProduct } from '#tests/fakes/shopify/make-products.ts'
import { placeOrder } from '#tests/fakes/shopify/make-orders.ts'
import { createShopifyApi, type ShopifyApi } from '#tests/fakes/shopify/shop-server.ts'
import { createShop, ship, touch, type FakeOrder, type FakeShop } from '#tests/fakes/shopify/shop-state.ts'
import type { Remote } from '#tests/simulation/connected/remote.ts'
import type { StoryDeps, StoryShop } from '#tests/simulation/story-shop.ts'
import { BUYER } from '#tests/support/test-desk.ts'
import type { WireAnswer } from '#tests/support/local-server.ts'

const ADDRESS = {
  ...{ name: BUYER.name, company: null, address1: BUYER.line1, address2: null, city: BUYER.city },
  ...{ province: null, provinceCode: null, zip: BUYER.postcode, countryCodeV2: 'DE', phone: null },
}
const LINES = [{ sku: 'MUG', name: 'Mug', quantity: 2, unitPrice: '12.9' }]
const OTHER_LOCALES = ['de', 'zh-CN']

/** A Shopify shop that sells in two markets, some of whose orders leave from two locations. */
export class ShopifyRemote implements Remote {
  readonly connectorId = 'shopify'
  readonly comparesStock = true
  readonly parcelsPerOrder = 2
  readonly notes = null
  readonly touched = new Set<string>()
  readonly moved = new Map<string, number>()
  readonly #shop: FakeShop
  readonly #api: ShopifyApi
  #keys = 0
  #products = 0

  constructor(schema: GraphQLSchema, { clock }: StoryDeps) {
    this.#shop = createShop({ now: clock.real })
    this.#api = createShopifyApi(schema, this.#shop, { now: clock.real })
    addMarket(this.#shop, { handle: 'eurozone', currency: 'EUR', factor: 1.2 })
    addMarket(this.#shop, { handle: 'japan', currency: 'JPY', factor: 190 })
  }

  get violations(): string[] {
    return this.#api.violations
  }

  get answer(): Remote['answer'] {
    return this.#api.answer
  }

  credentials(): ReturnType<Remote['credentials']> {
    const { clientId, clientSecret } = this.#api.keys
    return { settings: { baseUrl: 'http://127.0.0.1:1', clientId }, secrets: { clientSecret } }
  }

  /** Half of the time the points are used up, the other half there were too many requests. */
  throttle(name: string): WireAnswer {
    this.#keys++
    // Tokens cost no points.
    if (this.#keys % 2 === 0 || name === 'AccessToken')
      return { status: 429, headers: { 'retry-after': '2.0' }, body: '{"errors":"Throttled"}' }
    const throttleStatus = { maximumAvailable: 2000, currentlyAvailable: 3, restoreRate: 100 }
    const cost = { requestedQueryCost: 60, actualQueryCost: null, throttleStatus }
    const errors = [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }]
    return {
      ...{ status: 200, headers: { 'content-type': 'application/json' } },
      body: JSON.stringify({ errors, extensions: { cost } }),
    }
  }

  knowsAgain(): boolean {
    return true
  }

  endSessions(): void {
    this.#api.endTokens()
  }

  changeKeys(): void {
    this.#api.keys.clientSecret = `secret-${++this.#keys}`
    this.#api.endTokens()
  }

  /** Its lists are in order of time. */
  listsOf(): unknown[][] {
    return []
  }

  placeOrder(): void {
    const isSplit = this.#shop.orders.size % 4 === 3
    placeOrder(this.#shop, {
      ...{ currency: 'EUR', total: '25.8', address: ADDRESS, financial: 'PAID' },
      lines: isSplit ? [...LINES, { sku: 'MUG', name: 'Mug', quantity: 1, unitPrice: '12.9' }] : LINES,
      locations: isSplit ? 2 : 1,
    })
  }

  placeListing(): void {
    this.#products++
    // Shopify's own clock: a new product is never older than the last.
    addProduct(this.#shop, {
      ...{ title: `Mug ${this.#products}`, descriptionHtml: '<p>Thrown by hand.</p>' },
      variants: [{ sku: `SKU-${this.#products}`, stock: this.#products % 2 === 0 ? [12, 8] : [20] }],
    })
  }

  stir(rng: Rng, remoteId?: string): void {
    const order = this.#shop.orders.get(remoteId ?? '') ?? pick([...this.#shop.orders.values()], rng)
    const dice = rng()
    if (dice < 0.02) for (const each of this.#shop.orders.values()) this.#cancel(each)
    else if (dice < 0.1) placeOrder(this.#shop, { lines: LINES, address: ADDRESS, financial: 'PENDING' })
    else if (order === undefined || dice < 0.5)
      for (let i = Math.floor(rng() * 4); i >= 0; i--) this.placeOrder()
    else if (order.cancelledAt === null) this.#stirOrder(order, dice, rng)
  }

  #stirOrder(order: FakeOrder, dice: number, rng: Rng): void {
    if (dice < 0.6) {
      order.address = { ...ADDRESS, address1: `moved ${rng()}` }
      touch(this.#shop, order)
    } else if (dice < 0.7 && order.financial === 'PENDING') {
      order.financial = 'PAID'
      touch(this.#shop, order)
    } else if (dice < 0.78) {
      const open = order.fulfilmentOrders.filter(({ status }) => status === 'OPEN')
      const first = open[0]
      if (first !== undefined)
        ship(this.#shop, [first.id], { company: 'Other', number: `ELSEWHERE-${order.name}` })
    } else if (dice < 0.88) this.#cancel(order)
    else this.#hold(order)
  }

  #cancel(order: FakeOrder): void {
    if (order.fulfilments.length > 0 || order.cancelledAt !== null) return
    order.cancelledAt = new Date(this.#shop.now()).toISOString()
    for (const one of order.fulfilmentOrders) one.status = 'CANCELLED'
    touch(this.#shop, order)
  }

  #hold(order: FakeOrder): void {
    if (order.fulfilments.length > 0) return
    const isHeld = order.fulfilment === 'ON_HOLD'
    order.fulfilment = isHeld ? 'UNFULFILLED' : 'ON_HOLD'
    for (const one of order.fulfilmentOrders) one.status = isHeld ? 'OPEN' : 'ON_HOLD'
    touch(this.#shop, order)
  }

  stirCatalogue(rng: Rng, remoteId?: string): void {
    const { products } = this.#shop.catalogue
    const product = products.get(remoteId ?? '') ?? pick([...products.values()], rng)
    const dice = rng()
    if (product === undefined || dice < 0.15) return this.placeListing()
    if (dice < 0.2) return void this.#shop.catalogue.products.delete(product.id)
    if (dice < 0.55) return this.#move(product, Math.floor(rng() * 7) - 4)
    if (dice < 0.8) return this.#retitle(product, rng)
    this.#reprice(product, rng)
  }

  #move(product: FakeProduct, delta: number): void {
    const levels = product.variants[0]?.levels
    const first = levels?.entries().next().value
    if (levels === undefined || first === undefined || first[1] + delta < 0) return
    levels.set(first[0], first[1] + delta)
    this.moved.set(product.id, (this.moved.get(product.id) ?? 0) + delta)
    this.#touch(product)
  }

  #retitle(product: FakeProduct, rng: Rng): void {
    const locale = rng() < 0.6 ? 'en' : (pick(OTHER_LOCALES, rng) ?? 'de')
    const title = `there ${Math.floor(rng() * 1e6)}`
    this.touched.add(`${product.id} ${fieldName({ kind: 'content', locale, part: 'title' })}`)
    // A translation does not move the product's time.
    if (locale !== 'en') return translate(product, locale, 'title', title)
    product.title = title
    this.#touch(product)
  }

  #reprice(product: FakeProduct, rng: Rng): void {
    const [variant] = product.variants
    if (variant === undefined) return
    const offerRemoteId = variant.id
    const market = rng() < 0.5 ? this.#shop.catalogue.markets[0] : undefined
    const amount = (20 + rng() * 10).toFixed(2)
    if (market !== undefined) market.fixed.set(variant.id, amount)
    else {
      variant.price = amount
      this.#touch(product)
    }
    const currency = market?.currency ?? this.#shop.catalogue.currency
    const field = fieldName({ kind: 'price', offerRemoteId, currency, market: market?.handle })
    this.touched.add(`${product.id} ${field}`)
  }

  #touch(product: FakeProduct): void {
    touchProduct(this.#shop, product)
  }

  get orders(): StoryShop['orders'] {
    return new Map(
      [...this.#shop.orders].map(([remoteId, order]) => [
        remoteId,
        {
          ...{ remoteId, status: statusOf(order), updatedAt: Date.parse(order.updatedAt) },
          fulfilments: order.fulfilments.map(({ id, displayStatus, company, number }) => ({
            ...{ remoteId: id, state: displayStatus, carrier: company, trackingNumber: number },
          })),
        },
      ]),
    )
  }

  /** A parcel that leaves from two locations is told twice; more often it is told than there are locations, more often than once. */
  get effects(): StoryShop['effects'] {
    const told: { orderRemoteId: string; trackingNumber: string }[] = []
    for (const { id, fulfilments } of this.#shop.orders.values()) {
      const places = new Map<string, number>()
      for (const { number, locationId } of fulfilments) {
        const key = `${number} ${locationId}`
        places.set(key, (places.get(key) ?? 0) + 1)
      }
      for (const trackingNumber of new Set(fulfilments.map(({ number }) => number))) {
        const counts = [...places].flatMap(([key, count]) =>
          key.startsWith(`${trackingNumber} `) ? [count] : [],
        )
        for (let i = Math.max(...counts); i > 0; i--) told.push({ orderRemoteId: id, trackingNumber })
      }
    }
    return told
  }

  get listings(): ReadonlyMap<string, RemoteListing> {
    return new Map([...this.#shop.catalogue.products].map(([id, product]) => [id, this.#toListing(product)]))
  }

  #toListing(product: FakeProduct): RemoteListing {
    const { currency, markets } = this.#shop.catalogue
    const translated = OTHER_LOCALES.map((locale) => {
      const textOf = (key: string): string => product.translations.get(locale)?.get(key)?.value ?? ''
      return [locale, { title: textOf('title'), description: textOf('body_html') }]
    })
    return {
      ...{
        remoteId: product.id,
        status: 'active',
        rawStatus: product.status,
        mainLocale: 'en',
        pictureUrl: '',
      },
      updatedAt: Date.parse(product.updatedAt),
      contents: {
        en: { title: product.title, description: product.descriptionHtml },
        ...Object.fromEntries(translated),
      },
      offers: product.variants.map((variant) => ({
        ...{ remoteId: variant.id, sku: variant.sku, option: '' },
        prices: [
          toMinor(variant.price, currency),
          ...markets.flatMap((market): OfferPrice[] => {
            const fixed = market.fixed.get(variant.id)
            return fixed === undefined ? [] : [{ ...toMinor(fixed, market.currency), market: market.handle }]
          }),
        ].sort(comparePrices),
        stock: [...variant.levels.values()].reduce((sum, level) => sum + level, 0),
      })),
    }
  }
}

function statusOf({ cancelledAt, financial, fulfilment }: FakeOrder): RemoteStatus {
  if (cancelledAt !== null) return 'cancelled'
  if (fulfilment === 'FULFILLED') return 'shipped'
  if (fulfilment === 'PARTIALLY_FULFILLED') return 'partially_shipped'
  if (financial === 'PENDING') return 'awaiting_payment'
  return fulfilment === 'ON_HOLD' ? 'on_hold' : 'to_ship'
}

function pick<T>(all: readonly T[], rng: Rng): T | undefined {
  return all[Math.floor(rng() * all.length)]
}
