import { fieldName } from '#core/listing/fields.ts'
import { comparePrices, type OfferPrice, type RemoteListing } from '#core/listing/listing.ts'
import type { RemoteStatus } from '#core/order/order.ts'
import type { Rng } from '#core/shared/ports.ts'
import { createAmazonApi, type AmazonApi } from '#tests/fakes/amazon/account-server.ts'
import {
  confirm,
  createAccount,
  touch,
  type FakeAccount,
  type FakeOrder,
} from '#tests/fakes/amazon/account-state.ts'
import {
  placeListing,
  priceIn,
  quantityOf,
  sell,
  settle,
  type FakeElement,
  type FakeListing,
} from '#tests/fakes/amazon/listings-state.ts'
import { placeOrder } from '#tests/fakes/amazon/make-orders.ts'
import { toMinor } from '#tests/simulation/connected/minor.ts'
import type { Remote } from '#tests/simulation/connected/remote.ts'
import type { StoryDeps, StoryShop } from '#tests/simulation/story-shop.ts'
import { BUYER } from '#tests/support/test-desk.ts'
import type { ContractJudge } from '#tests/peers/amazon-models/judge.ts'
import type { WireAnswer } from '#tests/support/local-server.ts'

const ADDRESS = {
  ...{ name: BUYER.name, addressLine1: BUYER.line1, city: BUYER.city, postalCode: BUYER.postcode },
  countryCode: 'DE',
}
const DE = { id: 'A1PA6795UKMFR9', country: 'DE', tag: 'de_DE', locale: 'de-DE', currency: 'EUR' }
const GB = { id: 'A1F83G8C2ARO7P', country: 'GB', tag: 'en_GB', locale: 'en-GB', currency: 'GBP' }
const MARKETS = [DE, GB]
/** Most go well. */
const FEED_ENDS = [...Array<'DONE'>(8).fill('DONE'), 'FATAL', 'CANCELLED'] as const
const GATEWAY = 'http://127.0.0.1:1'
const ITEM = { sku: 'MUG', title: 'Mug', quantity: 2, unitPrice: '12.90' }

/** A seller's account in Europe that lists in two marketplaces. Amazon takes changes at once and carries some out later. */
export class AmazonRemote implements Remote {
  readonly connectorId = 'amazon'
  readonly comparesStock = false
  readonly parcelsPerOrder = 2
  readonly notes = null
  readonly touched = new Set<string>()
  readonly moved = new Map<string, number>()
  readonly #account: FakeAccount
  readonly #api: AmazonApi
  readonly #judge: ContractJudge
  readonly #broken: string[] = []
  readonly #wrapped = new WeakSet<object>()
  #keys = 0
  #listings = 0

  constructor(judge: ContractJudge, { clock }: StoryDeps) {
    this.#account = createAccount({ now: clock.real })
    this.#account.definitions.storageUrl = GATEWAY
    // A large seller's plan: the stories are short.
    this.#api = createAmazonApi(this.#account, { rates: { SearchOrders: 0.2 } })
    this.#judge = judge
  }

