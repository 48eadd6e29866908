import { parse, validate, type GraphQLSchema } from 'graphql'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { shopify } from '#core/connectors/shopify/index.ts'
import { openDesk, type Desk } from '#tests/conformance/desk.ts'
import { replay } from '#tests/conformance/fixture.ts'
import { loadFixtures } from '#tests/conformance/fixture-files.ts'
import { placeOrder } from '#tests/fakes/shopify/make-orders.ts'
import { startFakeShopify, type FakeShopify } from '#tests/fakes/shopify/shop-server.ts'
import { createShop, ship, touch } from '#tests/fakes/shopify/shop-state.ts'
import { startFaultProxy, type FaultProxy } from '#tests/support/fault-proxy.ts'
import { loadShopifySchema } from './shopify-schema/schema.ts'

let schema: GraphQLSchema
let fake: FakeShopify
let proxy: FaultProxy
let clock: number

beforeAll(async () => {
  schema = await loadShopifySchema(shopify.manifest.api.version)
})

beforeEach(async () => {
  clock = Date.UTC(2026, 10, 20)
  const shop = createShop({ now: () => clock })
  fake = await startFakeShopify(schema, shop, { costOf: (name) => (name === 'PullOrders' ? 30 : 10) })
  proxy = await startFaultProxy(fake.baseUrl)
})

afterEach(async () => {
  await proxy.stop()
  await fake.stop()
  expect(fake.violations).toEqual([])
})

function open(signIn: { secrets?: Record<string, string>; clientId?: string } = {}): Desk {
  const settings = { baseUrl: proxy.baseUrl, ...(signIn.clientId && { clientId: signIn.clientId }) }
  const secrets = signIn.secrets ?? { accessToken: fake.keys.accessToken }
  return openDesk({ connectorId: 'shopify', settings, secrets })
}

const openAsApp = () =>
  open({ clientId: fake.keys.clientId, secrets: { clientSecret: fake.keys.clientSecret } })
const tokensAsked = () => proxy.log.filter(({ path }) => path === '/admin/oauth/access_token').length
const test = (desk: Desk) => desk.runtime.run(desk.connectionId, 'test-connection', {})
const confirm = (desk: Desk, orderRemoteId: string, trackingNumber: string) =>
  desk.runtime.run(desk.connectionId, 'confirm-shipment', {
    ...{ intentId: `intent-${trackingNumber}`, orderRemoteId, trackingNumber, carrier: 'Royal Mail' },
  })

describe('documents', () => {
  const documents = new Map(
    Object.values(loadFixtures('shopify')).flatMap((fixture) =>
      replay(shopify, fixture.operation, fixture.input, fixture.exchanges, {
        settings: {},
        now: 0,
      }).requests.map(({ name, json }) => [name, (json as { query: string }).query] as const),
    ),
  )

  it('every one of them is valid in the version that is asked', () => {
    expect([...documents.keys()].sort()).toEqual([
      ...[
        'CreateFulfillment',
        'FixPrices',
        'PullListings',
        'PullOrders',
        'ReadBuyers',
        'ReadDigests',
        'ReadLevels',
      ],
      ...['ReadListings', 'ReadOrder', 'ReadOrderLines', 'ReadOrders', 'ReadPrices', 'ReadShopFacts'],
      ...['ReadVariants', 'RegisterTranslations', 'RemoveTranslations', 'SetQuantities', 'TestConnection'],
      ...['UpdateProduct', 'UpdateVariants'],
    ])
    for (const [name, query] of documents)
      expect(validate(schema, parse(query)).map(({ message }) => `${name}: ${message}`)).toEqual([])
  })

  it('and in the version that comes next', async () => {
    const next = await loadShopifySchema('2026-10')
    for (const [name, query] of documents)
      expect(validate(next, parse(query)).map(({ message }) => `${name}: ${message}`)).toEqual([])
  })
})

