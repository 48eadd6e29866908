import { describe, expect, it } from 'vitest'
import { queueOf, QUEUES } from '#core/order/order-row.ts'
import type { Order } from '#core/order/order.ts'
import { exponentOf } from '#core/money/currencies.ts'
import { orderSchema } from '#renderer/data/stored-schemas.ts'
import { seedOrders } from './seed-orders.ts'
import { seedProduct } from './seed-products.ts'

const SIZE = { orders: 4000, products: 900, now: Date.UTC(2026, 10, 22), seed: 7 }
const orders = [...seedOrders(SIZE)]

describe('seeded orders', () => {
  it('are the same for the same size, others for another seed', () => {
    expect([...seedOrders(SIZE)]).toEqual(orders)
    expect([...seedOrders({ ...SIZE, seed: 8 })].map(({ id }) => id)).not.toEqual(orders.map(({ id }) => id))
  })

  it('are orders as the app stores them, in the order of their keys, none twice', () => {
    for (const order of orders) expect(orderSchema.safeParse(order).success, order.number).toBe(true)
    const ids = orders.map(({ id }) => id)
    expect([...ids].sort()).toEqual(ids)
    expect(new Set(ids).size).toBe(SIZE.orders)
    expect(new Set(orders.map(({ connectionId, remoteId }) => `${connectionId} ${remoteId}`)).size).toBe(
      SIZE.orders,
    )
    const numbers = orders.map(({ trackingNumber }) => trackingNumber).filter((number) => number !== '')
    expect(new Set(numbers).size).toBe(numbers.length)
  })

  it('fill every queue, most of them done', () => {
    const counted = countBy(orders, queueOf)
    for (const queue of QUEUES) expect(counted.get(queue) ?? 0, queue).toBeGreaterThan(0)
    const done = (counted.get('shipped') ?? 0) + (counted.get('cancelled') ?? 0)
    expect(done / SIZE.orders).toBeGreaterThan(0.85)
    const reasons = new Set(orders.map(({ blocked }) => blocked))
    expect([...reasons]).toEqual(
      expect.arrayContaining([
        'held',
        'on-hold-remote',
        'address-missing',
        'address-incomplete',
        'customs-incomplete',
      ]),
    )
  })

  it('come from many countries, in money of no, two and three digits', () => {
    expect(countBy(orders, ({ shipTo }) => shipTo?.country ?? '').size).toBeGreaterThan(12)
    const digits = new Set(orders.map(({ currency }) => exponentOf(currency)))
    expect([...digits].sort()).toEqual([0, 2, 3])
    expect(Math.max(...orders.map(({ lines }) => lines.length))).toBeGreaterThan(3)
  })
})

describe('seeded products', () => {
  it('have a number each, whichever is asked for first', () => {
    const skus = Array.from({ length: SIZE.products }, (_, n) => seedProduct(n, 0).sku)
    expect(new Set(skus).size).toBe(SIZE.products)
    const known = new Set(skus)
    expect(orders.flatMap(({ lines }) => lines).every(({ sku }) => known.has(sku))).toBe(true)
  })
})

function countBy(all: readonly Order[], name: (order: Order) => string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const order of all) counts.set(name(order), (counts.get(name(order)) ?? 0) + 1)
  return counts
}
