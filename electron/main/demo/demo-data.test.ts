import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { demoSeedSchema } from '#core/contracts/demo.ts'
import { checkHs } from '#core/customs/check-hs.ts'
import { DEMO_COUNTRIES } from '#main/demo/demo-buyers.ts'
import { listDemoProducts } from '#main/demo/demo-catalogue.ts'
import { DEMO_SHOPS, makeDemoOrders } from '#main/demo/demo-orders.ts'
import type { DemoShopAccess } from '#main/demo/demo-port.ts'
import { describeDemo } from '#main/demo/demo-seed.ts'
import { createDemoShops } from '#main/demo/demo-shops.ts'

const NOW = Date.parse('2026-11-22T12:00:00Z')
const DAY = 24 * 60 * 60_000
const everyOrder = () => DEMO_SHOPS.flatMap((spec) => makeDemoOrders(spec, NOW))

describe('the demo orders', () => {
  it('are the same for the same seed and start, and others for another seed', () => {
    expect(everyOrder()).toEqual(everyOrder())
    const [spec] = DEMO_SHOPS
    const other = makeDemoOrders({ ...spec!, seed: spec!.seed + 1 }, NOW)
    expect(other.map(({ state }) => state)).not.toEqual(makeDemoOrders(spec!, NOW).map(({ state }) => state))
  })

  it('are 400, to twenty countries, from every shop to every country', () => {
    expect(everyOrder()).toHaveLength(400)
    expect(DEMO_COUNTRIES).toHaveLength(20)
    for (const spec of DEMO_SHOPS) {
      const countries = new Set(makeDemoOrders(spec, NOW).map(({ buyer }) => buyer.countryCode))
      expect([...countries].sort()).toEqual([...DEMO_COUNTRIES].sort())
    }
  })

  it('have ids and codes that do not repeat', () => {
    for (const spec of DEMO_SHOPS) {
      const orders = makeDemoOrders(spec, NOW)
      for (const values of [
        orders.map(({ id }) => id),
        orders.map(({ code }) => code),
        orders.flatMap(({ lines }) => lines.map(({ id }) => id)),
        orders.flatMap(({ fulfillments }) => fulfillments.map(({ id }) => id)),
      ]) {
        expect(new Set(values).size).toBe(values.length)
      }
      // Of the real server: strings of digits.
      for (const { id, lines } of orders)
        expect([id, ...lines.map((line) => line.id)].join('')).toMatch(/^\d+$/)
    }
  })

  it('are in states that fit their age: most wait, old ones have left, some need a person', () => {
    const orders = everyOrder()
    const count = (state: string) => orders.filter((order) => order.state === state).length
    expect(count('PaymentSettled')).toBeGreaterThan(100)
    for (const state of ['Shipped', 'Delivered', 'Cancelled', 'PaymentAuthorized', 'Modifying'])
      expect(count(state), state).toBeGreaterThan(0)
    expect(orders.filter(({ buyer }) => buyer.postalCode === '').length).toBeGreaterThan(0)
    for (const order of orders) {
      const left = order.state === 'Shipped' || order.state === 'Delivered'
      expect(order.fulfillments.map(({ state }) => state)).toEqual(left ? [order.state] : [])
      expect(order.orderPlacedAt).toBeLessThan(NOW)
      expect(order.orderPlacedAt).toBeGreaterThan(NOW - 40 * DAY)
      expect(order.updatedAt).toBeGreaterThanOrEqual(order.orderPlacedAt)
      expect(order.updatedAt).toBeLessThan(NOW)
      expect(order.lines.length).toBeGreaterThan(0)
      for (const line of order.lines) expect(line.quantity).toBeGreaterThan(0)
    }
  })

  it('count money in whole yen and whole cents', () => {
    for (const order of everyOrder()) {
      for (const amount of [order.shippingWithTax, ...order.lines.map((line) => line.unitPriceWithTax)]) {
        expect(amount).toBeGreaterThan(0)
        // Two decimals for every currency: a whole yen is 100.
        expect(Math.abs(amount % (order.currencyCode === 'JPY' ? 100 : 1))).toBe(0)
      }
    }
  })

  it('sell only what is in the catalogue, under its title in the language of the shop', () => {
    const products = new Map(listDemoProducts().map((product) => [product.sku, product]))
    for (const spec of DEMO_SHOPS)
      for (const { lines } of makeDemoOrders(spec, NOW))
        for (const line of lines) expect(line.name).toBe(products.get(line.sku)?.titles[spec.locale])
  })
})

describe('the demo catalogue', () => {
  const products = listDemoProducts()

  it('has titles in four languages everywhere, each its own', () => {
    for (const { sku, titles } of products) {
      expect(Object.keys(titles).sort(), sku).toEqual(['de', 'en', 'fr', 'ja'])
      for (const title of Object.values(titles)) expect(title.trim(), sku).not.toBe('')
      expect(titles.ja, sku).toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/)
    }
    for (const locale of ['en', 'de', 'fr', 'ja']) {
      const all = products.map(({ titles }) => titles[locale])
      expect(new Set(all).size, locale).toBe(all.length)
    }
    expect(new Set(products.map(({ sku }) => sku)).size).toBe(products.length)
  })

  it('has customs facts that hold, or none at all', () => {
    const bare = products.filter(({ customs }) => customs.hs6 === '')
    expect(bare.length).toBeGreaterThan(3)
    for (const { sku, customs } of products) {
      if (customs.hs6 === '') {
        expect(customs, sku).toMatchObject({ description: '', origin: '', unitNetGrams: null })
        continue
      }
      expect(checkHs(customs.hs6), sku).toBeNull()
      expect(customs.hs6, sku).toHaveLength(6)
      expect(customs.description, sku).toMatch(/^[\x20-\x7e]{3,}$/)
      expect(customs.descriptionLocal, sku).toMatch(/[\u4e00-\u9fff]/)
      expect(customs.unitNetGrams, sku).toBeGreaterThan(0)
    }
  })

  it('comes as a description that the channel accepts', () => {
    const seed = describeDemo()
    expect(demoSeedSchema.parse(seed)).toEqual(seed)
    expect(seed.shops.map(({ shop }) => shop)).toEqual(DEMO_SHOPS.map(({ shop }) => shop))
  })
})

