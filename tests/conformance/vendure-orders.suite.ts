import { describe, expect, it } from 'vitest'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Desk, PulledOrders } from '#tests/conformance/desk.ts'
import { PROMPT, type ShopBench } from '#tests/conformance/vendure-bench.ts'

/** Pulling and reading orders. */
export function describeOrders(bench: ShopBench): void {
  let desk: Desk

  /** The first page of a pull alone: what the time of change tells. */
  const changes = async (checkpoint: PulledOrders['checkpoint']) => {
    const input = { checkpoint, pageToken: null, pageSize: 500 }
    const page = await desk.runtime.run(desk.connectionId, 'pull-orders', input)
    if (!page.ok) throw new Error(JSON.stringify(page.error))
    return page.value
  }

  describe('pulling orders', () => {
    it(
      'brings every order whatever the page size, and the same again from the same checkpoint',
      PROMPT,
      async () => {
        await bench.shop.placeOrders(8)
        desk = bench.open()
        const whole = await desk.pull({ pageSize: 500 })
        for (const pageSize of [1, 3, 7]) {
          const paged = await desk.pull({ pageSize })
          expect(ids(paged.byId), `page size ${pageSize}`).toEqual(ids(whole.byId))
          expect(paged.checkpoint).toEqual(whole.checkpoint)
        }
        const again = await desk.pull({ checkpoint: whole.checkpoint })
        const once = await desk.pull({ checkpoint: whole.checkpoint })
        expect(once.orders).toEqual(again.orders)
      },
    )

    it('misses nothing when orders change between the pages', PROMPT, async () => {
      const placed = await bench.shop.placeOrders(12)
      desk = bench.open()
      const toCancel = placed.slice(0, 6).map(({ code }) => code)
      const pulled = await desk.pull({
        pageSize: 3,
        betweenPages: async () => {
          const code = toCancel.shift()
          if (code !== undefined) await bench.shop.cancelOrder(code)
        },
      })
      const seen = [...pulled.byId.values()]
      for (const { code } of placed) expect(seen.map(({ number }) => number)).toContain(code)
      const cancelled = placed.slice(0, 6 - toCancel.length)
      expect(cancelled.length).toBeGreaterThan(0)
      const later = await desk.pull({ checkpoint: pulled.checkpoint })
      for (const { id } of cancelled)
        expect((later.byId.get(id) ?? pulled.byId.get(id))?.status).toBe('cancelled')
    })

    it('brings what changed in the same second as the checkpoint', PROMPT, async () => {
      desk = bench.open()
      const before = await desk.pull()
      const [order] = await bench.shop.placeOrders(1)
      await sleep(1_100)
      const after = await changes(before.checkpoint)
      expect(after.orders.map(({ remoteId }) => remoteId)).toContain(order!.id)
      expect(after.orders.length).toBeLessThan(before.byId.size)
    })

    it('knows a paid order by its amounts, address and lines', async () => {
      const [placed] = await bench.shop.placeOrders(1)
      desk = bench.open()
      const order = (await desk.pull()).byId.get(placed!.id)!
      expect(order).toMatchObject({ number: placed!.code, status: 'to_ship', rawStatus: 'PaymentSettled' })
      expect(order.total.currency).toBe(order.currency)
      expect(order.total.minor).toBeGreaterThan(0)
      expect(order.shipTo?.country).toMatch(/^[A-Z]{2}$/)
      expect(order.lines.length).toBeGreaterThan(0)
      for (const line of order.lines) expect(line).toMatchObject({ sku: expect.stringMatching(/./) })
    })
  })

  describe('what moves without a new updatedAt', () => {
    it('finds an order whose buyer hesitated before paying', PROMPT, async () => {
      desk = bench.open()
      const meanwhile: PulledOrders[] = []
      const late = await bench.shop.placeLate(async () => {
        await sleep(5_000)
        await bench.shop.placeOrders(1)
        meanwhile.push(await desk.pull())
      })
      const before = meanwhile[0]!
      expect(before.byId.has(late.id)).toBe(false)
      const changed = await changes(before.checkpoint)
      expect(changed.orders.map(({ remoteId }) => remoteId)).not.toContain(late.id)
      const after = await desk.pull({ checkpoint: before.checkpoint })
      expect(after.byId.get(late.id)).toMatchObject({ number: late.code, status: 'to_ship' })
      expect(after.byId.get(late.id)!.updatedAt).toBeLessThan(before.checkpoint!.updatedAt - 3_000)
    })

    it('finds it also when it was paid and shipped elsewhere before anybody looked', PROMPT, async () => {
      desk = bench.open()
      let checkpoint: PulledOrders['checkpoint'] = null
      const late = await bench.shop.placeLate(async () => {
        await sleep(5_000)
        await bench.shop.placeOrders(1)
        checkpoint = (await desk.pull()).checkpoint
      })
      await bench.shop.shipElsewhere(late.code, 'ELSEWHERE-1')
      const after = await desk.pull({ checkpoint })
      expect(after.byId.get(late.id)).toMatchObject({ status: 'shipped' })
    })

    it('reads orders by id in whatever state, and says which are not there', PROMPT, async () => {
      const [shipped, cancelled, open] = await bench.shop.placeOrders(3)
      desk = bench.open()
      const before = (await desk.pull()).byId.get(shipped!.id)!
      await sleep(1_100)
      await bench.shop.shipElsewhere(shipped!.code, 'ELSEWHERE-2')
      await bench.shop.cancelOrder(cancelled!.code)
      const remoteIds = [shipped!.id, cancelled!.id, open!.id, '999999']
      const read = await desk.runtime.run(desk.connectionId, 'read-orders', { remoteIds })
      if (!read.ok) throw new Error(JSON.stringify(read.error))
      const status = Object.fromEntries(read.value.orders.map((order) => [order.remoteId, order.status]))
      expect(status).toEqual({
        [shipped!.id]: 'shipped',
        [cancelled!.id]: 'cancelled',
        [open!.id]: 'to_ship',
      })
      expect(read.value).toMatchObject({ rejected: [], missing: ['999999'] })
      const after = read.value.orders.find(({ remoteId }) => remoteId === shipped!.id)!
      expect(after.updatedAt).toBe(before.updatedAt)
      expect(after.fulfilments).toMatchObject([{ trackingNumber: 'ELSEWHERE-2' }])
    })

    it('does not take a cart for an order', async () => {
      desk = bench.open()
      let read: unknown
      let id = ''
      const late = await bench.shop.placeLate(async () => {
        const next = String(
          Number([...(await desk.pull()).byId.keys()].sort((a, b) => Number(b) - Number(a))[0]) + 1,
        )
        id = next
        read = await desk.runtime.run(desk.connectionId, 'read-orders', { remoteIds: [next] })
      })
      if (id === late.id) expect(read).toMatchObject({ ok: true, value: { orders: [], missing: [id] } })
    })
  })
}

function ids(byId: Map<string, unknown>): string[] {
  return [...byId.keys()].sort()
}
