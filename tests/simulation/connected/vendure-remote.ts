import { fieldName } from '#core/listing/fields.ts'
import { comparePrices, type RemoteListing } from '#core/listing/listing.ts'
import type { RemoteStatus } from '#core/order/order.ts'
import type { Rng } from '#core/shared/ports.ts'
import { cancelDemoOrder } from '#main/demo/cancel-demo-order.ts'
import { deleteListing, updateListing, updateVariants } from '#main/demo/change-demo-listing.ts'
import type { DemoListing } from '#main/demo/demo-listings.ts'
import { isCart, type DemoOrder } from '#main/demo/demo-orders.ts'
import type { DemoShopWorld } from '#main/demo/demo-shop-state.ts'
import { createDemoShop, type DemoShop } from '#main/demo/demo-shop.ts'
import { addFulfillment, transitionFulfillment } from '#main/demo/fulfil-demo-order.ts'
import type { Remote } from '#tests/simulation/connected/remote.ts'
import type { StoryDeps, StoryShop } from '#tests/simulation/story-shop.ts'
import type { Answering, WireAnswer } from '#tests/support/local-server.ts'
import { BUYER } from '#tests/support/test-desk.ts'

const CURRENCIES = ['EUR', 'USD']
const ADDRESS = {
  ...{
    fullName: BUYER.name,
    email: BUYER.email,
    streetLine1: BUYER.line1,
    streetLine2: '',
    city: BUYER.city,
  },
  ...{ postalCode: BUYER.postcode, province: '', countryCode: 'DE', phoneNumber: '' },
}
const STATUSES: Readonly<Record<string, RemoteStatus>> = {
  ...{ PaymentSettled: 'to_ship', PartiallyShipped: 'partially_shipped', Shipped: 'shipped' },
  ...{ Modifying: 'on_hold', Cancelled: 'cancelled' },
}
/** What only a document or variables of ours that Vendure does not know are answered with. */
const OUR_FAULT = /GRAPHQL_VALIDATION_FAILED|GRAPHQL_PARSE_FAILED|BAD_USER_INPUT/

/** A demo shop, which speaks as much of Vendure's admin API as a real one is held to. Many of its changes move no time. */
export class VendureRemote implements Remote {
  readonly connectorId = 'vendure'
  readonly comparesStock = false
  readonly parcelsPerOrder = 1
  readonly touched = new Set<string>()
  readonly moved = new Map<string, number>()
  readonly violations: string[] = []
  readonly #access = { username: 'desk', password: 'password-0' }
  readonly #world: DemoShopWorld
  readonly #shop: DemoShop
  #keys = 0
  #listings = 0

  constructor({ clock }: StoryDeps) {
    const state = { orders: [], listings: [], lastEntryId: 0 }
    this.#world = { state, now: clock.real, onChange: () => undefined }
    const about = { name: 'Lantern Row', locale: 'en', currency: 'EUR', currencies: CURRENCIES }
    this.#shop = createDemoShop(Object.assign(this.#access, about, this.#world))
  }

