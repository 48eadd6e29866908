import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { amazon } from '#core/connectors/amazon/index.ts'
import type { Desk } from '#tests/conformance/desk.ts'
import { loadFixtures } from '#tests/conformance/fixture-files.ts'
import { SKIPPED, specsFolder } from '#tests/contracts/specs-folder.ts'
import { confirm as book, createAccount, touch } from '#tests/fakes/amazon/account-state.ts'
import { placeOrder } from '#tests/fakes/amazon/make-orders.ts'
import type { Fault } from '#tests/support/fault.ts'
import { startHeldAccount, type HeldAccount } from './amazon-models/held-account.ts'

let held: HeldAccount
let fake: HeldAccount['fake']
let gate: HeldAccount['gate']
let proxy: HeldAccount['proxy']
let clock: number

describe.skipIf(!specsFolder)(`Amazon’s connector, held to the official models${SKIPPED}`, () => {
  beforeAll(async () => {
    held = await startHeldAccount(['orders_2026-01-01', 'ordersV0', 'sellers'])
    ;({ fake, gate, proxy } = held)
  })

  afterAll(() => held.stop())

  beforeEach(() => {
    clock = Date.now() - 86_400_000
    fake.use(createAccount({ now: () => clock }))
    proxy.clear()
  })

  afterEach(() => {
    expect(held.broken()).toEqual([])
  })

  const open: HeldAccount['open'] = (over) => held.open(over)

  async function signedIn(): Promise<string> {
    const { clientId, clientSecret, refreshToken } = fake.keys
    const body = new URLSearchParams({
      ...{ grant_type: 'refresh_token', refresh_token: refreshToken },
      ...{ client_id: clientId, client_secret: clientSecret },
    })
    const answer = await fetch(`${gate.baseUrl}/auth/o2/token`, { method: 'POST', body })
    return ((await answer.json()) as { access_token: string }).access_token
  }

  const test = (desk: Desk) => desk.runtime.run(desk.connectionId, 'test-connection', {})
  const confirm = (desk: Desk, orderRemoteId: string, trackingNumber: string) =>
    desk.runtime.run(desk.connectionId, 'confirm-shipment', {
      ...{ intentId: `intent-${trackingNumber}`, orderRemoteId, trackingNumber, carrier: 'Royal Mail' },
    })

  const isSearch = ({ path }: { path: string }): boolean => path.startsWith('/orders/2026-01-01/orders?')
  const isConfirm = ({ path }: { path: string }): boolean => path.endsWith('/shipmentConfirmation')
  const tokensAsked = () => proxy.log.filter(({ path }) => path === '/auth/o2/token').length
  const place = (facts: Parameters<typeof placeOrder>[1] = {}) => {
    clock += 1_000
    return placeOrder(fake.account, facts)
  }

  describe('signing in', () => {
    it('names the store and where it sells, with one token for many operations', async () => {
      const desk = open()
      expect(await test(desk)).toEqual({
        ok: true,
        value: {
          ...{ accountName: 'Lantern Row · DE, FR, GB', apiVersion: 'Orders 2026-01-01' },
          markets: ['DE', 'FR', 'GB'],
        },
      })
      await desk.pull()
      await desk.pull()
      expect(tokensAsked()).toBe(1)
    })

    it('asks for a new token before one ends, and when it was taken back', async () => {
      clock = Date.now()
      fake.setTokenLife(60)
      const desk = open()
      await desk.pull()
      await desk.pull()
      expect(tokensAsked()).toBe(2)
      fake.setTokenLife(3_600)
      await desk.pull()
      fake.endTokens()
      await desk.pull()
      await desk.pull()
      expect(tokensAsked()).toBe(4)
    })

    it.each([
      ['a wrong secret', { secrets: { clientSecret: 'no' } }, 'app-keys-ended', 'clientSecret'],
      [
        'a refresh token that is none',
        { secrets: { refreshToken: 'Atzr|no' } },
        'authorisation-ended',
        'refreshToken',
      ],
      ['a region that is none', { settings: { region: 'moon' } }, 'unknown-region', 'region'],
      [
        'a marketplace it does not sell in',
        { settings: { marketplaces: 'DE, NL' } },
        'not-selling-there',
        'marketplaces',
      ],
    ])('says what is wrong with %s', async (_what, over, reason, field) => {
      expect(await test(open(over))).toMatchObject({ ok: false, error: { reason, field } })
    })

    it('tells the wrong region, a missing role and a withdrawn authorisation apart', async () => {
      const desk = open()
      fake.account.roles.delete('orders')
      expect(await test(desk)).toMatchObject({ error: { code: 'auth', reason: 'role-missing' } })
      fake.misplace()
      expect(await test(desk)).toMatchObject({
        error: { code: 'auth', reason: 'wrong-region', field: 'region' },
      })
      fake.withdraw()
      expect(await test(desk)).toMatchObject({ error: { code: 'auth', reason: 'authorisation-ended' } })
    })

    it('shows no secret to a trace, and no buyer', async () => {
      place()
      clock += 180_000
      const desk = open()
      await desk.pull()
      const trace = JSON.stringify(desk.trace)
      expect(trace).not.toMatch(/secret-of-the-app|refresh-token-of-the-seller|access-token-1/)
      expect(trace).not.toMatch(/Tamarack|Hafenstra|28195|@marketplace/)
    })
  })

  describe('pulling orders', () => {
    it('brings each of 250 orders over three pages, with a 429 in between that holds up nothing else', async () => {
      for (let n = 0; n < 250; n += 1) place()
      clock += 180_000
      const desk = open()
      proxy.plan({
        match: (request) => isSearch(request) && proxy.log.filter(isSearch).length === 2,
        fault: QUOTA,
      })
      await expect(desk.pull({ pageSize: 500 })).rejects.toThrow('QuotaExceeded')
      // Until its bucket has a token again nothing is asked; other requests go on.
      await expect(desk.pull()).rejects.toThrow('local-limit')
      expect(proxy.log.filter(isSearch)).toHaveLength(3)
      const [first] = fake.account.orders.keys()
      const read = await desk.runtime.run(desk.connectionId, 'read-orders', { remoteIds: [first!] })
      expect(read).toMatchObject({ value: { orders: [{ remoteId: first }] } })
      const pulled = await open().pull({ pageSize: 500 })
      expect(pulled.byId.size).toBe(250)
      expect(pulled.pages).toBe(3)
    })

    it('keeps to the usage plan by itself: twenty searches, then none for three minutes', async () => {
      const desk = open()
      for (let n = 0; n < 20; n += 1) await desk.pull()
      await expect(desk.pull()).rejects.toThrow('local-limit')
      expect(proxy.log.filter(isSearch)).toHaveLength(20)
      expect(proxy.log.every(({ clientStatus }) => clientStatus !== 429)).toBe(true)
    })

    it('finds what changed since, also where it changed while pages were read', async () => {
      const orders = Array.from({ length: 12 }, () => place())
      clock += 180_000
      const desk = open()
      const first = await desk.pull({
        pageSize: 5,
        betweenPages: async (page) => {
          if (page !== 1) return
          clock += 600_000
          orders[0]!.status = 'CANCELLED'
          touch(fake.account, orders[0]!)
        },
      })
      expect(first.checkpoint).not.toBeNull()
      clock += 600_000
      const second = await desk.pull({ checkpoint: first.checkpoint })
      expect(second.byId.get(orders[0]!.id)).toMatchObject({ status: 'cancelled' })
    })

    it('asks only for the marketplaces that were named', async () => {
      const [german, british] = [place(), place({ marketplaceId: 'A1F83G8C2ARO7P', currency: 'GBP' })]
      clock += 180_000
      const { byId } = await open({ settings: { marketplaces: 'UK' } }).pull()
      expect(byId.has(british.id)).toBe(true)
      expect(byId.has(german.id)).toBe(false)
    })

    it('is not upset by a clock here that is ahead', async () => {
      clock = Date.now() - 7_200_000
      const order = place()
      clock += 180_000
      expect((await open().pull()).byId.has(order.id)).toBe(true)
    })

    it('reads orders with 200 lines, with none, without address, of Amazon’s own warehouse', async () => {
      const items = Array.from({ length: 200 }, (_, n) => ({ sku: `S-${n}`, quantity: 1, unitPrice: '1.00' }))
      const [long, empty, hidden, warehouse] = [
        place({ items, total: '200.00' }),
        place({ items: [], total: null, status: 'PENDING' }),
        place({ address: null }),
        place({ fulfilledBy: 'AMAZON' }),
      ]
      clock += 180_000
      const { byId } = await open().pull()
      expect(byId.get(long.id)?.lines.map(({ sku }) => sku)).toEqual(items.map(({ sku }) => sku))
      expect(byId.get(empty.id)).toMatchObject({ lines: [], total: { minor: 0, currency: 'EUR' } })
      expect(byId.get(hidden.id)).toMatchObject({ shipTo: null, status: 'to_ship' })
      expect(byId.get(warehouse.id)).toMatchObject({ status: 'handed_over', rawStatus: 'UNSHIPPED' })
    })
  })

  describe('confirming a shipment', () => {
    it('ships once, whatever answer is lost', async () => {
      const order = place()
      const desk = open()
      proxy.plan({ match: isConfirm, fault: { kind: 'drop-answer' } })
      expect(await confirm(desk, order.id, 'RR1GB')).toMatchObject({ error: { code: 'outcome-unknown' } })
      expect(await confirm(desk, order.id, 'RR1GB')).toMatchObject({
        value: { outcome: 'already-confirmed', order: { status: 'shipped' } },
      })
      expect(order.packages).toMatchObject([
        { trackingNumber: 'RR1GB', carrier: 'Royal Mail', status: 'SHIPPED' },
      ])
    })

    it('edits its own parcel where Amazon does not show it yet', async () => {
      const order = place()
      const desk = open()
      proxy.plan({ match: isConfirm, fault: { kind: 'duplicate', answer: 'first' } })
      expect(await confirm(desk, order.id, 'RR2GB')).toMatchObject({ value: { outcome: 'confirmed' } })
      expect(fake.calls.filter((name) => name === 'ConfirmShipment')).toHaveLength(2)
      expect(order.packages).toHaveLength(1)
      expect(order.items.every(({ quantity, quantityFulfilled }) => quantityFulfilled === quantity)).toBe(
        true,
      )
    })

    it('sends the rest of an order of which a part has left, by a carrier that Amazon does not know', async () => {
      const order = place({ items: [{ quantity: 3 }, { quantity: 1 }] })
      const items = [{ orderItemId: order.items[0]!.orderItemId, quantity: 2 }]
      const shipDate = new Date(clock).toISOString()
      book(fake.account, order, {
        packageReferenceId: '1',
        carrier: 'DHL',
        trackingNumber: 'JD1',
        shipDate,
        items,
      })
      const told = await open().runtime.run('connection-1' as never, 'confirm-shipment', {
        ...{ intentId: 'intent-1', orderRemoteId: order.id, trackingNumber: 'SW1', carrier: 'Swan Couriers' },
      })
      expect(told).toMatchObject({ value: { outcome: 'confirmed', order: { status: 'shipped' } } })
      expect(order.packages[1]).toMatchObject({
        ...{ carrier: 'Swan Couriers', items: [{ quantity: 1 }, { quantity: 1 }] },
      })
    })

    it('says so when Amazon ships it itself, it is unpaid, cancelled, or shows another parcel', async () => {
      const shipped = place()
      const items = shipped.items.map(({ orderItemId, quantity }) => ({ orderItemId, quantity }))
      const shipDate = new Date(clock).toISOString()
      book(fake.account, shipped, {
        packageReferenceId: '1',
        carrier: 'DHL',
        trackingNumber: 'JD1',
        shipDate,
        items,
      })
      const orders = [
        place({ fulfilledBy: 'AMAZON' }),
        place({ status: 'PENDING' }),
        place({ status: 'CANCELLED' }),
        shipped,
      ]
      const desk = open()
      const reasons: unknown[] = []
      for (const { id } of orders) {
        const result = await confirm(desk, id, 'RR3GB')
        reasons.push(result.ok ? 'ok' : result.error.reason)
      }
      expect(reasons).toEqual(['sent-by-marketplace', 'order-state', 'order-cancelled', 'shipped-otherwise'])
      expect(fake.calls).not.toContain('ConfirmShipment')
    })
  })

  it('what breaks the models is seen, in requests and in answers', async () => {
    const path = '/orders/2026-01-01/orders?lastUpdatedAfter=2026-11-20T00:00:00Z&includedData='
    const headers = { 'x-amz-access-token': await signedIn() }
    expect((await fetch(`${gate.baseUrl}${path}NONSENSE`, { headers })).status).toBe(422)
    expect(gate.violations.splice(0).join()).toContain('must be equal to one of the allowed values')
    place({ items: [{ quantity: 1.5 }] })
    clock += 180_000
    expect((await fetch(`${gate.baseUrl}${path}BUYER`, { headers })).status).toBe(500)
    expect(gate.violations.splice(0).join()).toContain('quantityOrdered must be integer')
  })

  it('each kind of request has a rate of its own', () => {
    const asked = Object.values(loadFixtures('amazon')).flatMap(({ exchanges }) =>
      exchanges.map(({ name }) => name),
    )
    expect(Object.keys(amazon.manifest.limits.rates ?? {})).toEqual(
      expect.arrayContaining([...new Set(asked)]),
    )
  })
})

/** As Amazon's: without a word on when. */
const QUOTA: Fault = {
  ...{ kind: 'status', status: 429, headers: { 'x-amzn-errortype': 'TooManyRequestsException' } },
  body: {
    errors: [
      { code: 'QuotaExceeded', message: 'You exceeded your quota for the requested resource.', details: '' },
    ],
  },
}
