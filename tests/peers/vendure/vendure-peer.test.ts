import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startFaultProxy } from '../../support/fault-proxy.ts'
import { installVendurePeer, startVendurePeer, type SeededOrder, type VendurePeer } from './peer.ts'
import { loginMutation, postGraphql } from './peer-api.ts'
import * as ask from './record-queries.ts'

type Found = {
  orders: {
    totalItems: number
    items: { id: string; code: string; updatedAt: string; orderPlacedAt: string }[]
  }
}
type Result = Record<string, { __typename: string; id: string; state: string; errorCode?: string }>

/** The query of the contract sheet (reference: marketplaces 5.1), as printed there. */
const sheetQuery = `query Pull($options: OrderListOptions) {
  orders(options: $options) {
    totalItems
    items {
      id code state currencyCode totalWithTax orderPlacedAt updatedAt
      customer { emailAddress }
      shippingAddress { fullName streetLine1 streetLine2 city province postalCode countryCode phoneNumber }
      lines { id quantity unitPriceWithTax productVariant { id sku name } }
      fulfillments { id state method trackingCode }
    }
  }
}`

let peer: VendurePeer
let orders: SeededOrder[]
let sellerToken: string

/** The seller's own session, as the connector has one: not the one the peer's helpers use. */
async function asSeller(
  query: string,
  variables: object = {},
): Promise<Awaited<ReturnType<typeof postGraphql>>['body']> {
  return (await postGraphql(peer.adminUrl, query, variables as Record<string, unknown>, sellerToken)).body
}

async function loginAsSeller(): Promise<string> {
  const variables = { username: peer.adminUser, password: peer.adminPassword }
  return (await postGraphql(peer.adminUrl, loginMutation, variables)).authToken ?? ''
}

beforeAll(async () => {
  await installVendurePeer()
  peer = await startVendurePeer()
  orders = (await peer.seed({ orders: 12 })).orders
  sellerToken = await loginAsSeller()
}, 700_000)

afterAll(() => peer?.stop())

