import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Order, RemoteOrder } from '#core/order/order.ts'
import { reconcileOrder, type ReconcileContext } from '#core/order/reconcile-order.ts'
import { isHandlingDays, LONGEST_HANDLING_DAYS, shipByOf, withShipByRule } from '#core/order/ship-by.ts'
import type { ConnectionId, OrderId } from '#core/shared/ids.ts'

const DAY = 86_400_000
const remote: RemoteOrder = {
  ...{ remoteId: '1', number: 'A-1', status: 'to_ship', rawStatus: 'PAID', placedAt: 1000, updatedAt: 1000 },
  ...{ currency: 'EUR', total: { minor: 100, currency: 'EUR' }, buyerName: 'A', buyerEmail: '' },
  ...{ shipTo: null, lines: [], fulfilments: [] },
}
const context = (handlingDays: number): ReconcileContext => ({
  connectionId: 'c' as ConnectionId,
  now: 5000,
  handlingDays,
  makeOrderId: () => 'o' as OrderId,
  check: () => ({ address: [], customs: [] }),
})
const created = (handlingDays: number, change: Partial<RemoteOrder> = {}): Order =>
  reconcileOrder(null, { ...remote, ...change }, context(handlingDays)).order

describe('the handling time', () => {
  it('is whole days within reason', () => {
    expect([0, 1, LONGEST_HANDLING_DAYS].every(isHandlingDays)).toBe(true)
    expect([-1, 0.5, LONGEST_HANDLING_DAYS + 1, Number.NaN, Infinity].some(isHandlingDays)).toBe(false)
  })

  it('counts from the moment the order was placed, and promises nothing without one', () => {
    expect(shipByOf(1000, { handlingDays: 2 })).toBe(1000 + 2 * DAY)
    expect(shipByOf(1000, { handlingDays: 0 })).toBe(1000)
    expect(shipByOf(null, { handlingDays: 2 })).toBeNull()
  })

  it('is on a new order at once; a later page does not move it, and fills it in where it was never known', () => {
    const order = created(3)
    expect(order.shipBy).toBe(1000 + 3 * DAY)
    expect(reconcileOrder(order, { ...remote, updatedAt: 2000 }, context(9)).order.shipBy).toBe(order.shipBy)
    const old = reconcileOrder({ ...order, shipBy: null }, remote, context(4))
    expect(old).toMatchObject({ outcome: 'changed', changes: [], order: { shipBy: 1000 + 4 * DAY } })
    expect(created(3, { placedAt: null }).shipBy).toBeNull()
  })

  it('leaves the very same object when nothing moves', () => {
    fc.assert(
      fc.property(fc.nat(30), fc.nat(30), (before, after) => {
        const order = created(before)
        const moved = withShipByRule(order, { handlingDays: after }, 9)
        expect(moved.shipBy).toBe(1000 + after * DAY)
        expect(moved === order).toBe(before === after)
        expect(withShipByRule(moved, { handlingDays: after }, 10)).toBe(moved)
      }),
    )
  })
})
