import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { setTimeout as sleep } from 'node:timers/promises'
import type { OperationInput } from '#core/contracts/operations.ts'
import { startFaultProxy, type FaultProxy, type ProxyRequest } from '#tests/support/fault-proxy.ts'
import { openDesk, type Desk, type PulledOrders } from '#tests/conformance/desk.ts'

/** A shop that speaks Vendure's admin API, with the few handles the suite needs to disturb it. */
export interface ShopUnderTest {
  /** Without `/admin-api`. */
  baseUrl: string
  username: string
  password: string
  /** So many paid orders that are not shipped yet. */
  placeOrders: (n: number) => Promise<{ id: string; code: string }[]>
  /** One order whose buyer hesitates with a full cart; `updatedAt` stays at the time before the payment. */
  placeLate: (beforePayment: () => Promise<void>) => Promise<{ id: string; code: string }>
  /** As the shop's own back office would: everything left of the order goes out, and `updatedAt` stays. */
  shipElsewhere: (code: string, trackingNumber: string) => Promise<void>
  /** As the shop's own back office would: the order changes and its `updatedAt` moves. */
  cancelOrder: (code: string) => Promise<void>
  expireSessions: () => Promise<void> | void
  listFulfilments: (code: string) => Promise<{ state: string; method: string; trackingCode: string }[]>
  stop: () => Promise<void>
}

export type StartShop = () => Promise<ShopUnderTest>

const named = (name: string) => (request: ProxyRequest) => request.operation === name
const PROMPT = { timeout: 60_000 }

/**
 * What the desk relies on in a Vendure shop, through the real runtime and executor and a proxy that breaks the line.
 * Runs against a real Vendure and against the demo shops, so that the two cannot drift apart.
 */