describe('signing in', () => {
  it('with the id and secret of an app, once for many operations', async () => {
    const desk = openAsApp()
    expect(await test(desk)).toMatchObject({
      value: { accountName: 'Lantern Row · lantern-row.myshopify.com', apiVersion: '2026-07' },
    })
    await desk.pull()
    await desk.pull()
    expect(tokensAsked()).toBe(1)
  })

  it('anew before a token ends, and when it was taken back', async () => {
    fake.setTokenLife(60)
    const desk = openAsApp()
    await desk.pull({ pageSize: 5 })
    await desk.pull({ pageSize: 5 })
    expect(tokensAsked()).toBe(2)
    fake.setTokenLife(86_399)
    await desk.pull({ pageSize: 5 })
    expect(tokensAsked()).toBe(3)
    fake.endTokens()
    await desk.pull({ pageSize: 5 })
    await desk.pull({ pageSize: 5 })
    expect(tokensAsked()).toBe(4)
  })

  it.each([
    ['a wrong secret', { clientId: 'client-1', secrets: { clientSecret: 'no' } }, 'auth', 'wrong-app-keys'],
    ['a token that does not hold', { secrets: { accessToken: 'shpat_no' } }, 'auth', 'signed-out'],
    ['no key at all', { secrets: {} }, 'invalid-input', 'missing'],
    ['a secret without its id', { secrets: { clientSecret: 'x' } }, 'invalid-input', 'missing'],
  ])('says what is wrong with %s', async (_what, signIn, code, reason) => {
    expect(await test(open(signIn))).toMatchObject({ ok: false, error: { code, reason } })
  })

  it('says which permission is missing', async () => {
    const { scopes } = fake.shop
    scopes.splice(scopes.indexOf('write_merchant_managed_fulfillment_orders'), 1)
    expect(await test(open())).toMatchObject({
      error: {
        reason: 'scope-missing',
        remoteMessage:
          'pull-orders: read_merchant_managed_fulfillment_orders; confirm-shipment: write_merchant_managed_fulfillment_orders',
      },
    })
  })

  it('says what the shop keeps from it: older orders, and buyers that an app may not see', async () => {
    const withheld = async () => {
      const tested = await test(open())
      return tested.ok ? tested.value.withheld : tested
    }
    expect(await withheld()).toEqual(['orders-before-60-days'])
    placeOrder(fake.shop, { address: null })
    placeOrder(fake.shop, { address: null, requiresShipping: false })
    expect(await withheld()).toEqual(['orders-before-60-days', 'buyers'])
    placeOrder(fake.shop)
    fake.shop.scopes.push('read_all_orders')
    expect(await withheld()).toEqual([])
    const answer = { errors: [{ message: 'Not approved', extensions: { code: 'ACCESS_DENIED' } }] }
    const body = JSON.stringify(answer)
    proxy.plan({
      match: ({ operation }) => operation === 'ReadBuyers',
      fault: { kind: 'status', status: 200, body },
    })
    expect(await test(open())).toMatchObject({ error: { code: 'auth', reason: 'customer-data-denied' } })
  })

  it('shows no secret to a trace', async () => {
    const desk = openAsApp()
    await test(desk)
    expect(JSON.stringify(desk.trace)).not.toMatch(/secret-of-the-app|shpat_of_the_day/)
  })
})