  get violations(): string[] {
    return [...this.#api.violations, ...this.#broken]
  }

  get batches(): number {
    return this.#account.feeds.byId.size
  }

  readonly answer: Remote['answer'] = async (request) => {
    const answer = await this.#api.answer(request)
    this.#broken.push(...this.#judge(request, answer))
    return answer
  }

  credentials(): ReturnType<Remote['credentials']> {
    const { clientId, clientSecret, refreshToken } = this.#api.keys
    return {
      settings: {
        ...{ region: 'eu', clientId, gatewayUrl: GATEWAY, tokenUrl: `${GATEWAY}/auth/o2/token` },
        ...{ sellerId: this.#account.sellerId, marketplaces: 'DE, GB' },
      },
      secrets: { clientSecret, refreshToken },
    }
  }

  throttle(): WireAnswer {
    const errors = [{ code: 'QuotaExceeded', message: 'You exceeded your quota.', details: '' }]
    const headers = { 'content-type': 'application/json', 'x-amzn-errortype': 'TooManyRequestsException' }
    return { status: 429, headers, body: JSON.stringify({ errors }) }
  }

  /** A feed that comes twice is two. */
  knowsAgain(name: string): boolean {
    return name !== 'CreateFeed'
  }

  endSessions(): void {
    this.#api.endTokens()
  }

  changeKeys(): void {
    this.#api.keys.clientSecret = `secret-${++this.#keys}`
    this.#api.endTokens()
  }

  /** In which order a page comes is not said. */
  listsOf(body: unknown): unknown[][] {
    const { orders } = body as { orders?: unknown[] }
    return orders === undefined ? [] : [orders]
  }

  wrapPending(wrap: (carryOut: () => void) => () => void): void {
    for (const pending of this.#account.listings.pending) {
      if (this.#wrapped.has(pending)) continue
      this.#wrapped.add(pending)
      pending.carryOut = wrap(pending.carryOut)
    }
  }

  settle(): void {
    settle(this.#account.listings, this.#account.now())
  }

  placeOrder(): void {
    const n = this.#account.orders.size
    const items = n % 4 === 3 ? [ITEM, { ...ITEM, quantity: 1 }] : [ITEM]
    // Every sixth is packed and sent by Amazon.
    const fulfilledBy = n % 6 === 5 ? 'AMAZON' : 'MERCHANT'
    placeOrder(this.#account, { address: ADDRESS, total: '25.80', items, fulfilledBy })
  }

  placeListing(): void {
    const n = ++this.#listings
    placeListing(this.#account, {
      sku: `SKU-${n}`,
      prices: { [DE.id]: { currency: 'EUR', amount: 14.9 }, [GB.id]: { currency: 'GBP', amount: 12.9 } },
      titles: {
        [DE.tag]: { title: `Becher ${n}`, marketplaceId: DE.id },
        [GB.tag]: { title: `Mug ${n}`, marketplaceId: GB.id },
      },
      quantity: 20,
    })
  }

  stir(rng: Rng, remoteId?: string): void {
    const { orders } = this.#account
    const order = orders.get(remoteId ?? '') ?? pick([...orders.values()], rng)
    const dice = rng()
    this.#account.listings.delayMs = rng() < 0.3 ? Math.floor(rng() * 90_000) : 0
    const { feeds } = this.#account
    feeds.delayMs = 20_000 + Math.floor(rng() * 300_000)
    feeds.end = pick(FEED_ENDS, rng) ?? 'DONE'
    if (dice < 0.02) for (const each of this.#account.orders.values()) this.#cancel(each)
    else if (dice < 0.1)
      placeOrder(this.#account, {
        status: 'PENDING',
        address: null,
        total: null,
        items: [{ ...ITEM, unitPrice: null }],
      })
    else if (order === undefined || dice < 0.5)
      for (let i = Math.floor(rng() * 4); i >= 0; i--) this.placeOrder()
    else this.#stirOrder(order, dice, rng)
  }

  #stirOrder(order: FakeOrder, dice: number, rng: Rng): void {
    if (dice < 0.6) order.address = { ...ADDRESS, addressLine1: `moved ${rng()}` }
    else if (dice < 0.72 && order.status === 'PENDING')
      Object.assign(order, { status: 'UNSHIPPED', address: ADDRESS, total: '25.80' })
    else if (dice < 0.8) return this.#shipElsewhere(order)
    else if (dice < 0.9) return this.#cancel(order)
    else return this.#askToCancel(order)
    touch(this.#account, order)
  }

  /** Somebody books a parcel with the first line in Seller Central. */
  #shipElsewhere(order: FakeOrder): void {
    const [item] = order.items
    if (item === undefined || item.quantityFulfilled > 0) return
    confirm(this.#account, order, {
      ...{ packageReferenceId: '1', carrier: 'DHL', trackingNumber: `ELSEWHERE-${order.id}` },
      ...{ shipDate: new Date(this.#account.now()).toISOString() },
      items: [{ orderItemId: item.orderItemId, quantity: item.quantity }],
    })
  }

  #cancel(order: FakeOrder): void {
    if (order.packages.length > 0 || order.status === 'CANCELLED') return
    order.status = 'CANCELLED'
    for (const item of order.items) item.isCancelled = true
    touch(this.#account, order)
  }

  #askToCancel(order: FakeOrder): void {
    const [item] = order.items
    if (item === undefined || order.status !== 'UNSHIPPED') return
    item.isCancelRequested = item.isCancelRequested !== true
    touch(this.#account, order)
  }

  stirCatalogue(rng: Rng, remoteId?: string): void {
    this.settle()
    const { bySku } = this.#account.listings
    const listing = bySku.get(remoteId ?? '') ?? pick([...bySku.values()], rng)
    const dice = rng()
    if (listing === undefined || dice < 0.15) return this.placeListing()
    if (dice < 0.2) return void this.#account.listings.bySku.delete(listing.sku)
    if (dice < 0.55) return this.#move(listing, Math.floor(rng() * 7) - 4)
    const market = rng() < 0.5 ? DE : GB
    if (dice < 0.8) this.#retitle(listing, market, `there ${Math.floor(rng() * 1e6)}`)
    else this.#reprice(listing, market, 20 + Math.floor(rng() * 1000) / 100)
    const place = listing.markets.get(market.id)
    if (place !== undefined) place.updatedAt = this.#account.now()
  }

  /** Buyers leave the listing's time alone. */
  #move(listing: FakeListing, delta: number): void {
    const before = Number(quantityOf(listing) ?? 0)
    if (before + delta < 0) return
    sell(listing, -delta)
    this.moved.set(listing.sku, (this.moved.get(listing.sku) ?? 0) + delta)
  }

  #retitle(listing: FakeListing, market: typeof DE, title: string): void {
    const element = find(listing, 'item_name', market.id)
    if (element !== undefined) element['value'] = title
    this.touched.add(`${listing.sku} ${fieldName({ kind: 'content', locale: market.locale, part: 'title' })}`)
  }

  #reprice(listing: FakeListing, market: typeof DE, amount: number): void {
    const offer = listing.attributes
      .get('purchasable_offer')
      ?.find((each) => each['marketplace_id'] === market.id && each['audience'] === 'ALL')
    if (offer !== undefined) offer['our_price'] = [{ schedule: [{ value_with_tax: amount }] }]
    const about = { offerRemoteId: listing.sku, currency: market.currency, market: market.country }
    this.touched.add(`${listing.sku} ${fieldName({ kind: 'price', ...about })}`)
  }

  get orders(): StoryShop['orders'] {
    return new Map(
      [...this.#account.orders].map(([remoteId, order]) => [
        remoteId,
        {
          ...{ remoteId, status: statusOf(order), updatedAt: order.updatedAt },
          fulfilments: order.packages.map(({ packageReferenceId, status, carrier, trackingNumber }) => ({
            ...{ remoteId: packageReferenceId, state: status, carrier, trackingNumber },
          })),
        },
      ]),
    )
  }