  readonly answer: Answering = async ({ headers, body }) => {
    const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, unknown> }
    const token = (headers['authorization'] ?? '').replace(/^Bearer /i, '')
    const asked = { query, variables, origin: 'http://127.0.0.1:1' }
    const { status, body: answer, newToken } = await this.#shop.answer(asked, token)
    const text = JSON.stringify(answer)
    if (OUR_FAULT.test(text)) this.violations.push(`${body} is answered with ${text}`)
    const session: Record<string, string> = newToken === null ? {} : { 'vendure-auth-token': newToken }
    return { status, headers: { 'content-type': 'application/json', ...session }, body: text }
  }

  credentials(): ReturnType<Remote['credentials']> {
    const { username, password } = this.#access
    return { settings: { baseUrl: 'http://127.0.0.1:1', username }, secrets: { password } }
  }

  /** Vendure has no limits; what stands before it may. */
  throttle(): WireAnswer {
    return { status: 429, headers: { 'retry-after': '5' }, body: '' }
  }

  /** A note has nothing that would tell it from another. */
  knowsAgain(name: string): boolean {
    return name !== 'AddOrderNote'
  }

  endSessions(): void {
    this.#shop.expireSessions()
  }

  changeKeys(): void {
    this.#access.password = `password-${++this.#keys}`
    this.#shop.expireSessions()
  }

  /** Its lists are in order of time. */
  listsOf(): unknown[][] {
    return []
  }

  placeOrder(): void {
    this.#addOrder('PaymentSettled')
  }

  #addOrder(state: string): void {
    const now = this.#world.now()
    const id = String(this.#world.state.orders.length + 1)
    this.#world.state.orders.push({
      ...{
        id,
        code: `LR-${id}`,
        state,
        currencyCode: 'EUR',
        shippingWithTax: 0,
        orderPlacedAt: now,
        updatedAt: now,
      },
      lines: [{ id: `${id}01`, sku: 'MUG', name: 'Mug', quantity: 2, unitPriceWithTax: 1290 }],
      ...{ buyer: { ...ADDRESS }, fulfillments: [] },
    })
  }

  placeListing(): void {
    const id = String(++this.#listings)
    const now = this.#world.now()
    const translation = { slug: `mug-${id}`, description: '', updatedAt: now }
    this.#world.state.listings.push({
      ...{ id, code: 'MUG', enabled: true, deleted: false, createdAt: now, updatedAt: now },
      translations: [
        { ...translation, id: `${id}01`, languageCode: 'en', name: `Mug ${id}` },
        { ...translation, id: `${id}02`, languageCode: 'de', name: `Becher ${id}` },
      ],
      variants: [
        {
          ...{ id: `9${id}`, sku: `SKU-${id}`, enabled: true, trackInventory: 'TRUE', updatedAt: now },
          ...{ names: [{ languageCode: 'en', name: `Mug ${id}` }], option: null },
          prices: CURRENCIES.map((currencyCode) => ({ currencyCode, price: 1290 })),
          ...{ stockOnHand: 20, stockAllocated: 0 },
        },
      ],
    })
  }

  stir(rng: Rng, remoteId?: string): void {
    const { orders } = this.#world.state
    const order = orders.find(({ id }) => id === remoteId) ?? pick(orders, rng)
    const dice = rng()
    if (dice < 0.02) for (const each of orders) this.#cancel(each)
    else if (dice < 0.08) this.#addOrder('ArrangingPayment')
    else if (dice < 0.16) this.#payCart()
    else if (order === undefined || dice < 0.5)
      for (let i = Math.floor(rng() * 4); i >= 0; i--) this.placeOrder()
    else if (dice < 0.65) order.buyer = { ...ADDRESS, streetLine1: `moved ${rng()}` }
    else if (dice < 0.72) this.#shipElsewhere(order)
    else if (dice < 0.8) this.#cancel(order)
    else if (order.state === 'PaymentSettled' || order.state === 'Modifying')
      order.state = rng() < 0.5 && order.fulfillments.length === 0 ? 'Modifying' : 'PaymentSettled'
  }

  /** The oldest cart becomes an order; its time of change stays. */
  #payCart(): void {
    const cart = this.#world.state.orders.find(isCart)
    if (cart !== undefined) Object.assign(cart, { state: 'PaymentSettled', orderPlacedAt: this.#world.now() })
  }

  #cancel(order: DemoOrder): void {
    if (order.fulfillments.length === 0 && !isCart(order) && order.state !== 'Cancelled')
      cancelDemoOrder(this.#world, { orderId: order.id })
  }

  #shipElsewhere(order: DemoOrder): void {
    if (order.state !== 'PaymentSettled' || order.fulfillments.length > 0) return
    const given = { method: 'Other', trackingCode: `ELSEWHERE-${order.code}` }
    const made = addFulfillment(this.#world, {
      lines: order.lines.map(({ id, quantity }) => ({ orderLineId: id, quantity })),
      handler: {
        code: 'manual-fulfillment',
        arguments: Object.entries(given).map(([name, value]) => ({ name, value })),
      },
    })
    if ('id' in made) transitionFulfillment(this.#world, { id: made.id, state: 'Shipped' })
  }

  stirCatalogue(rng: Rng, remoteId?: string): void {
    const live = this.#world.state.listings.filter(({ deleted }) => !deleted)
    const listing = live.find(({ id }) => id === remoteId) ?? pick(live, rng)
    const dice = rng()
    if (listing === undefined || dice < 0.15) return this.placeListing()
    if (dice < 0.2) return void deleteListing(this.#world, listing.id)
    if (dice < 0.55) return this.#move(listing, Math.floor(rng() * 7) - 4)
    if (dice < 0.8) {
      const languageCode = rng() < 0.6 ? 'en' : 'de'
      const name = `there ${Math.floor(rng() * 1e6)}`
      updateListing(this.#world, { id: listing.id, translations: [{ languageCode, name }] })
      this.#touch(listing, fieldName({ kind: 'content', locale: languageCode, part: 'title' }))
    } else this.#reprice(listing, 2_000 + Math.floor(rng() * 1_000), rng() < 0.5 ? 'EUR' : 'USD')
  }

  #reprice(listing: DemoListing, price: number, currency: string): void {
    const id = listing.variants[0]?.id ?? ''
    updateVariants(this.#world, [{ id, prices: [{ currencyCode: currency, price }] }], CURRENCIES)
    this.#touch(listing, fieldName({ kind: 'price', offerRemoteId: id, currency }))
  }

  /** Sales leave the time of a variant alone. */
  #move(listing: DemoListing, delta: number): void {
    const [variant] = listing.variants
    if (variant === undefined || variant.stockOnHand + delta < 0) return
    variant.stockOnHand += delta
    this.moved.set(listing.id, (this.moved.get(listing.id) ?? 0) + delta)
  }

  #touch({ id }: DemoListing, field: string): void {
    this.touched.add(`${id} ${field}`)
  }

  get orders(): StoryShop['orders'] {
    const placed = this.#world.state.orders.filter((order) => !isCart(order))
    return new Map(
      placed.map((order) => [
        order.id,
        {
          ...{ remoteId: order.id, status: STATUSES[order.state] ?? 'unknown' },
          updatedAt: Math.floor(order.updatedAt / 1000) * 1000,
          fulfilments: order.fulfillments.map(({ id, state, method, trackingCode }) => ({
            ...{ remoteId: id, state, carrier: method, trackingNumber: trackingCode },
          })),
        },
      ]),
    )
  }

  get effects(): StoryShop['effects'] {
    return this.#world.state.orders.flatMap(({ id, fulfillments }) =>
      fulfillments.map(({ trackingCode }) => ({ orderRemoteId: id, trackingNumber: trackingCode })),
    )
  }

  get notes(): ReadonlyMap<string, string[]> {
    return new Map(
      this.#world.state.orders.map(({ id, history = [] }) => [
        id,
        history.flatMap(({ type, data }) => (type === 'ORDER_NOTE' ? [String(data['note'])] : [])),
      ]),
    )
  }

  get listings(): ReadonlyMap<string, RemoteListing> {
    const live = this.#world.state.listings.filter(({ deleted }) => !deleted)
    return new Map(live.map((listing) => [listing.id, toListing(listing)]))
  }
}

function toListing({ id, updatedAt, translations, variants }: DemoListing): RemoteListing {
  const contents = translations.map(({ languageCode, name, description }) => [
    languageCode,
    { title: name, description },
  ])
  return {
    ...{ remoteId: id, status: 'active', rawStatus: 'enabled', mainLocale: 'en', pictureUrl: '' },
    updatedAt: Math.max(updatedAt, ...variants.map((variant) => variant.updatedAt)),
    contents: Object.fromEntries(contents),
    offers: variants.map((variant) => ({
      ...{ remoteId: variant.id, sku: variant.sku, option: '', stock: variant.stockOnHand },
      prices: variant.prices
        .map(({ currencyCode, price }) => ({ minor: price, currency: currencyCode }))
        .sort(comparePrices),
    })),
  }
}

function pick<T>(all: readonly T[], rng: Rng): T | undefined {
  return all[Math.floor(rng() * all.length)]
}