describe('pulling orders', () => {
  it('brings each of 250 orders over several pages, with a 429 and an empty bucket in between', async () => {
    for (let n = 0; n < 250; n += 1) {
      clock += 1_000
      placeOrder(fake.shop)
    }
    const desk = open()
    fake.drain()
    await expect(desk.pull({ pageSize: 50 })).rejects.toThrow('THROTTLED')
    proxy.plan({ match: () => proxy.effects('PullOrders') === 3, fault: { kind: 'status', status: 429 } })
    await expect(desk.pull({ pageSize: 50 })).rejects.toThrow('HTTP 429')
    const pulled = await desk.pull({ pageSize: 50 })
    expect(pulled.byId.size).toBe(250)
    // Ten at once are all that a query can pay for.
    expect(pulled.pages).toBe(25)
  })

  it('finds what changed since, and what changed while it read', async () => {
    const orders = Array.from({ length: 40 }, () => {
      clock += 60_000
      return placeOrder(fake.shop)
    })
    const desk = open()
    const first = await desk.pull({
      pageSize: 10,
      betweenPages: async (page) => {
        if (page !== 2) return
        clock += 60_000
        const [early] = orders
        early!.fulfilment = 'ON_HOLD'
        touch(fake.shop, early!)
      },
    })
    expect(first.byId.size).toBe(40)
    expect(first.byId.get(orders[0]!.id)).toMatchObject({ status: 'on_hold', rawStatus: 'ON_HOLD' })
    clock += 600_000
    orders[7]!.financial = 'REFUNDED'
    touch(fake.shop, orders[7]!)
    const second = await desk.pull({ checkpoint: first.checkpoint })
    expect(second.byId.get(orders[7]!.id)).toMatchObject({ status: 'on_hold', rawStatus: 'REFUNDED' })
    expect(second.byId.size).toBeLessThan(5)
  })

  it('reads all 200 lines of an order, and orders without lines, address or anything to send', async () => {
    const lines = Array.from({ length: 200 }, (_, n) => ({
      ...{ sku: `S-${n}`, name: `Thing ${n}`, quantity: 1, unitPrice: '1.0' },
    }))
    const [long, empty, hidden, download] = [
      placeOrder(fake.shop, { lines, total: '200.0' }),
      placeOrder(fake.shop, { lines: [], total: '0.0' }),
      placeOrder(fake.shop, { address: null }),
      placeOrder(fake.shop, { requiresShipping: false }),
    ]
    const { byId } = await open().pull()
    expect(byId.get(long.id)?.lines.map(({ sku }) => sku)).toEqual(lines.map(({ sku }) => sku))
    expect(byId.get(empty.id)).toMatchObject({ lines: [], total: { minor: 0, currency: 'GBP' } })
    expect(byId.get(hidden.id)).toMatchObject({ shipTo: null, buyerName: '' })
    expect(byId.get(download.id)).toMatchObject({ status: 'handed_over' })
  })

  it.each([
    [{ taxesIncluded: false, quantity: 3, unitPrice: '10.0', tax: '2.40', currency: 'USD' }, 1080],
    [{ taxesIncluded: true, quantity: 3, unitPrice: '10.0', tax: '2.40', currency: 'USD' }, 1000],
    [{ taxesIncluded: false, quantity: 3, unitPrice: '10.0', tax: '1.00', currency: 'EUR' }, 1033],
    [{ taxesIncluded: true, quantity: 1, unitPrice: '1000.0', currency: 'JPY' }, 1000],
    [{ taxesIncluded: true, quantity: 1, unitPrice: '1.250', currency: 'KWD' }, 1250],
  ])('knows what was paid for one piece: %o', async ({ taxesIncluded, currency, ...line }, minor) => {
    const order = placeOrder(fake.shop, {
      ...{ taxesIncluded, currency, total: line.unitPrice },
      lines: [{ sku: 'S', name: 'Thing', ...line }],
    })
    const { byId } = await open().pull()
    expect(byId.get(order.id)?.lines[0]?.unitPrice).toEqual({ minor, currency })
  })

  it('tells apart what the goods, the post, discounts and taxes came to, and what the buyer saw', async () => {
    const order = placeOrder(fake.shop, {
      ...{ currency: 'EUR', taxesIncluded: false, total: '47.60', tax: '7.60' },
      presented: { total: '8000', currency: 'JPY' },
      // Three at 12.50, 7.50 off; post of 10.00, 5.00 off, and 2.50 of it given back.
      lines: [{ sku: 'A', name: 'A', quantity: 3, unitPrice: '10.00', discount: '7.50', tax: '5.70' }],
      shipping: [{ original: '10.00', discounted: '5.00', current: '2.50' }],
    })
    const eur = (minor: number) => ({ minor, currency: 'EUR' })
    const { byId } = await open().pull()
    expect(byId.get(order.id)).toMatchObject({
      total: eur(4760),
      charges: {
        ...{ goods: eur(3750), discount: eur(1250), shipping: eur(750), tax: eur(760), taxIncluded: false },
        presented: { minor: 8000, currency: 'JPY' },
      },
      lines: [{ unitPrice: eur(1190), discount: eur(750), tax: eur(570) }],
    })
  })

  it('counts what is left of a line, and leaves out one that was taken off', async () => {
    const order = placeOrder(fake.shop, {
      ...{ total: '15.00', tax: '2.50' },
      lines: [
        {
          sku: 'A',
          name: 'A',
          quantity: 4,
          currentQuantity: 2,
          unitPrice: '7.50',
          discount: '2.00',
          tax: '5.00',
        },
        {
          sku: 'B',
          name: 'B',
          quantity: 1,
          currentQuantity: 0,
          unitPrice: '9.00',
          discount: '1.00',
          tax: '1.50',
        },
      ],
    })
    const gbp = (minor: number) => ({ minor, currency: 'GBP' })
    const { byId } = await open().pull()
    const pulled = byId.get(order.id)!
    expect(pulled.lines).toMatchObject([{ sku: 'A', quantity: 2, discount: gbp(100), tax: gbp(250) }])
    expect(pulled.lines).toHaveLength(1)
    expect(pulled.charges).toEqual({
      ...{ goods: gbp(1600), discount: gbp(100), shipping: gbp(0), tax: gbp(250), taxIncluded: true },
    })
    expect(pulled.charges).not.toHaveProperty('presented')
  })

  it('says of a cancelled order what was ordered, and not how a total of nothing comes about', async () => {
    const order = placeOrder(fake.shop, { cancelled: true, financial: 'REFUNDED', total: '0.0' })
    const { byId } = await open().pull()
    expect(byId.get(order.id)).toMatchObject({ status: 'cancelled', lines: [{ quantity: 2 }] })
    expect(byId.get(order.id)).not.toHaveProperty('charges')
  })

  it('asks for as many as it can pay when a page is too dear, and keeps to it', async () => {
    for (let n = 0; n < 45; n += 1) placeOrder(fake.shop)
    const pulled = await open().pull({ pageSize: 20 })
    expect(pulled.byId.size).toBe(45)
    expect(fake.calls.filter((name) => name === 'PullOrders')).toHaveLength(5)
    // One more was refused.
    expect(proxy.log.filter(({ operation }) => operation === 'PullOrders')).toHaveLength(6)
  })

  it('reads 60 orders by id in as many parts as it can pay', async () => {
    const ids = Array.from({ length: 60 }, () => placeOrder(fake.shop).id)
    const desk = open()
    const read = await desk.runtime.run(desk.connectionId, 'read-orders', { remoteIds: ids })
    expect(read.ok && read.value.orders.map(({ remoteId }) => remoteId)).toEqual(ids)
    expect(fake.calls.filter((name) => name === 'ReadOrders')).toHaveLength(6)
  })
})

