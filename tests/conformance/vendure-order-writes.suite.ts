import { beforeEach, describe, expect, it } from 'vitest'
import type { Fault } from '#tests/support/fault.ts'
import type { Desk } from '#tests/conformance/desk.ts'
import { named, shipment, type ShopBench, type ShopUnderTest } from '#tests/conformance/vendure-bench.ts'

/** What the shop's back office shows of an order, beside the order itself. */
export interface ShopWithNotes extends ShopUnderTest {
  listNotes: (orderId: string) => Promise<{ text: string; isPublic: boolean }[]>
  addNote: (orderId: string, text: string, isPublic: boolean) => Promise<void>
  /** Reasons of all cancellations, and what is left to pay. */
  readCancellations: (orderId: string) => Promise<{ reasons: string[]; totalWithTax: number }>
  /** Pieces of the order's lines that are sold but not shipped, and on hand, over all of the catalogue. */
  countPieces: () => Promise<{ onHand: number; allocated: number }>
  cancelOneLine: (code: string) => Promise<void>
  shipOneLine: (code: string, trackingNumber: string) => Promise<void>
}

const LOST: [string, Fault][] = [
  ['the answer is lost', { kind: 'drop-answer' }],
  ['a gateway error hides that it worked', { kind: 'status', status: 502, forward: true }],
  ['half an answer arrives', { kind: 'truncate', end: 'clean' }],
]

