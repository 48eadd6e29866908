import { checkOrder, type OrderFacts } from '#core/order/check-order.ts'
import type { Order, OrderLine } from '#core/order/order.ts'
import { DEFAULT_HANDLING_DAYS, shipByOf } from '#core/order/ship-by.ts'
import { decideBlocked, NOT_BLOCKED } from '#core/order/stages.ts'
import { makeId } from '#core/shared/ids.ts'
import type { Rng } from '#core/shared/ports.ts'
import { seededRng } from '#core/shared/seeded-rng.ts'
import { pick, seedBuyer } from './seed-buyers.ts'
import { doneStory, openStory } from './seed-stories.ts'
import { seedProduct, type SeedProduct } from './seed-products.ts'
import { SEED_SHOPS, SENDER_COUNTRY, type SeedShop } from './seed-shops.ts'

export interface SeedSize {
  orders: number
  products: number
  /** The moment of the newest order, epoch ms. */
  now: number
  seed: number
  /** How many of them are not done; absent: a few, as at a shop of that size. */
  open?: number | undefined
}

const DAY = 86_400_000
const SPAN_DAYS = 900
const SHOP_WEIGHT = SEED_SHOPS.reduce((sum, { weight }) => sum + weight, 0)

/**
 * The orders of a seeded desk, oldest first, one at a time: whoever reads them holds one. The same size gives the same orders. Most are
 * done; of 500,000 about 5,000 are open, of 10,000 about 700.
 */
export function* seedOrders(size: SeedSize): Generator<Order, void> {
  const rng = seededRng(size.seed)
  const open = Math.min(size.orders, size.open ?? Math.round(Math.sqrt(size.orders) * 7))
  let before = 0
  for (let n = 0; n < size.orders; n++) {
    const age = Math.pow(1 - n / size.orders, 1.25) * SPAN_DAYS * DAY
    const placedAt = Math.max(before + 1, Math.floor(size.now - age))
    before = placedAt
    const order = makeOrder(n, placedAt, size, rng)
    const left = size.orders - n
    yield left <= open
      ? judge({ ...order, ...openStory(order, left / open, size.now, rng) }, size)
      : {
          ...order,
          ...doneStory(order, n, rng),
        }
  }
}

/** What stands in the way is decided as the app decides it. */
function judge(order: Order, size: SeedSize): Order {
  const skus = new Map(order.lines.map(({ sku }) => [sku, productOfSku(sku, size)]))
  const facts: OrderFacts = {
    ...{ products: skus, senderCountry: SENDER_COUNTRY, rules: { destinations: null, rates: null } },
    account: null,
    today: new Date(size.now).toISOString().slice(0, 10),
  }
  return { ...order, ...decideBlocked(order, checkOrder(order, facts)) }
}

export function productsCreatedAt({ now }: Pick<SeedSize, 'now'>): number {
  return now - (SPAN_DAYS + 100) * DAY
}

function productOfSku(sku: string, size: SeedSize): SeedProduct {
  return seedProduct(Number(sku.split('-').at(-1)) - 100, productsCreatedAt(size))
}

function makeOrder(n: number, placedAt: number, size: SeedSize, rng: Rng): Order {
  const shop = pickShop(rng)
  const buyer = seedBuyer(rng)
  const remoteId = String(n + 1)
  const lines = makeLines(remoteId, shop, size, rng)
  const goods = lines.reduce((sum, { unitPrice, quantity }) => sum + unitPrice.minor * quantity, 0)
  return {
    ...{ id: makeId<'order'>(placedAt, rng), connectionId: shop.id, remoteId },
    ...{ number: `${shop.prefix}-${String(100_000 + n)}`, status: 'to_ship', rawStatus: 'PaymentSettled' },
    ...{
      placedAt,
      remoteUpdatedAt: placedAt,
      shipBy: shipByOf(placedAt, { handlingDays: DEFAULT_HANDLING_DAYS }),
    },
    ...{ currency: shop.currency, total: price(goods + Math.round(590 * shop.perCent), shop) },
    ...{ buyerName: buyer.name, buyerEmail: buyer.email, shipTo: buyer, lines, fulfilments: [] },
    ...{ stage: 'to_ship', ...NOT_BLOCKED, held: false, trackingNumber: '', updatedAt: placedAt },
    note: rng() < 0.05 ? pick(NOTES, rng) : '',
    ...(rng() < 0.12 ? { tags: [pick(TAGS, rng)] } : {}),
  }
}

const NOTES = [
  'Gift: no invoice in the parcel',
  'Ring the bell twice',
  'ラッピング希望',
  '请勿折叠',
  'Bitte nicht knicken',
]
const TAGS = ['gift', 'fragile', 'wholesale', 'preorder', 'repeat buyer', 'photo', '加急']

function pickShop(rng: Rng): SeedShop {
  let left = rng() * SHOP_WEIGHT
  return SEED_SHOPS.find(({ weight }) => (left -= weight) < 0) ?? (SEED_SHOPS[0] as SeedShop)
}

/** Few goods sell often, most now and then. */
function makeLines(remoteId: string, shop: SeedShop, size: SeedSize, rng: Rng): OrderLine[] {
  const count = rng() < 0.72 ? 1 : 2 + Math.floor(rng() * rng() * 5)
  return Array.from({ length: count }, (_, at) => {
    const product = seedProduct(Math.floor(size.products * Math.pow(rng(), 3)), productsCreatedAt(size))
    return {
      ...{ remoteLineId: `${remoteId}-${at + 1}`, sku: product.sku, title: product.titles[shop.locale] },
      quantity: rng() < 0.8 ? 1 : 2 + Math.floor(rng() * 4),
      unitPrice: price(Math.max(1, Math.round(product.euroCents * shop.perCent)), shop),
      customs: null,
    }
  })
}

function price(minor: number, { currency }: SeedShop): Order['total'] {
  return { minor, currency }
}