export function describeVendureShop(name: string, startShop: StartShop): void {
  describe(name, () => {
    let shop: ShopUnderTest
    let proxy: FaultProxy
    let desk: Desk

    const openAgain = (secrets: { password: string } = { password: shop.password }): Desk =>
      openDesk({
        connectorId: 'vendure',
        settings: { baseUrl: proxy.baseUrl, username: shop.username },
        secrets,
      })

    /** The first page of a pull alone: what the time of change tells. */
    const changes = async (checkpoint: PulledOrders['checkpoint']) => {
      const input = { checkpoint, pageToken: null, pageSize: 500 }
      const page = await desk.runtime.run(desk.connectionId, 'pull-orders', input)
      if (!page.ok) throw new Error(JSON.stringify(page.error))
      return page.value
    }

    beforeAll(async () => {
      shop = await startShop()
      proxy = await startFaultProxy(shop.baseUrl)
    }, 300_000)
    afterAll(async () => {
      await proxy?.stop()
      await shop?.stop()
    })
    afterEach(async () => {
      await proxy.heal()
      proxy.clear()
    })

    describe('signing in', () => {
      it('tests the connection', async () => {
        desk = openAgain()
        const result = await desk.runtime.run(desk.connectionId, 'test-connection', {})
        expect(result).toMatchObject({ ok: true, value: { apiVersion: '3.7' } })
        expect(result.ok && result.value.accountName).not.toBe('')
      })

      it('takes an address with /admin-api and a slash at the end', async () => {
        desk = openAgain()
        desk.stored.settings['baseUrl'] = `${proxy.baseUrl}/admin-api/`
        expect((await desk.runtime.run(desk.connectionId, 'test-connection', {})).ok).toBe(true)
      })

      it('says that the password is wrong', async () => {
        desk = openAgain({ password: 'not-the-password' })
        const result = await desk.runtime.run(desk.connectionId, 'test-connection', {})
        expect(result).toMatchObject({ ok: false, error: { code: 'auth', reason: 'wrong-credentials' } })
      })

      it('signs in once for many operations, and once more when the session ended', async () => {
        desk = openAgain()
        await Promise.all([desk.pull(), desk.pull()])
        expect(proxy.effects('Login')).toBe(1)
        await shop.expireSessions()
        await desk.pull()
        expect(proxy.effects('Login')).toBe(2)
      })

      it('gives up after one more sign-in when the shop goes on refusing', async () => {
        desk = openAgain()
        await desk.pull()
        proxy.clear()
        const forbidden = { errors: [{ message: 'no', extensions: { code: 'FORBIDDEN' } }], data: null }
        proxy.plan({
          match: named('PullOrders'),
          times: Infinity,
          fault: { kind: 'status', status: 200, body: forbidden },
        })
        const result = await desk.runtime.run(desk.connectionId, 'pull-orders', firstPage(10))
        expect(result).toMatchObject({ ok: false, error: { code: 'auth', reason: 'not-allowed' } })
        expect(proxy.effects('Login')).toBe(1)
      })

      it('keeps secrets and buyers out of the trace', async () => {
        await shop.placeOrders(1)
        desk = openAgain({ password: shop.password })
        const { orders } = await desk.pull()
        const text = JSON.stringify(desk.trace)
        const order = orders.find(({ shipTo }) => shipTo !== null)!
        expect(desk.trace.map(({ name }) => name)).toEqual(['Login', 'PullOrders', 'PullOrders'])
        expect(text).not.toContain(`"${shop.password}"`)
        expect(text).not.toMatch(/Bearer (?!\*)/)
        for (const personal of [
          order.buyerName,
          order.buyerEmail,
          order.shipTo!.line1,
          order.shipTo!.postcode,
        ])
          if (personal !== '') expect(text).not.toMatch(onItsOwn(personal))
      })
    })

    describe('pulling orders', () => {
      it(
        'brings every order whatever the page size, and the same again from the same checkpoint',
        PROMPT,
        async () => {
          await shop.placeOrders(8)
          desk = openAgain()
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
        const placed = await shop.placeOrders(12)
        desk = openAgain()
        const toCancel = placed.slice(0, 6).map(({ code }) => code)
        const pulled = await desk.pull({
          pageSize: 3,
          betweenPages: async () => {
            const code = toCancel.shift()
            if (code !== undefined) await shop.cancelOrder(code)
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
        desk = openAgain()
        const before = await desk.pull()
        const [order] = await shop.placeOrders(1)
        await sleep(1_100)
        const after = await changes(before.checkpoint)
        expect(after.orders.map(({ remoteId }) => remoteId)).toContain(order!.id)
        expect(after.orders.length).toBeLessThan(before.byId.size)
      })

      it('knows a paid order by its amounts, address and lines', async () => {
        const [placed] = await shop.placeOrders(1)
        desk = openAgain()
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
        desk = openAgain()
        const meanwhile: PulledOrders[] = []
        const late = await shop.placeLate(async () => {
          await sleep(5_000)
          await shop.placeOrders(1)
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
        desk = openAgain()
        let checkpoint: PulledOrders['checkpoint'] = null
        const late = await shop.placeLate(async () => {
          await sleep(5_000)
          await shop.placeOrders(1)
          checkpoint = (await desk.pull()).checkpoint
        })
        await shop.shipElsewhere(late.code, 'ELSEWHERE-1')
        const after = await desk.pull({ checkpoint })
        expect(after.byId.get(late.id)).toMatchObject({ status: 'shipped' })
      })

      it('reads orders by id in whatever state, and says which are not there', PROMPT, async () => {
        const [shipped, cancelled, open] = await shop.placeOrders(3)
        desk = openAgain()
        const before = (await desk.pull()).byId.get(shipped!.id)!
        await sleep(1_100)
        await shop.shipElsewhere(shipped!.code, 'ELSEWHERE-2')
        await shop.cancelOrder(cancelled!.code)
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
        desk = openAgain()
        let read: unknown
        let id = ''
        const late = await shop.placeLate(async () => {
          const next = String(
            Number([...(await desk.pull()).byId.keys()].sort((a, b) => Number(b) - Number(a))[0]) + 1,
          )
          id = next
          read = await desk.runtime.run(desk.connectionId, 'read-orders', { remoteIds: [next] })
        })
        if (id === late.id) expect(read).toMatchObject({ ok: true, value: { orders: [], missing: [id] } })
      })
    })

    describe('confirming a shipment', () => {
      const confirm = (input: OperationInput<'confirm-shipment'>) =>
        desk.runtime.run(desk.connectionId, 'confirm-shipment', input)

      it('ships every line once, and says so when asked again', async () => {
        const [order] = await shop.placeOrders(1)
        desk = openAgain()
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
        expect(await shop.listFulfilments(order!.code)).toMatchObject([
          { state: 'Shipped', trackingCode: 'RR000000001DE' },
        ])
      })

      it.each(['AddFulfillment', 'TransitionFulfillment'])(
        'does not know the outcome when the answer to %s is lost, and settles it by reading',
        async (mutation) => {
          const [order] = await shop.placeOrders(1)
          desk = openAgain()
          proxy.plan({ match: named(mutation), fault: { kind: 'drop-answer' } })
          const lost = await confirm(shipment(order!.id, 'RR000000002DE'))
          expect(lost).toMatchObject({ ok: false, error: { code: 'outcome-unknown', reason: 'cut-off' } })
          const again = await confirm(shipment(order!.id, 'RR000000002DE'))
          const outcome = mutation === 'AddFulfillment' ? 'confirmed' : 'already-confirmed'
          expect(again).toMatchObject({ ok: true, value: { outcome, order: { status: 'shipped' } } })
          expect(proxy.effects('AddFulfillment')).toBe(1)
          expect(await shop.listFulfilments(order!.code)).toMatchObject([{ state: 'Shipped' }])
        },
      )

      it.each([
        ['a gateway error hides that it worked', { kind: 'status', status: 502, forward: true }],
        ['half an answer arrives', { kind: 'truncate', end: 'clean' }],
        ['the answer breaks off', { kind: 'truncate', end: 'abort' }],
      ] as const)('settles it when %s', async (_what, fault) => {
        const [order] = await shop.placeOrders(1)
        desk = openAgain()
        proxy.plan({ match: named('AddFulfillment'), fault })
        const lost = await confirm(shipment(order!.id, 'RR000000003DE'))
        expect(lost).toMatchObject({ ok: false, error: { code: 'outcome-unknown' } })
        expect(await confirm(shipment(order!.id, 'RR000000003DE'))).toMatchObject({ ok: true })
        expect(await shop.listFulfilments(order!.code)).toHaveLength(1)
      })

      it('ships once when the request arrives twice', async () => {
        const [order] = await shop.placeOrders(1)
        desk = openAgain()
        proxy.plan({ match: named('AddFulfillment'), fault: { kind: 'duplicate', answer: 'second' } })
        const first = await confirm(shipment(order!.id, 'RR000000004DE'))
        // The second copy was refused, the re-read finds the first one waiting: the next attempt moves it on.
        if (!first.ok) expect(first.error.code).toBe('conflict')
        expect(await confirm(shipment(order!.id, 'RR000000004DE'))).toMatchObject({ ok: true })
        expect(await shop.listFulfilments(order!.code)).toMatchObject([{ state: 'Shipped' }])
      })

      it('ships once when two windows confirm at the same moment', async () => {
        const [order] = await shop.placeOrders(1)
        desk = openAgain()
        const both = await Promise.all([
          confirm(shipment(order!.id, 'RR000000005DE')),
          confirm(shipment(order!.id, 'RR000000005DE')),
        ])
        expect(both.map((each) => each.ok && each.value.outcome).sort()).toEqual([
          'already-confirmed',
          'confirmed',
        ])
        expect(await shop.listFulfilments(order!.code)).toHaveLength(1)
      })

      it('asks a person when the order went out with another number, or was cancelled', async () => {
        const [shipped, cancelled] = await shop.placeOrders(2)
        desk = openAgain()
        await confirm(shipment(shipped!.id, 'RR000000006DE'))
        expect(await confirm(shipment(shipped!.id, 'RR000000007DE'))).toMatchObject({
          ok: false,
          error: { code: 'conflict', reason: 'shipped-otherwise', remoteMessage: 'RR000000006DE' },
        })
        await shop.cancelOrder(cancelled!.code)
        expect(await confirm(shipment(cancelled!.id, 'RR000000008DE'))).toMatchObject({
          ok: false,
          error: { code: 'conflict', reason: 'order-cancelled' },
        })
      })

      it('says that there is no such order', async () => {
        desk = openAgain()
        expect(await confirm(shipment('999999', 'RR000000009DE'))).toMatchObject({
          ok: false,
          error: { code: 'not-found', reason: 'order' },
        })
      })

      it('signs in again in the middle', async () => {
        const [order] = await shop.placeOrders(1)
        desk = openAgain()
        await desk.pull()
        await shop.expireSessions()
        expect(await confirm(shipment(order!.id, 'RR000000010DE'))).toMatchObject({ ok: true })
        expect(proxy.effects('Login')).toBe(2)
        expect(await shop.listFulfilments(order!.code)).toHaveLength(1)
      })
    })

    describe('a bad line', () => {
      it('waits as long as the shop asks, and does not ask again before', async () => {
        desk = openAgain()
        await desk.pull()
        proxy.clear()
        proxy.plan({ match: named('PullOrders'), fault: { kind: 'status', status: 429, retryAfter: 7 } })
        const limited = await desk.runtime.run(desk.connectionId, 'pull-orders', firstPage(10))
        expect(limited).toMatchObject({ ok: false, error: { code: 'rate-limited', retryAfterMs: 7_000 } })
        const early = await desk.runtime.run(desk.connectionId, 'pull-orders', firstPage(10))
        expect(early).toMatchObject({ ok: false, error: { code: 'rate-limited', reason: 'local-limit' } })
        expect(proxy.log).toHaveLength(1)
      })

      it('calls a shop that answers 500 down', async () => {
        desk = openAgain()
        proxy.plan({ match: named('PullOrders'), fault: { kind: 'status', status: 500 } })
        const result = await desk.runtime.run(desk.connectionId, 'pull-orders', firstPage(10))
        expect(result).toMatchObject({ ok: false, error: { code: 'remote-down', reason: 'server-error' } })
      })

      it.each(['refuse', 'reset'] as const)(
        'calls a cut line (%s) down, and goes on when it heals',
        async (mode) => {
          desk = openAgain()
          await desk.pull()
          await proxy.cut(mode)
          const down = await desk.runtime.run(desk.connectionId, 'pull-orders', firstPage(10))
          // A reset may hit while the connection is being made, or just after.
          const reason =
            mode === 'refuse' ? 'no-connection' : expect.stringMatching(/^(no-connection|cut-off)$/)
          expect(down).toMatchObject({ ok: false, error: { code: 'remote-down', reason } })
          const write = await desk.runtime.run(
            desk.connectionId,
            'confirm-shipment',
            shipment('1', 'RR000000011DE'),
          )
          expect(write).toMatchObject({ ok: false, error: { code: 'remote-down' } })
          await proxy.heal()
          expect((await desk.runtime.run(desk.connectionId, 'pull-orders', firstPage(10))).ok).toBe(true)
        },
      )

      it('stops when it is told to', async () => {
        desk = openAgain()
        await desk.pull()
        proxy.plan({ match: named('PullOrders'), fault: { kind: 'delay', ms: 5_000 } })
        const stop = new AbortController()
        const running = desk.runtime.run(desk.connectionId, 'pull-orders', firstPage(10), stop.signal)
        await sleep(200)
        stop.abort()
        expect(await running).toMatchObject({ ok: false, error: { code: 'cancelled' } })
      })
    })
  })
}

function firstPage(pageSize: number): OperationInput<'pull-orders'> {
  return { checkpoint: null, pageToken: null, pageSize }
}

function shipment(orderRemoteId: string, trackingNumber: string): OperationInput<'confirm-shipment'> {
  return { intentId: `intent-${trackingNumber}`, orderRemoteId, trackingNumber, carrier: 'Deutsche Post' }
}

/** Not inside a longer number: the postcode 06000 is no part of the price 206000. */
function onItsOwn(text: string): RegExp {
  return new RegExp(`(?<!\\d)${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?!\\d)`)
}

function ids(byId: Map<string, unknown>): string[] {
  return [...byId.keys()].sort()
}
