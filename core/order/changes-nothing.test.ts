import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { money } from '#core/money/money.ts'
import { changesNothing } from '#core/order/changes-nothing.ts'
import { REMOTE_STATUSES, STAGES, type Order, type RemoteOrder } from '#core/order/order.ts'
import { reconcileOrder, refreshBlocked, type ReconcileContext } from '#core/order/reconcile-order.ts'
import type { ConnectionId, OrderId } from '#core/shared/ids.ts'

const address = {
  ...{ name: 'Erika Muster', company: '', line1: 'Hauptstr. 1', line2: '', city: 'Berlin', region: '' },
  ...{ postcode: '10115', country: 'DE', phone: '', email: '' },
}
const NOTHING_FOUND = { address: [], customs: [] }
const context: ReconcileContext = {
  ...{ connectionId: 'c1' as ConnectionId, now: 9_000, handlingDays: 2 },
  makeOrderId: () => 'o1' as OrderId,
  check: () => NOTHING_FOUND,
}

const fulfilment = { remoteId: 'f1', state: 'Shipped', carrier: 'Post', trackingNumber: 'RR1' }
const line = { remoteLineId: 'l1', sku: 'MUG', title: 'Mug', quantity: 1, unitPrice: money(1299, 'EUR') }
const remotes: fc.Arbitrary<RemoteOrder> = fc.record({
  ...{ remoteId: fc.constant('r1'), number: fc.constant('A-1'), rawStatus: fc.constant('raw') },
  ...{ currency: fc.constant('EUR'), total: fc.constant(money(1299, 'EUR')) },
  status: fc.constantFrom(...REMOTE_STATUSES),
  placedAt: fc.constantFrom(null, 1_000),
  updatedAt: fc.constantFrom(5_000, 6_000),
  buyerName: fc.constantFrom('', 'Erika'),
  buyerEmail: fc.constant(''),
  shipTo: fc.constantFrom(null, address, { ...address, city: 'Bonn' }),
  lines: fc.constantFrom([], [line], [{ ...line, quantity: 2 }]),
  fulfilments: fc.constantFrom([], [fulfilment], [{ ...fulfilment, trackingNumber: '' }]),
})

/** What people and pulls may have done to an order since a shop's word was taken. */
const doneHere: fc.Arbitrary<Partial<Order>> = fc.oneof(
  fc.record(
    {
      stage: fc.constantFrom(...STAGES),
      held: fc.boolean(),
      note: fc.constantFrom('', 'mind the dog'),
      trackingNumber: fc.constantFrom('', 'RR2'),
      updatedAt: fc.constant(8_500),
    },
    { requiredKeys: [] },
  ),
  fc.constantFrom<Partial<Order>>(
    { goneAt: 8_000 },
    { purgedAt: 8_000 },
    { cancelling: true },
    { shipBy: null },
  ),
)

describe('changesNothing', () => {
  it('is said only of what reconciling finds unchanged', () => {
    let said = 0
    fc.assert(
      fc.property(remotes, doneHere, fc.option(remotes, { freq: 1 }), (before, change, other) => {
        const made = { ...reconcileOrder(null, before, context).order, ...change }
        // People's changes are judged at once.
        const order = refreshBlocked(made, NOTHING_FOUND, 8_500)
        const remote = other ?? structuredClone(before)
        if (!changesNothing(order, before, remote)) return
        said++
        expect(reconcileOrder(order, remote, { ...context, now: 99_000 }).outcome).toBe('unchanged')
      }),
      { numRuns: 5_000 },
    )
    expect(said).toBeGreaterThan(100)
  })

  it('is not said of what this very reading may end', () => {
    const [remote] = fc.sample(
      remotes.filter(
        ({ status, fulfilments, placedAt }) =>
          status === 'to_ship' && fulfilments.length === 0 && placedAt !== null,
      ),
      1,
    )
    const { order } = reconcileOrder(null, remote!, context)
    expect(changesNothing(order, remote, structuredClone(remote!))).toBe(true)
    expect(changesNothing(order, undefined, remote!)).toBe(false)
    for (const mark of [
      { goneAt: 1 },
      { purgedAt: 1 },
      { addressConflict: true as const },
      { cancelling: true as const },
      { remoteUpdatedAt: 1 },
    ])
      expect(changesNothing({ ...order, ...mark }, remote, remote!)).toBe(false)
  })
})
