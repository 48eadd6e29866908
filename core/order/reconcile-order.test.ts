import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Address } from '#core/address/address.ts'
import { checkAddress } from '#core/address/check-address.ts'
import type { ItemCustoms } from '#core/catalog/product.ts'
import { money } from '#core/money/money.ts'
import { REMOTE_STATUSES, type Order, type RemoteOrder } from '#core/order/order.ts'
import { toOrderRow } from '#core/order/order-row.ts'
import { reconcileOrder, refreshBlocked, type ReconcileContext } from '#core/order/reconcile-order.ts'
import type { ConnectionId, OrderId } from '#core/shared/ids.ts'

const address: Address = {
  ...{ name: '山田太郎', company: '', line1: '千代田1-1', line2: '', city: '千代田区', region: '東京都' },
  ...{ postcode: '100-0001', country: 'JP', phone: '', email: '' },
}
const customs: ItemCustoms = {
  description: 'Mug',
  descriptionLocal: '',
  hs6: '691200',
  origin: 'CN',
  unitValue: null,
  unitNetGrams: 350,
}
const remote: RemoteOrder = {
  remoteId: 'r1',
  number: 'A-1001',
  status: 'to_ship',
  rawStatus: 'PAID',
  placedAt: 1000,
  updatedAt: 5000,
  currency: 'EUR',
  total: money(2598, 'EUR'),
  buyerName: 'Taro Yamada',
  buyerEmail: 'taro@example.com',
  shipTo: address,
  lines: [
    { remoteLineId: 'l1', sku: 'MUG', title: 'Ceramic mug', quantity: 1, unitPrice: money(1299, 'EUR') },
    { remoteLineId: 'l2', sku: 'BOWL', title: 'Bowl', quantity: 1, unitPrice: money(1299, 'EUR') },
  ],
  fulfilments: [],
}
let made = 0
const context: ReconcileContext = {
  connectionId: 'c1' as ConnectionId,
  now: 9000,
  handlingDays: 2,
  makeOrderId: () => `o${++made}` as OrderId,
  check: ({ shipTo }) => ({ address: shipTo ? checkAddress(shipTo) : [], customs: [] }),
}
const make = (change: Partial<Order> = {}): Order => ({
  ...reconcileOrder(null, remote, context).order,
  ...change,
})
const apply = (order: Order, change: Partial<RemoteOrder>, now = 9500) =>
  reconcileOrder(order, { ...remote, updatedAt: 6000, ...change }, { ...context, now })

