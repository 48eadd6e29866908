import { expect, test } from '#tests/support/app-test.ts'
import { makeS10 } from '#core/shipping/s10.ts'
import {
  completeCustoms,
  fillSender,
  handOver,
  importNumbers,
  listRows,
  makeLabel,
  openOrder,
  openPage,
  PASSPHRASE,
  printLabel,
} from '#tests/support/desk-walk.ts'
import { startFaultProxy, type FaultProxy } from '#tests/support/fault-proxy.ts'
import { launchApp, type LaunchedApp } from '#tests/support/launch-app.ts'
import { readStore } from '#tests/support/stored.ts'
import { translate, type FakeProduct } from '../fakes/shopify/catalogue-state.ts'
import { placeOrder } from '../fakes/shopify/make-orders.ts'
import { addMarket, addProduct } from '../fakes/shopify/make-products.ts'
import { startFakeShopify, type FakeShopify } from '../fakes/shopify/shop-server.ts'
import { createShop, type FakeShop } from '../fakes/shopify/shop-state.ts'
import { loadShopifySchema } from '../peers/shopify-schema/schema.ts'

/**
 * A seller's Shopify: connected with an app of its own, 250 orders pulled with a 429 and an empty bucket in between, a listing changed in two
 * languages, two markets and its stock, a parcel told with its answer lost.
 */

const ORDERS = 250

/** As Shopify says that its bucket is empty, beside status 200. */
const THROTTLED = JSON.stringify({
  errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }],
  extensions: {
    cost: {
      ...{ requestedQueryCost: 60, actualQueryCost: null },
      throttleStatus: { maximumAvailable: 2000, currentlyAvailable: 20, restoreRate: 100 },
    },
  },
})

test.describe.configure({ mode: 'serial' })

let fake: FakeShopify
let proxy: FaultProxy
let caravel: LaunchedApp

test.beforeAll(async () => {
  test.setTimeout(120_000)
  const schema = await loadShopifySchema('2026-07')
  fake = await startFakeShopify(schema, createShop())
  const lines = [{ sku: 'MUG-01', name: 'Stoneware mug', quantity: 1, unitPrice: '25.0' }]
  for (let n = 0; n < ORDERS; n += 1) placeOrder(fake.shop, { lines })
  fillCatalogue(fake.shop)
  proxy = await startFaultProxy(fake.baseUrl)
  caravel = await launchApp()
})

test.afterAll(async () => {
  await caravel.close()
  await proxy.stop()
  await fake.stop()
})

/** A mug in two languages and two markets, and what its channel has to say of another thing. */
function fillCatalogue(shop: FakeShop): void {
  addMarket(shop, { handle: 'eu', currency: 'EUR', factor: 1.2 })
  addMarket(shop, { handle: 'japan', currency: 'JPY', factor: 190 })
  const options = (Colour: string) => ({ options: { Colour } })
  const mug = addProduct(shop, {
    variants: [
      { sku: 'MUG-01', price: '12.50', stock: [3, 17], ...options('blue') },
      { sku: 'MUG-02', price: '14.00', stock: [8], ...options('green') },
    ],
  })
  translate(mug, 'de', 'title', 'Becher aus Steinzeug')
  translate(mug, 'de', 'body_html', '<p>Von Hand gedreht.</p>')
  addProduct(shop, {
    ...{ title: 'Paper lamp', variants: [{ sku: 'LMP-01', price: '39.00' }] },
    feedback: [{ message: 'Add an image that is at least 500 by 500 pixels.', field: ['images'] }],
  })
  addProduct(shop, { title: 'Linen runner', status: 'DRAFT', variants: [{ sku: 'RUN-01' }] })
}

const textsOf = ({ translations }: FakeProduct) =>
  Object.fromEntries(
    [...translations].map(([locale, texts]) => [
      locale,
      Object.fromEntries([...texts].map(([key, { value }]) => [key, value])),
    ]),
  )
const mugOf = ({ catalogue }: FakeShop) => [...catalogue.products.values()][0]!
const storedOrders = () => readStore<{ number: string; stage: string }>(caravel.page, 'caravel', 'orders')

test('connected with the id and secret of an app; what is wrong stands at its field', async () => {
  const { page } = caravel
  await page.getByRole('button', { name: 'Connect a shop' }).click()
  await page.getByTestId('shop-system').selectOption('shopify')
  await expect(page.getByTestId('sign-in-way')).toHaveValue('app')
  await expect(page.getByText('read_merchant_managed_fulfillment_orders').first()).toBeVisible()
  await page.getByLabel('Address of the shop').fill(proxy.baseUrl)
  await page.getByLabel('Client ID', { exact: true }).fill(fake.keys.clientId)
  const secret = page.getByLabel('Client secret', { exact: true })
  await secret.fill('not-the-secret')
  await page.getByRole('button', { name: 'Test and connect' }).click()
  const again = page.getByLabel('Once more')
  await expect(again.or(page.getByRole('alert').first())).toBeVisible({ timeout: 20_000 })
  if (await again.isVisible()) {
    await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
    await again.fill(PASSPHRASE)
    await again.press('Enter')
  }
  await expect(secret).toHaveAccessibleDescription(/Client ID or secret is wrong/, { timeout: 20_000 })
  await expect(secret).toBeFocused()

  proxy.plan({ match: () => proxy.effects('PullOrders') === 2, fault: { kind: 'status', status: 429 } })
  proxy.plan({
    match: ({ operation }) => operation === 'PullOrders' && proxy.effects('PullOrders') === 1,
    fault: { kind: 'status', status: 200, body: THROTTLED },
  })
  await secret.fill(fake.keys.clientSecret)
  await page.getByRole('button', { name: 'Test and connect' }).click()
  await expect(page.getByText('is connected').first()).toBeVisible({ timeout: 20_000 })
})

