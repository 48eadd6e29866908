import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { money } from '#core/money/money.ts'
import { STAGES, type Order } from '#core/order/order.ts'
import { QUEUES, queueOf, toOrderRow } from '#core/order/order-row.ts'
import type { ConnectionId, OrderId } from '#core/shared/ids.ts'

const line = {
  remoteLineId: 'l1',
  sku: 'MÜG-1',
  title: 'Keramik­becher',
  quantity: 2,
  unitPrice: money(1299, 'EUR'),
  customs: null,
}
const order: Order = {
  id: 'o1' as OrderId,
  connectionId: 'c1' as ConnectionId,
  remoteId: 'r1',
  number: 'A-1001',
  status: 'to_ship',
  rawStatus: 'PAID',
  placedAt: 1000,
  remoteUpdatedAt: 2000,
  shipBy: 5000,
  currency: 'EUR',
  total: money(2598, 'EUR'),
  buyerName: 'José Łukasz',
  buyerEmail: 'Jose@Example.com',
  shipTo: null,
  lines: [line, { ...line, remoteLineId: 'l2', sku: 'BOWL' }],
  fulfilments: [],
  stage: 'to_ship',
  blocked: null,
  blockedField: '',
  blockedDetail: null,
  held: false,
  note: '',
  trackingNumber: 'LZ473124829CN',
  updatedAt: 1,
}

describe('toOrderRow', () => {
  it('is slim and folded', () => {
    const row = toOrderRow(order)
    expect(row).toMatchObject({
      queue: 'to_ship',
      sortKey: 5000,
      itemCount: 4,
      totalMinor: 2598,
      currency: 'EUR',
      country: '',
      flags: ['many-lines'],
    })
    for (const needle of [
      'a-1001',
      'lz473124829cn',
      'jose lukasz',
      'jose@example.com',
      'mug-1',
      'bowl',
      'keramik',
    ])
      expect(row.searchText).toContain(needle)
    expect(structuredClone(row)).toEqual(row)
  })

  it('names the SKU that keeps the order back', () => {
    const blockedDetail = { reason: 'hs-missing', detail: '' }
    const blocked = { ...order, blocked: 'customs-incomplete' as const, blockedDetail }
    const row = toOrderRow({ ...blocked, blockedField: 'lines.1.customs.hs6' })
    expect(row.blockedDetail).toEqual({ reason: 'hs-missing', detail: '', sku: 'BOWL' })
    for (const field of ['total', 'lines.9.customs.hs6', 'lines'])
      expect(toOrderRow({ ...blocked, blockedField: field }).blockedDetail).toMatchObject({ sku: '' })
    expect(toOrderRow(order).blockedDetail).toBeNull()
  })

  it('has a list for every stage, one for what is blocked and one for what is parked', () => {
    for (const stage of STAGES) expect(QUEUES).toContain(queueOf({ stage, blocked: null }))
    expect(queueOf({ stage: 'to_ship', blocked: 'held' })).toBe('blocked')
    expect(queueOf({ stage: 'label_ready', blocked: 'held' })).toBe('label_ready')
    expect(queueOf({ stage: 'to_ship', blocked: 'parked' })).toBe('parked')
    expect(new Set(QUEUES).size).toBe(STAGES.length + 2)
  })

  it('sorts the first to ship first, and the newest done first', () => {
    const day = 24 * 60 * 60 * 1000
    const key = (change: Partial<Order>) => toOrderRow({ ...order, ...change }).sortKey
    expect(key({ shipBy: 10 })).toBeLessThan(key({ shipBy: 20 }))
    expect(key({ shipBy: null, placedAt: 0 })).toBe(2 * day)
    expect(key({ shipBy: null, placedAt: null })).toBe(2000 + 2 * day)
    expect(key({ stage: 'shipped', placedAt: 20 })).toBeLessThan(key({ stage: 'shipped', placedAt: 10 }))
    expect(key({ shipBy: Date.UTC(2100, 0) })).toBeLessThan(
      key({ stage: 'cancelled', placedAt: Date.UTC(2100, 0) }),
    )
  })

  it('raises flags', () => {
    const marked = { ...order, held: true, note: ' x ', status: 'partially_shipped' as const, lines: [line] }
    expect(toOrderRow(marked).flags).toEqual(['held', 'note', 'partly-shipped'])
  })

  it('keeps hostile texts short and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const row = toOrderRow({
          ...order,
          number: text,
          buyerName: text,
          lines: [{ ...line, title: text.repeat(50) }],
        })
        expect(row.searchText.length).toBeLessThanOrEqual(2000)
      }),
    )
  })
})