describe('reconcileOrder', () => {
  it('makes an order of what it has never seen', () => {
    const { outcome, order, changes } = reconcileOrder(null, remote, context)
    expect([outcome, changes]).toEqual(['created', []])
    expect(order).toMatchObject({
      stage: 'to_ship',
      blocked: null,
      remoteUpdatedAt: 5000,
      updatedAt: 9000,
      shipBy: 1000 + 2 * 86_400_000,
      held: false,
    })
    expect(order.lines.map((line) => line.customs)).toEqual([null, null])
    expect('updatedAt' in order && order.id.startsWith('o')).toBe(true)
  })

  it('keeps what the total is made of when a shop no longer says it, and tells the total only', () => {
    const eur = (minor: number) => money(minor, 'EUR')
    const charges = {
      ...{ goods: eur(2598), discount: eur(100), shipping: eur(400), tax: eur(463), taxIncluded: true },
      presented: money(3100, 'USD'),
    }
    const [first, second] = remote.lines
    const said: RemoteOrder = {
      ...{ ...remote, charges, total: eur(2898) },
      lines: [{ ...first!, discount: eur(100), tax: eur(200) }, second!],
    }
    const order = reconcileOrder(null, said, context).order
    expect(order.charges).toEqual(charges)
    expect(order.lines[0]).toMatchObject({ discount: eur(100), tax: eur(200) })
    const silent = reconcileOrder(order, { ...remote, total: eur(2898), updatedAt: 6000 }, context)
    expect(silent.order.charges).toEqual(charges)
    const less = { ...charges, discount: eur(200) }
    const later = { ...said, charges: less, total: eur(2798), updatedAt: 6000 }
    const { order: now, changes } = reconcileOrder(order, later, context)
    expect(now.charges).toEqual(less)
    expect(changes.map(({ field }) => field)).toEqual(['total'])
  })

  it('lets go of charges that the remote stops sending with another total', () => {
    const eur = (minor: number) => money(minor, 'EUR')
    const charges = {
      ...{ goods: eur(2598), discount: eur(0), shipping: eur(0), tax: eur(433), taxIncluded: true },
    }
    const { order } = apply(make(), { charges })
    expect(apply(order, { updatedAt: 7000 }).order.charges).toEqual(charges)
    const { order: moved } = apply(order, { total: eur(1299), updatedAt: 7000 })
    expect(moved).not.toHaveProperty('charges')
    const { order: otherCurrency } = apply(order, { total: money(2598, 'GBP'), updatedAt: 7000 })
    expect(otherCurrency).not.toHaveProperty('charges')
  })

  it('changes nothing the second time: the same object comes back', () => {
    const order = make()
    expect(reconcileOrder(order, structuredClone(remote), { ...context, now: 99_999 })).toEqual({
      outcome: 'unchanged',
      order,
      changes: [],
    })
    expect(reconcileOrder(order, remote, context).order).toBe(order)
  })

  it('ignores an older page', () => {
    const order = make()
    const { outcome, order: after } = apply(order, { updatedAt: 4999, status: 'cancelled' })
    expect([outcome, after === order]).toEqual(['stale', true])
  })

  it('takes another state with the same time of change: the later reading wins', () => {
    const fulfilments = [{ remoteId: 'f1', state: 'Shipped', carrier: 'Other', trackingNumber: 'X1' }]
    for (const stage of ['to_ship', 'label_ready', 'handed_over'] as const) {
      const { outcome, order } = apply(make({ stage }), { updatedAt: 5000, status: 'shipped', fulfilments })
      expect([outcome, order.stage, order.status]).toEqual(['changed', 'shipped', 'shipped'])
    }
    const paid = apply(make({ stage: 'unpaid', status: 'awaiting_payment' }), { updatedAt: 5000 })
    expect([paid.outcome, paid.order.stage]).toEqual(['changed', 'to_ship'])
    expect(apply(make(), { updatedAt: 5000 }).outcome).toBe('unchanged')
  })

  it('does not undo work done here by an older state with the same time of change', () => {
    for (const stage of ['label_ready', 'handed_over'] as const)
      for (const status of [
        'awaiting_payment',
        'on_hold',
        'to_ship',
        'partially_shipped',
        'unknown',
      ] as const)
        expect(apply(make({ stage }), { updatedAt: 5000, status }).order.stage).toBe(stage)
  })

  it('follows the remote and says what moved', () => {
    const { outcome, order, changes } = apply(make(), {
      number: 'A-1001b',
      shipTo: { ...address, postcode: '100-0002' },
      total: money(1, 'EUR'),
    })
    expect(outcome).toBe('changed')
    expect(changes).toEqual([
      { field: 'number', from: 'A-1001', to: 'A-1001b' },
      { field: 'total', from: money(2598, 'EUR'), to: money(1, 'EUR') },
      { field: 'shipTo.postcode', from: '100-0001', to: '100-0002' },
    ])
    expect(order).toMatchObject({ remoteUpdatedAt: 6000, updatedAt: 9500 })
  })

  it('notes a moved clock without news', () => {
    expect(apply(make(), {})).toMatchObject({
      outcome: 'changed',
      changes: [],
      order: { remoteUpdatedAt: 6000 },
    })
  })

  it('keeps what people did here', () => {
    const base = make()
    const lines = base.lines.map((line, i) => (i === 0 ? { ...line, customs } : line))
    const mine = {
      ...base,
      lines,
      note: 'fragile',
      held: true,
      trackingNumber: 'LZ473124829CN',
      stage: 'label_ready' as const,
      shipBy: 777,
    }
    const swapped = [...remote.lines].reverse().map((line) => ({ ...line, quantity: 3 }))
    const { order } = apply(mine, {
      lines: swapped,
      fulfilments: [{ remoteId: 'f', state: 'open', carrier: '', trackingNumber: 'OTHER' }],
    })
    expect(order).toMatchObject({
      note: 'fragile',
      held: true,
      trackingNumber: 'LZ473124829CN',
      stage: 'label_ready',
      shipBy: 777,
      id: base.id,
    })
    expect(order.lines.map(({ sku, customs: own }) => [sku, own])).toEqual([
      ['BOWL', null],
      ['MUG', customs],
    ])
  })

  it('does not declare a mug on what is now a shirt, and says so', () => {
    const base = make()
    const mine = { ...base, lines: base.lines.map((line) => ({ ...line, customs })) }
    const first = { ...remote.lines[0]!, sku: 'SHIRT' }
    const { order, changes } = apply(mine, { lines: [first] })
    expect(order.lines).toEqual([{ ...first, customs: null }])
    expect(changes.map(({ field }) => field)).toEqual(['lines.0.sku', 'lines.0.customs', 'lines.1'])
  })

  it('is not emptied by a remote that withholds', () => {
    const base = make()
    const { order, changes } = apply(base, {
      shipTo: null,
      buyerName: '',
      buyerEmail: '',
      lines: [],
      placedAt: null,
    })
    expect(changes).toEqual([])
    expect(order).toEqual({ ...base, remoteUpdatedAt: 6000, updatedAt: 9500 })
  })

  it('keeps typed Latin forms of parts that stayed, drops those of parts that moved', () => {
    const base = make()
    const latin = { name: 'Taro Yamada', line1: '1-1 Chiyoda' }
    const mine = { ...base, shipTo: { ...address, latin } }
    expect(apply(mine, {}).order.shipTo).toEqual({ ...address, latin })
    const moved = apply(mine, { shipTo: { ...address, line1: '丸の内2-2' } })
    expect(moved.order.shipTo?.latin).toEqual({ name: 'Taro Yamada' })
    expect(moved.changes).toContainEqual({ field: 'shipTo.latin.line1', from: '1-1 Chiyoda', to: undefined })
  })

  it('cancels a ready label with a note, and sends what was shipped elsewhere to shipped', () => {
    const ready = make({ stage: 'label_ready', trackingNumber: 'X' })
    const cancelled = apply(ready, { status: 'cancelled', rawStatus: 'VOID' })
    expect(cancelled.changes).toContainEqual({ field: 'stage', from: 'label_ready', to: 'cancelled' })
    const fulfilments = [{ remoteId: 'f', state: 'done', carrier: 'DHL', trackingNumber: '00340' }]
    expect(apply(make(), { status: 'shipped', fulfilments }).order).toMatchObject({
      stage: 'shipped',
      trackingNumber: '00340',
    })
    expect(apply(ready, { status: 'to_ship' }).order.stage).toBe('label_ready')
  })

  it('decides anew what is in the way', () => {
    expect(apply(make(), { shipTo: { ...address, postcode: '' } }).order).toMatchObject({
      blocked: 'address-incomplete',
      blockedField: 'shipTo.postcode',
    })
    expect(reconcileOrder(null, { ...remote, shipTo: null }, context).order.blocked).toBe('address-missing')
    const order = make()
    expect(refreshBlocked(order, { address: [], customs: [] }, 1)).toBe(order)
    const held = refreshBlocked({ ...order, held: true }, { address: [], customs: [] }, 1)
    expect(held).toMatchObject({ blocked: 'held', updatedAt: 1 })
  })

  it('ends the same whatever order and how often pages come, when each has its own time', () => {
    const page = fc.record({
      status: fc.constantFrom(...REMOTE_STATUSES),
      number: fc.string(),
      shipTo: fc.constantFrom(address, { ...address, postcode: '' }),
      lines: fc.subarray(remote.lines, { minLength: 1 }),
    })
    fc.assert(
      fc.property(
        fc.array(page, { minLength: 1, maxLength: 6 }),
        fc.infiniteStream(fc.nat()),
        (pages, noise) => {
          const timed = pages.map((one, i) => ({ ...remote, ...one, updatedAt: 5001 + i }))
          const last = timed.at(-1)!
          let order: Order = make({ note: 'mine', trackingNumber: 'T' })
          for (const one of timed) {
            order = reconcileOrder(order, one, context).order
            const old = timed[(noise.next().value as number) % timed.length]!
            if (old.updatedAt <= order.remoteUpdatedAt) {
              const again = reconcileOrder(order, old, context)
              expect(again.order).toBe(order)
            }
          }
          expect(order).toMatchObject({
            status: last.status,
            number: last.number,
            note: 'mine',
            trackingNumber: 'T',
            remoteUpdatedAt: last.updatedAt,
          })
          expect(reconcileOrder(order, last, context).outcome).toBe('unchanged')
          toOrderRow(order)
        },
      ),
    )
  })
})