test('each of its orders is pulled once, over several pages and a 429', async () => {
  await expect.poll(async () => (await storedOrders()).length, { timeout: 60_000 }).toBe(ORDERS)
  const numbers = (await storedOrders()).map(({ number }) => number).sort()
  expect(numbers).toEqual([...fake.shop.orders.values()].map(({ name }) => name).sort())
  expect(proxy.log.filter(({ clientStatus }) => clientStatus === 429)).toHaveLength(1)
  const carriedOut = fake.calls.filter((name) => name === 'PullOrders').length
  expect(carriedOut).toBeGreaterThan(2)
  // Asked again: the 429, the empty bucket, and a page that was too dear.
  const asked = proxy.log.filter(({ operation }) => operation === 'PullOrders').length
  expect(asked).toBeGreaterThanOrEqual(carriedOut + 3)
})

test('a listing is changed in two languages, two markets and its stock, and the shop has exactly that', async () => {
  const { page } = caravel
  await openPage(page, '/listings/all')
  await expect(page.getByTestId('listings-issues')).toContainText('1', { timeout: 30_000 })
  await listRows(page).filter({ hasText: 'Stoneware mug' }).click()
  const panel = page.getByRole('complementary', { name: 'Listing details' })
  const set = async (label: string, value: string) => {
    const field = panel.getByLabel(label, { exact: true })
    await field.fill(value)
    await field.press('Enter')
  }
  await set('Title', 'Stoneware mug, glazed')
  await panel.getByRole('tab', { name: 'German' }).click()
  await set('Title', 'Becher, glasiert')
  await panel.getByRole('tab', { name: 'Chinese (China)' }).click()
  await set('Title', '上釉陶杯')
  await set('Price of MUG-01 in GBP', '13.50')
  await set('Price of MUG-01 in eu EUR', '15.99')
  await set('Price of MUG-01 in japan JPY', '2980')
  await set('Stock of MUG-01', '18')
  await expect
    .poll(() => readStore(page, 'caravel', 'outbox').then(({ length }) => length), { timeout: 30_000 })
    .toBe(0)
  const mug = mugOf(fake.shop)
  const [blue, green] = mug.variants
  expect([mug.title, mug.descriptionHtml]).toEqual(['Stoneware mug, glazed', '<p>Thrown by hand.</p>'])
  expect(textsOf(mug)).toEqual({
    de: { title: 'Becher, glasiert', body_html: '<p>Von Hand gedreht.</p>' },
    'zh-CN': { title: '上釉陶杯' },
  })
  expect([blue!.price, green!.price]).toEqual(['13.50', '14.00'])
  expect(fake.shop.catalogue.markets.map(({ fixed }) => [...fixed])).toEqual([
    [[blue!.id, '15.99']],
    [[blue!.id, '2980']],
  ])
  // The first location gives; the others keep what they have.
  expect([...blue!.levels.values(), ...green!.levels.values()]).toEqual([1, 17, 8])
  expect(fake.violations).toEqual([])
})

test('a parcel is told once, although the answer was lost', async () => {
  const { page } = caravel
  const [order] = [...fake.shop.orders.values()]
  await fillSender(page)
  const [from, to] = [makeS10('RR', 47312482, 'CN'), makeS10('RR', 47312581, 'CN')]
  await importNumbers(page, { service: 'Registered packet', from, to })
  await openOrder(page, order!.name)
  await completeCustoms(page, () => ({
    ...{ description: 'Ceramic mug, stoneware', hs6: '691200', origin: 'CN', unitNetGrams: '150' },
  }))
  const number = await makeLabel(page, 300)
  await printLabel(page)
  proxy.plan({ match: ({ operation }) => operation === 'CreateFulfillment', fault: { kind: 'drop-answer' } })
  await handOver(page)
  await expect.poll(() => order!.fulfilments.length, { timeout: 20_000 }).toBe(1)
  await openPage(page, '/channels')
  await expect(page.getByText('no orders that were placed more than 60 days ago')).toBeVisible()
  // The shop is asked by itself whether it arrived.
  await expect
    .poll(
      async () => (await readStore<{ state: string }>(page, 'caravel', 'outbox')).map(({ state }) => state),
      {
        timeout: 60_000,
      },
    )
    .not.toContain('unknown')
  await expect
    .poll(async () => (await storedOrders()).find((each) => each.number === order!.name)?.stage, {
      timeout: 60_000,
    })
    .toBe('shipped')
  expect(order!.fulfilments).toMatchObject([{ number, status: 'SUCCESS' }])
  expect(fake.calls.filter((name) => name === 'CreateFulfillment')).toHaveLength(1)
  expect(fake.violations).toEqual([])
})