  get effects(): StoryShop['effects'] {
    return [...this.#account.orders.values()].flatMap(({ id, packages }) =>
      packages.map(({ trackingNumber }) => ({ orderRemoteId: id, trackingNumber })),
    )
  }

  get listings(): ReadonlyMap<string, RemoteListing> {
    return new Map([...this.#account.listings.bySku].map(([sku, listing]) => [sku, this.#toListing(listing)]))
  }

  #toListing(listing: FakeListing): RemoteListing {
    const { sku } = listing
    const textOf = (name: string, { id }: typeof DE): string =>
      (find(listing, name, id)?.['value'] as string | undefined) ?? ''
    const contents = MARKETS.map((market) => [
      market.locale,
      { title: textOf('item_name', market), description: textOf('product_description', market) },
    ])
    const prices = MARKETS.map(({ id, currency, country }): OfferPrice => ({
      ...toMinor(Number(priceIn(listing, id)), currency),
      market: country,
    }))
    return {
      ...{ remoteId: sku, status: 'active', rawStatus: '', mainLocale: 'de-DE', pictureUrl: '' },
      updatedAt: Math.max(...[...listing.markets.values()].map(({ updatedAt }) => updatedAt)),
      contents: Object.fromEntries(contents),
      offers: [
        {
          ...{ remoteId: sku, sku, option: '', stock: Number(quantityOf(listing)) },
          prices: prices.sort(comparePrices),
        },
      ],
    }
  }
}

function find(listing: FakeListing, name: string, marketplaceId: string): FakeElement | undefined {
  return listing.attributes.get(name)?.find((each) => each['marketplace_id'] === marketplaceId)
}

function statusOf({ status, fulfilledBy, items }: FakeOrder): RemoteStatus {
  if (status === 'CANCELLED') return 'cancelled'
  if (status === 'PENDING') return 'awaiting_payment'
  if (status === 'SHIPPED') return 'shipped'
  if (fulfilledBy === 'AMAZON') return 'handed_over'
  if (items.some(({ isCancelRequested }) => isCancelRequested === true)) return 'cancel_requested'
  return status === 'PARTIALLY_SHIPPED' ? 'partially_shipped' : 'to_ship'
}

function pick<T>(all: readonly T[], rng: Rng): T | undefined {
  return all[Math.floor(rng() * all.length)]
}
