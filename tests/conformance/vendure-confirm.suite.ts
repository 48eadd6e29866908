import { describe, expect, it } from 'vitest'
import type { OperationInput } from '#core/contracts/operations.ts'
import type { Desk } from '#tests/conformance/desk.ts'
import { named, shipment, type ShopBench } from '#tests/conformance/vendure-bench.ts'

/** Confirming a shipment, and settling it when the answer is lost. */
export function describeConfirming(bench: ShopBench): void {
  let desk: Desk

  describe('confirming a shipment', () => {
    const confirm = (input: OperationInput<'confirm-shipment'>) =>
      desk.runtime.run(desk.connectionId, 'confirm-shipment', input)

    it('ships every line once, and says so when asked again', async () => {
      const [order] = await bench.shop.placeOrders(1)
      desk = bench.open()
      const first = await confirm(shipment(order!.id, 'RR000000001DE'))
      expect(first).toMatchObject({
        ok: true,
        value: {
          outcome: 'confirmed',
          order: {
            status: 'shipped',
            fulfilments: [{ carrier: 'Deutsche Post', trackingNumber: 'RR000000001DE' }],
          },
        },
      })
      const again = await confirm(shipment(order!.id, 'RR000000001DE'))
      expect(again).toMatchObject({ ok: true, value: { outcome: 'already-confirmed' } })
      expect(await bench.shop.listFulfilments(order!.code)).toMatchObject([
        { state: 'Shipped', trackingCode: 'RR000000001DE' },
      ])
    })

    it.each(['AddFulfillment', 'TransitionFulfillment'])(
      'does not know the outcome when the answer to %s is lost, and settles it by reading',
      async (mutation) => {
        const [order] = await bench.shop.placeOrders(1)
        desk = bench.open()
        bench.proxy.plan({ match: named(mutation), fault: { kind: 'drop-answer' } })
        const lost = await confirm(shipment(order!.id, 'RR000000002DE'))
        expect(lost).toMatchObject({ ok: false, error: { code: 'outcome-unknown', reason: 'cut-off' } })
        const again = await confirm(shipment(order!.id, 'RR000000002DE'))
        const outcome = mutation === 'AddFulfillment' ? 'confirmed' : 'already-confirmed'
        expect(again).toMatchObject({ ok: true, value: { outcome, order: { status: 'shipped' } } })
        expect(bench.proxy.effects('AddFulfillment')).toBe(1)
        expect(await bench.shop.listFulfilments(order!.code)).toMatchObject([{ state: 'Shipped' }])
      },
    )

    it.each([
      ['a gateway error hides that it worked', { kind: 'status', status: 502, forward: true }],
      ['half an answer arrives', { kind: 'truncate', end: 'clean' }],
      ['the answer breaks off', { kind: 'truncate', end: 'abort' }],
    ] as const)('settles it when %s', async (_what, fault) => {
      const [order] = await bench.shop.placeOrders(1)
      desk = bench.open()
      bench.proxy.plan({ match: named('AddFulfillment'), fault })
      const lost = await confirm(shipment(order!.id, 'RR000000003DE'))
      expect(lost).toMatchObject({ ok: false, error: { code: 'outcome-unknown' } })
      expect(await confirm(shipment(order!.id, 'RR000000003DE'))).toMatchObject({ ok: true })
      expect(await bench.shop.listFulfilments(order!.code)).toHaveLength(1)
    })

    it('ships once when the request arrives twice', async () => {
      const [order] = await bench.shop.placeOrders(1)
      desk = bench.open()
      bench.proxy.plan({ match: named('AddFulfillment'), fault: { kind: 'duplicate', answer: 'second' } })
      const first = await confirm(shipment(order!.id, 'RR000000004DE'))
      // The second copy was refused, the re-read finds the first one waiting: the next attempt moves it on.
      if (!first.ok) expect(first.error.code).toBe('conflict')
      expect(await confirm(shipment(order!.id, 'RR000000004DE'))).toMatchObject({ ok: true })
      expect(await bench.shop.listFulfilments(order!.code)).toMatchObject([{ state: 'Shipped' }])
    })

    it('ships once when two windows confirm at the same moment', async () => {
      const [order] = await bench.shop.placeOrders(1)
      desk = bench.open()
      const both = await Promise.all([
        confirm(shipment(order!.id, 'RR000000005DE')),
        confirm(shipment(order!.id, 'RR000000005DE')),
      ])
      expect(both.map((each) => each.ok && each.value.outcome).sort()).toEqual([
        'already-confirmed',
        'confirmed',
      ])
      expect(await bench.shop.listFulfilments(order!.code)).toHaveLength(1)
    })

    it('asks a person when the order went out with another number, or was cancelled', async () => {
      const [shipped, cancelled] = await bench.shop.placeOrders(2)
      desk = bench.open()
      await confirm(shipment(shipped!.id, 'RR000000006DE'))
      expect(await confirm(shipment(shipped!.id, 'RR000000007DE'))).toMatchObject({
        ok: false,
        error: { code: 'conflict', reason: 'shipped-otherwise', remoteMessage: 'RR000000006DE' },
      })
      await bench.shop.cancelOrder(cancelled!.code)
      expect(await confirm(shipment(cancelled!.id, 'RR000000008DE'))).toMatchObject({
        ok: false,
        error: { code: 'conflict', reason: 'order-cancelled' },
      })
    })

    it('says that there is no such order', async () => {
      desk = bench.open()
      expect(await confirm(shipment('999999', 'RR000000009DE'))).toMatchObject({
        ok: false,
        error: { code: 'not-found', reason: 'order' },
      })
    })

    it('signs in again in the middle', async () => {
      const [order] = await bench.shop.placeOrders(1)
      desk = bench.open()
      await desk.pull()
      await bench.shop.expireSessions()
      expect(await confirm(shipment(order!.id, 'RR000000010DE'))).toMatchObject({ ok: true })
      expect(bench.proxy.effects('Login')).toBe(2)
      expect(await bench.shop.listFulfilments(order!.code)).toHaveLength(1)
    })
  })
}