/** Cancelling an order, and keeping a note at it. */
export function describeOrderWrites(bench: ShopBench<ShopWithNotes>): void {
  let desk: Desk
  let order: { id: string; code: string }
  beforeEach(async () => {
    desk = bench.open()
    order = (await bench.shop.placeOrders(1))[0]!
  })

  describe('cancelling an order', () => {
    const cancel = (orderRemoteId = order.id, reason = 'Buyer asked for it') =>
      desk.runtime.run(desk.connectionId, 'cancel-order', { intentId: 'i', orderRemoteId, reason })
    const cancelled = (outcome: string) => ({
      ...{ ok: true, value: { outcome, order: { status: 'cancelled' } } },
    })

    it('cancels all of it once, with shipping, and gives the pieces back', async () => {
      const before = await bench.shop.countPieces()
      const [extra] = await bench.shop.placeOrders(1)
      expect((await bench.shop.countPieces()).allocated).toBeGreaterThan(before.allocated)
      expect(await cancel(extra!.id)).toMatchObject(cancelled('cancelled'))
      expect(await cancel(extra!.id)).toMatchObject(cancelled('already-cancelled'))
      expect(bench.proxy.effects('CancelOrder')).toBe(1)
      expect(await bench.shop.countPieces()).toEqual(before)
      expect(await bench.shop.readCancellations(extra!.id)).toEqual({
        reasons: ['Buyer asked for it'],
        totalWithTax: 0,
      })
    })

    it.each(LOST)('does not know when %s, and finds it done the next time', async (_what, fault) => {
      bench.proxy.plan({ match: named('CancelOrder'), fault })
      expect(await cancel()).toMatchObject({ ok: false, error: { code: 'outcome-unknown' } })
      expect(await cancel()).toMatchObject(cancelled('already-cancelled'))
      expect((await bench.shop.readCancellations(order.id)).reasons).toHaveLength(1)
    })

    it('cancels once when the request arrives twice, and when two desks do it', async () => {
      bench.proxy.plan({ match: named('CancelOrder'), fault: { kind: 'duplicate', answer: 'second' } })
      expect(await cancel()).toMatchObject(cancelled('already-cancelled'))
      const [other] = await bench.shop.placeOrders(1)
      const both = await Promise.all([cancel(other!.id), cancel(other!.id)])
      for (const each of both) expect(each).toMatchObject({ ok: true })
      for (const { id } of [order, other!])
        expect((await bench.shop.readCancellations(id)).reasons).toHaveLength(1)
    })

    it('does not cancel what has left, wholly or in part', async () => {
      await bench.shop.shipElsewhere(order.code, 'GONE-1')
      const [partly] = await bench.shop.placeOrders(1)
      await bench.shop.shipOneLine(partly!.code, 'GONE-2')
      const before = await bench.shop.countPieces()
      for (const [id, number] of [
        [order.id, 'GONE-1'],
        [partly!.id, 'GONE-2'],
      ] as const) {
        const refused = await cancel(id)
        expect(refused).toMatchObject({
          ok: false,
          error: { code: 'conflict', reason: 'order-shipped', remoteMessage: number },
        })
        expect((await bench.shop.readCancellations(id)).reasons).toEqual([])
      }
      expect(bench.proxy.effects('CancelOrder')).toBe(0)
      expect(await bench.shop.countPieces()).toEqual(before)
    })

    it('cancels the rest of an order that was cancelled in part', async () => {
      await bench.shop.cancelOneLine(order.code)
      const left = await desk.runtime.run(desk.connectionId, 'read-orders', { remoteIds: [order.id] })
      const status = left.ok && left.value.orders[0]?.status
      expect(await cancel(order.id, '')).toMatchObject(
        cancelled(status === 'cancelled' ? 'already-cancelled' : 'cancelled'),
      )
    })

    it('does not ship an order that it has cancelled, and knows when there is none', async () => {
      await cancel()
      const late = await desk.runtime.run(desk.connectionId, 'confirm-shipment', shipment(order.id, 'LATE'))
      expect(late).toMatchObject({ ok: false, error: { code: 'conflict', reason: 'order-cancelled' } })
      expect(await cancel('999999')).toMatchObject({
        ok: false,
        error: { code: 'not-found', reason: 'order' },
      })
    })
  })

  describe('keeping a note at an order', () => {
    const note = (before: string, text: string, orderRemoteId = order.id) =>
      desk.runtime.run(desk.connectionId, 'note-order', { intentId: 'i', orderRemoteId, before, note: text })
    const outcome = (value: string) => ({ ok: true, value: { outcome: value } })

    it('adds one, changes it, and takes it away', async () => {
      const hostile = 'Geschenk?\n<b>ja</b> "\u{1F381}" 不要发票'
      expect(await note('', hostile)).toEqual(outcome('written'))
      expect(await note('', hostile)).toEqual(outcome('already'))
      expect(await bench.shop.listNotes(order.id)).toEqual([{ text: hostile, isPublic: false }])
      expect(await note(hostile, 'Later')).toEqual(outcome('written'))
      expect(await note(hostile, 'Later')).toEqual(outcome('already'))
      expect(await bench.shop.listNotes(order.id)).toEqual([{ text: 'Later', isPublic: false }])
      expect(await note('Later', '')).toEqual(outcome('written'))
      expect(await note('Later', '')).toEqual(outcome('already'))
      expect(await bench.shop.listNotes(order.id)).toEqual([])
    })

    it.each(LOST)('finds it there when %s', async (_what, fault) => {
      for (const [mutation, before, text] of [
        ['AddOrderNote', '', 'One'],
        ['UpdateOrderNote', 'One', 'Two'],
        ['DeleteOrderNote', 'Two', ''],
      ] as const) {
        bench.proxy.plan({ match: named(mutation), fault })
        expect(await note(before, text)).toMatchObject({ ok: false, error: { code: 'outcome-unknown' } })
        expect(await note(before, text)).toEqual(outcome('already'))
        expect(bench.proxy.effects(mutation)).toBe(1)
        const left = text === '' ? [] : [{ text, isPublic: false }]
        expect(await bench.shop.listNotes(order.id)).toEqual(left)
      }
    })

    it('leaves the notes of others alone, and those that buyers see', async () => {
      await bench.shop.addNote(order.id, 'Ours', true)
      await bench.shop.addNote(order.id, 'Somebody else', false)
      expect(await note('', 'Ours')).toEqual(outcome('written'))
      expect(await note('Ours', 'Changed')).toEqual(outcome('written'))
      expect(await bench.shop.listNotes(order.id)).toEqual([
        { text: 'Ours', isPublic: true },
        { text: 'Somebody else', isPublic: false },
        { text: 'Changed', isPublic: false },
      ])
      // Ours was changed in the shop: it is theirs now, and a new one is written beside it.
      expect(await note('Not what it was', 'Fresh')).toEqual(outcome('written'))
      expect(await bench.shop.listNotes(order.id)).toHaveLength(4)
    })

    it('writes at a cancelled order too, and knows when there is none', async () => {
      await bench.shop.cancelOrder(order.code)
      expect(await note('', 'Why')).toEqual(outcome('written'))
      expect(await note('', 'x', '999999')).toMatchObject({
        ok: false,
        error: { code: 'not-found', reason: 'order' },
      })
    })

    it('keeps the text out of the trace', async () => {
      await note('', 'Call +49 89 000012 first')
      expect(desk.trace.map(({ name }) => name)).toEqual(['Login', 'ReadOrderNotes', 'AddOrderNote'])
      expect(JSON.stringify(desk.trace)).not.toContain('000012')
    })
  })
}