describe('confirming a shipment', () => {
  it('ships what each place of the shop has, once, whatever answer is lost', async () => {
    const order = placeOrder(fake.shop, {
      locations: 2,
      lines: [
        { sku: 'A', name: 'A', quantity: 1, unitPrice: '1.0' },
        { sku: 'B', name: 'B', quantity: 1, unitPrice: '1.0' },
      ],
    })
    const desk = open()
    const lost = { match: isCreate, fault: { kind: 'drop-answer' } } as const
    proxy.plan(lost)
    expect(await confirm(desk, order.id, 'RR1GB')).toMatchObject({ error: { code: 'outcome-unknown' } })
    proxy.plan(lost)
    expect(await confirm(desk, order.id, 'RR1GB')).toMatchObject({ error: { code: 'outcome-unknown' } })
    expect(await confirm(desk, order.id, 'RR1GB')).toMatchObject({
      value: { outcome: 'already-confirmed', order: { status: 'shipped' } },
    })
    expect(order.fulfilments.map(({ number, locationId }) => [number, locationId])).toEqual([
      ['RR1GB', 'gid://shopify/Location/1'],
      ['RR1GB', 'gid://shopify/Location/2'],
    ])
  })

  it('does not put into a parcel what came to the order after it left', async () => {
    const order = placeOrder(fake.shop)
    const desk = open()
    expect(await confirm(desk, order.id, 'RR2GB')).toMatchObject({ value: { outcome: 'confirmed' } })
    const [place] = order.fulfilmentOrders
    order.fulfilmentOrders.push({
      ...place!,
      id: `${place!.id}9`,
      status: 'OPEN',
      remaining: new Map([['x', 1]]),
    })
    expect(await confirm(desk, order.id, 'RR2GB')).toMatchObject({ value: { outcome: 'already-confirmed' } })
    expect(order.fulfilments).toHaveLength(1)
  })

  it('says so when the shop keeps it back, cancelled it, or shows another parcel', async () => {
    const [held, gone, other] = [
      placeOrder(fake.shop, { held: true }),
      placeOrder(fake.shop, { cancelled: true }),
      placeOrder(fake.shop),
    ]
    ship(fake.shop, [other.fulfilmentOrders[0]!.id], { company: 'DHL', number: 'JD014600' })
    const desk = open()
    const reasonOf = async (id: string) => {
      const result = await confirm(desk, id, 'RR3GB')
      return result.ok ? 'ok' : result.error.reason
    }
    expect(await reasonOf(held.id)).toBe('kept-back')
    expect(await reasonOf(gone.id)).toBe('order-cancelled')
    expect(await reasonOf(other.id)).toBe('shipped-otherwise')
    expect(fake.calls).not.toContain('CreateFulfillment')
  })
})

const isCreate = ({ operation }: { operation: string | null }): boolean => operation === 'CreateFulfillment'
