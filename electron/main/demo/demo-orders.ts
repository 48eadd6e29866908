import type { Rng } from '#core/shared/ports.ts'
import { seededRng } from '#core/shared/seeded-rng.ts'
import { listDemoProducts, type DemoProduct } from '#main/demo/demo-catalogue.ts'
import { makeDemoBuyer, type DemoBuyer } from '#main/demo/demo-buyers.ts'

/** The orders of one demo shop, as its server keeps them. The same seed and start always give the same orders. */

export interface DemoOrderLine {
  id: string
  sku: string
  name: string
  quantity: number
  /** In the shop's integer money, see DEMO_MONEY_PRECISION. */
  unitPriceWithTax: number
  /** Pieces of it that were cancelled on their own; absent: none. */
  cancelled?: number
}

/** An entry of an order's history: notes, and what a cancellation writes. */
export interface DemoHistoryEntry {
  id: string
  type: 'ORDER_NOTE' | 'ORDER_CANCELLATION' | 'ORDER_STATE_TRANSITION'
  isPublic: boolean
  createdAt: number
  updatedAt: number
  data: Record<string, unknown>
}

export interface DemoFulfillment {
  id: string
  state: string
  method: string
  trackingCode: string
  lines: { orderLineId: string; quantity: number }[]
}

export interface DemoOrder {
  id: string
  code: string
  state: string
  currencyCode: string
  shippingWithTax: number
  orderPlacedAt: number
  updatedAt: number
  buyer: DemoBuyer
  lines: DemoOrderLine[]
  fulfillments: DemoFulfillment[]
  /** The shipping was taken back with the goods. */
  shippingCancelled?: boolean
  history?: DemoHistoryEntry[]
}

export interface DemoShopSpec {
  shop: string
  name: string
  prefix: string
  currency: string
  /** What listings have prices in, `currency` first. */
  currencies: string[]
  locale: string
  orders: number
  seed: number
}

/** States of a cart: in the same list as orders, but `active`, and not placed yet. */
const CART_STATES = ['AddingItems', 'ArrangingPayment']

export function isCart({ state }: DemoOrder): boolean {
  return CART_STATES.includes(state)
}

/** How many pieces of a line are still bought; none of a cancelled order. */
export function liveQuantity(order: DemoOrder, line: DemoOrderLine): number {
  return order.state === 'Cancelled' ? 0 : line.quantity - (line.cancelled ?? 0)
}

/** Pieces of a line that no live fulfillment covers yet. */
export function unsentQuantity(order: DemoOrder, line: DemoOrderLine): number {
  const sent = order.fulfillments
    .filter(({ state }) => state !== 'Cancelled')
    .flatMap(({ lines }) => lines)
    .filter(({ orderLineId }) => orderLineId === line.id)
    .reduce((sum, { quantity }) => sum + quantity, 0)
  return Math.max(0, liveQuantity(order, line) - sent)
}

/** Vendure's default money strategy keeps two decimals for every currency, also for yen. */
export const DEMO_MONEY_PRECISION = 2

// prettier-ignore
export const DEMO_SHOPS: DemoShopSpec[] = [
  { shop: 'harbour', name: 'Harbour & Heath', prefix: 'HH', currency: 'EUR', currencies: ['EUR', 'USD'], locale: 'de', orders: 170, seed: 11 },
  { shop: 'kettle', name: 'Kite & Kettle', prefix: 'KK', currency: 'USD', currencies: ['USD', 'EUR'], locale: 'en', orders: 140, seed: 22 },
  { shop: 'minato', name: 'Minato Goods', prefix: 'MG', currency: 'JPY', currencies: ['JPY', 'USD'], locale: 'ja', orders: 90, seed: 33 },
]

/** Only to make plausible prices. */
const PER_EURO: Readonly<Record<string, number>> = { EUR: 1, USD: 1.1, JPY: 160 }

const HOUR = 3_600_000

export function makeDemoOrders(spec: DemoShopSpec, now: number): DemoOrder[] {
  const rng = seededRng(spec.seed)
  const products = listDemoProducts()
  const orders: DemoOrder[] = []
  let placedAt = now
  for (let n = 0; n < spec.orders; n++) {
    placedAt -= Math.floor((0.4 + rng() * 2.6) * HOUR)
    orders.push(makeOrder(spec, spec.orders - n, placedAt, now, products, rng))
  }
  return orders.reverse()
}

function makeOrder(
  spec: DemoShopSpec,
  n: number,
  placedAt: number,
  now: number,
  products: DemoProduct[],
  rng: Rng,
): DemoOrder {
  const id = String(n)
  const code = `${spec.prefix}-${String(20_000 + n * 7)}`
  const lines = makeLines(spec, id, products, rng)
  const state = pickState((now - placedAt) / HOUR, rng)
  const done = state === 'Shipped' || state === 'Delivered'
  return {
    id,
    code,
    state,
    currencyCode: spec.currency,
    shippingWithTax: demoPrice(spec.currency, 590),
    orderPlacedAt: placedAt,
    updatedAt: Math.min(now - 1000, placedAt + Math.floor((done ? 20 + rng() * 10 : 0.2 * rng()) * HOUR)),
    buyer: makeDemoBuyer(spec.orders - n, rng),
    lines,
    fulfillments: done ? [pastFulfillment(id, spec, lines, state, rng)] : [],
  }
}

/** Old orders have gone out; new ones wait; a few are cancelled, unpaid or being changed. */
function pickState(ageHours: number, rng: Rng): string {
  const dice = rng()
  if (dice < 0.04) return 'Cancelled'
  if (dice < 0.06) return 'PaymentAuthorized'
  if (dice < 0.07) return 'Modifying'
  if (ageHours > 170) return 'Delivered'
  if (ageHours > 110) return 'Shipped'
  return 'PaymentSettled'
}

function makeLines(spec: DemoShopSpec, orderId: string, products: DemoProduct[], rng: Rng): DemoOrderLine[] {
  const count = 1 + Math.floor(rng() * rng() * 4)
  const chosen = new Set<DemoProduct>()
  while (chosen.size < count) chosen.add(products[Math.floor(rng() * products.length)] as DemoProduct)
  return [...chosen].map((product, index) => ({
    id: `${orderId}${String(index + 1).padStart(2, '0')}`,
    sku: product.sku,
    name: product.titles[spec.locale] ?? product.sku,
    quantity: rng() < 0.75 ? 1 : 2 + Math.floor(rng() * 2),
    unitPriceWithTax: demoPrice(spec.currency, product.euroCents),
  }))
}

/** Whole yen, else cents, in the shop's integer money. */
export function demoPrice(currency: string, euroCents: number): number {
  const minor = Math.round(euroCents * (PER_EURO[currency] ?? 1))
  return currency === 'JPY' ? Math.round(minor / 1000) * 1000 : minor
}

function pastFulfillment(
  id: string,
  spec: DemoShopSpec,
  lines: DemoOrderLine[],
  state: string,
  rng: Rng,
): DemoFulfillment {
  return {
    id: `${id}01`,
    state: state === 'Delivered' ? 'Delivered' : 'Shipped',
    method: 'Registered packet',
    trackingCode: `${spec.prefix}${String(Math.floor(rng() * 1e9)).padStart(9, '0')}`,
    lines: lines.map((line) => ({ orderLineId: line.id, quantity: line.quantity })),
  }
}