describe('the real Vendure peer', () => {
  it('sold to eleven countries, in the scripts their people write', async () => {
    expect(orders).toHaveLength(12)
    expect(new Set(orders.map((order) => order.country)).size).toBe(11)
    const body = await asSeller(sheetQuery, {
      options: { take: 1000, sort: { updatedAt: 'ASC' }, filter: { active: { eq: false } } },
    })
    const found = body.data as unknown as { orders: { totalItems: number; items: Record<string, unknown>[] } }
    expect(found.orders.totalItems).toBe(12)
    for (const order of orders) {
      expect(found.orders.items.find(({ code }) => code === order.code)).toMatchObject({
        id: order.id,
        state: 'PaymentSettled',
        currencyCode: 'EUR',
        totalWithTax: order.totalWithTax,
        customer: { emailAddress: order.buyer.emailAddress },
        shippingAddress: { ...order.buyer.address, phoneNumber: order.buyer.phoneNumber },
        fulfillments: [],
      })
    }
    expect(JSON.stringify(found)).toMatch(/Олена.*花子.*Ελένη.*김보기.*李样例/s)
  })

  it('hides a cart only when asked to', async () => {
    const [cart] = await peer.seedOrders(1, { leaveUnpaid: true })
    const everything = (await asSeller(ask.orders, { options: { take: 100 } })).data as unknown as Found
    const placed = (await asSeller(ask.orders, ask.ordersPage(100))).data as unknown as Found
    expect(everything.orders.items.map(({ code }) => code)).toContain(cart?.code)
    expect(placed.orders.items.map(({ code }) => code)).not.toContain(cart?.code)
  })

  it('takes a tracking code once', async () => {
    const order = orders[0] as SeededOrder
    const push = ask.fulfil(order.lines, 'DHL', '00340434161094000017')
    const { addFulfillmentToOrder: added } = (await asSeller(ask.addFulfillment, push)).data as Result
    expect(added).toMatchObject({
      __typename: 'Fulfillment',
      state: 'Pending',
      trackingCode: '00340434161094000017',
    })
    expect((await peer.readOrder(order.code)).state).toBe('PaymentSettled')

    const ship = { id: added?.id, state: 'Shipped' }
    expect((await asSeller(ask.transitionFulfillment, ship)).data).toMatchObject({
      transitionFulfillmentToState: { state: 'Shipped' },
    })
    expect(await peer.readOrder(order.code)).toMatchObject({
      state: 'Shipped',
      fulfillments: [{ state: 'Shipped', method: 'DHL', trackingCode: '00340434161094000017' }],
    })

    const again = (await asSeller(ask.addFulfillment, push)).data as Result
    expect(again.addFulfillmentToOrder?.errorCode).toBe('ITEMS_ALREADY_FULFILLED_ERROR')
    const shipAgain = (await asSeller(ask.transitionFulfillment, ship)).data as Result
    expect(shipAgain.transitionFulfillmentToState).toMatchObject({
      errorCode: 'FULFILLMENT_STATE_TRANSITION_ERROR',
      fromState: 'Shipped',
      toState: 'Shipped',
    })
    expect(await peer.listFulfillments(order.code)).toHaveLength(1)
  })

  it('answers ITEMS_ALREADY_FULFILLED for a cancelled order too', async () => {
    const order = orders[1] as SeededOrder
    await peer.cancelOrder(order.code)
    const refused = (await asSeller(ask.addFulfillment, ask.fulfil(order.lines, 'DHL', 'X'))).data as Result
    expect(refused.addFulfillmentToOrder?.errorCode).toBe('ITEMS_ALREADY_FULFILLED_ERROR')
    expect(await peer.readOrder(order.code)).toMatchObject({ state: 'Cancelled', fulfillments: [] })
  })

  it('does not move updatedAt when an order is paid or shipped: orderPlacedAt is the cursor for new ones', async () => {
    const [late] = await peer.seedOrders(1, { pauseBeforePaymentMs: 2_500 })
    const read = async (filter: object) =>
      ((await asSeller(ask.orders, { options: { filter } })).data as unknown as Found).orders.items
    const [row] = await read({ code: { eq: late?.code } })
    expect(Date.parse(row?.orderPlacedAt ?? '') - Date.parse(row?.updatedAt ?? '')).toBeGreaterThan(2_000)

    const cursor = new Date(Date.parse(row?.orderPlacedAt ?? '') - 1_000).toISOString()
    expect((await read({ updatedAt: { after: cursor } })).map(({ code }) => code)).not.toContain(late?.code)
    expect((await read({ orderPlacedAt: { after: cursor } })).map(({ code }) => code)).toContain(late?.code)
  })

  it('loses nothing when the answer to a push is lost', async () => {
    const order = orders[2] as SeededOrder
    const proxy = await startFaultProxy(peer.baseUrl)
    try {
      proxy.plan({ match: ({ operation }) => operation === 'AddFulfillment', fault: { kind: 'drop-answer' } })
      const push = ask.fulfil(order.lines, 'DHL', 'LOST-ANSWER')
      await expect(
        postGraphql(`${proxy.baseUrl}/admin-api`, ask.addFulfillment, push, sellerToken),
      ).rejects.toThrow()
      const again = await postGraphql(`${proxy.baseUrl}/admin-api`, ask.addFulfillment, push, sellerToken)
      expect((again.body.data as Result).addFulfillmentToOrder?.errorCode).toBe(
        'ITEMS_ALREADY_FULFILLED_ERROR',
      )
      expect(proxy.effects('AddFulfillment')).toBe(2)
      expect(await peer.listFulfillments(order.code)).toMatchObject([
        { trackingCode: 'LOST-ANSWER', state: 'Pending' },
      ])
    } finally {
      await proxy.stop()
    }
  })

  it('forgets the seller: FORBIDDEN until the next login', async () => {
    await peer.expireSessions()
    const refused = await asSeller(sheetQuery, { options: { take: 1 } })
    expect(refused.errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
    expect(refused.data).toBeNull()
    sellerToken = await loginAsSeller()
    expect((await asSeller(sheetQuery, { options: { take: 1 } })).errors).toBeUndefined()
  })

  it('keeps sessions over a change of password, and refuses the old one', async () => {
    const old = peer.adminPassword
    await peer.changePassword('another-pass-1')
    expect((await asSeller('{ orders { totalItems } }')).errors).toBeUndefined()
    const refused = await postGraphql(peer.adminUrl, loginMutation, {
      username: peer.adminUser,
      password: old,
    })
    expect(refused.body.data?.login).toMatchObject({ errorCode: 'INVALID_CREDENTIALS_ERROR' })
    expect(refused.authToken).toBeNull()
    await peer.changePassword(old)
  })
})

describe('a peer with a database file', () => {
  it('can be killed and started again at the same address with its state', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vendure-peer-'))
    const dbFile = join(folder, 'shop.sqlite')
    let current = await startVendurePeer({ dbFile })
    try {
      const { orders: made } = await current.seed({ products: 2, orders: 2 })
      const token = (
        await postGraphql(current.adminUrl, loginMutation, {
          username: current.adminUser,
          password: current.adminPassword,
        })
      ).authToken
      const { port } = current
      await current.stop('SIGKILL')
      expect(existsSync(dbFile)).toBe(true)
      await expect(fetch(current.adminUrl)).rejects.toThrow()

      current = await startVendurePeer({ dbFile, port })
      expect((await current.readOrder(made[1]?.code ?? '')).state).toBe('PaymentSettled')
      // Sessions are in the database as well.
      const still = await postGraphql(current.adminUrl, '{ orders { totalItems } }', {}, token)
      expect(still.body.data).toMatchObject({ orders: { totalItems: 2 } })
      expect((await current.seed({ products: 1, orders: 1 })).orders).toHaveLength(1)
    } finally {
      await current.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  }, 120_000)

  it('shows its output when it cannot start', async () => {
    await expect(
      startVendurePeer({ dbFile: '/nonexistent-folder/shop.sqlite', readyTimeoutMs: 30_000 }),
    ).rejects.toThrow(/ended \(1\) before it was ready[\s\S]*nonexistent-folder/)
  }, 60_000)
})