describe('the demo shops', () => {
  let folder: string
  let stateFile: string
  const opened: ReturnType<typeof createDemoShops>[] = []
  const openShops = (now = NOW) => {
    const shops = createDemoShops({ stateFile, now: () => now })
    opened.push(shops)
    return shops
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'caravel-demo-'))
    stateFile = join(folder, 'demo-shops.json')
  })
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((shops) => shops.stop()))
    rmSync(folder, { recursive: true, force: true })
  })

  it('keep what was shipped over a restart', async () => {
    const [before] = await openShops().start(['minato'])
    const open = await findOpenOrder(before!)
    await ship(before!, open)
    await opened[0]!.stop()

    const [after] = await openShops(NOW + DAY).start(['minato'])
    const { order } = await ask(
      after!,
      '{ order(id: "' + open.id + '") { code state fulfillments { trackingCode state } } }',
    )
    expect(order).toEqual({
      code: open.code,
      state: 'Shipped',
      fulfillments: [{ trackingCode: 'RR473124829CN', state: 'Shipped' }],
    })
  })

  it.each([
    ['torn', (whole: string) => whole.slice(0, whole.length / 2)],
    ['empty', () => ''],
    ['of another shape', () => '{"minato":[null]}'],
    ['a list', () => '[]'],
    ['null', () => 'null'],
  ])('start afresh when the state file is %s', async (_what, damage) => {
    await openShops().start(['minato'])
    await opened[0]!.stop()
    writeFileSync(stateFile, damage(readFileSync(stateFile, 'utf8')))
    const [shop] = await openShops().start(['minato'])
    const { orders } = await ask(shop!, '{ orders { totalItems } }')
    expect(orders).toEqual({ totalItems: 90 })
  })

  it('answer on 127.0.0.1 only', async () => {
    const running = await openShops().start(DEMO_SHOPS.map(({ shop }) => shop))
    expect(running).toHaveLength(3)
    for (const { baseUrl } of running) {
      expect(new URL(baseUrl).hostname).toBe('127.0.0.1')
      for (const address of otherAddresses())
        await expect(fetch(baseUrl.replace('127.0.0.1', address))).rejects.toThrow()
    }
  })

  it('give the running shops when started again, also at the same moment', async () => {
    const shops = openShops()
    const [first, second] = await Promise.all([shops.start(['kettle']), shops.start(['kettle', 'nowhere'])])
    expect(second).toEqual(first)
    expect(await shops.start(['kettle'])).toEqual(first)
  })

  it('cut their line and heal it', async () => {
    const shops = openShops()
    const [shop] = await shops.start(['kettle'])
    shops.setLine(false)
    await expect(fetch(`${shop!.baseUrl}/admin-api`, { method: 'POST', body: '{}' })).rejects.toThrow()
    shops.setLine(true)
    expect(await ask(shop!, '{ activeChannel { code } }')).toEqual({
      activeChannel: { code: 'Kite & Kettle' },
    })
  })
})

/** Every address a neighbour could reach this machine by, and a second loopback one. */
function otherAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  const outside = all
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address)
  return process.platform === 'linux' ? [...outside, '127.0.0.2'] : outside
}

async function ask(shop: DemoShopAccess, query: string): Promise<Record<string, unknown>> {
  const post = (body: string, token = '') =>
    fetch(`${shop.baseUrl}/admin-api`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: body }),
    })
  const login = await post(
    `mutation { login(username: "${shop.username}", password: "${shop.password}") { __typename } }`,
  )
  const answer = await post(query, login.headers.get('vendure-auth-token') ?? '')
  const { data, errors } = (await answer.json()) as { data: Record<string, unknown>; errors?: unknown }
  expect(errors).toBeUndefined()
  return data
}

interface OpenOrder {
  id: string
  code: string
  lines: { id: string; quantity: number }[]
}

async function findOpenOrder(shop: DemoShopAccess): Promise<OpenOrder> {
  const query =
    '{ orders(options: { take: 1, filter: { state: { eq: "PaymentSettled" } } }) { items { id code lines { id quantity } } } }'
  const { orders } = (await ask(shop, query)) as { orders: { items: OpenOrder[] } }
  return orders.items[0]!
}

async function ship(shop: DemoShopAccess, order: OpenOrder): Promise<void> {
  const lines = order.lines
    .map(({ id, quantity }) => `{ orderLineId: "${id}", quantity: ${quantity} }`)
    .join(' ')
  const handler = `{ code: "manual-fulfillment", arguments: [
    { name: "method", value: "Registered packet" } { name: "trackingCode", value: "RR473124829CN" }] }`
  const added = (await ask(
    shop,
    `mutation { addFulfillmentToOrder(input: { lines: [${lines}], handler: ${handler} }) { ... on Fulfillment { id } } }`,
  )) as { addFulfillmentToOrder: { id: string } }
  const { id } = added.addFulfillmentToOrder
  await ask(shop, `mutation { transitionFulfillmentToState(id: "${id}", state: "Shipped") { __typename } }`)
}
