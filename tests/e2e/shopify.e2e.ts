import { expect, test } from '@playwright/test'
import { makeS10 } from '#core/shipping/s10.ts'
import {
  completeCustoms,
  fillSender,
  handOver,
  importNumbers,
  makeLabel,
  openOrder,
  openPage,
  PASSPHRASE,
  printLabel,
} from '#tests/support/desk-walk.ts'
import { startFaultProxy, type FaultProxy } from '#tests/support/fault-proxy.ts'
import { launchApp, type LaunchedApp } from '#tests/support/launch-app.ts'
import { readStore } from '#tests/support/stored.ts'
import { placeOrder } from '../fakes/shopify/make-orders.ts'
import { startFakeShopify, type FakeShopify } from '../fakes/shopify/shop-server.ts'
import { createShop } from '../fakes/shopify/shop-state.ts'
import { loadShopifySchema } from '../peers/shopify-schema/schema.ts'

/** A seller's Shopify: connected with an app of its own, 250 orders pulled with a 429 in between, a parcel told with its answer lost. */

const ORDERS = 250

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
  proxy = await startFaultProxy(fake.baseUrl)
  caravel = await launchApp()
})

test.afterAll(async () => {
  await caravel.close()
  await proxy.stop()
  await fake.stop()
})

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
  await secret.fill(fake.keys.clientSecret)
  await page.getByRole('button', { name: 'Test and connect' }).click()
  await expect(page.getByText('is connected').first()).toBeVisible({ timeout: 20_000 })
})

test('each of its orders is pulled once, over several pages and a 429', async () => {
  await expect.poll(async () => (await storedOrders()).length, { timeout: 60_000 }).toBe(ORDERS)
  const numbers = (await storedOrders()).map(({ number }) => number).sort()
  expect(numbers).toEqual([...fake.shop.orders.values()].map(({ name }) => name).sort())
  expect(proxy.log.filter(({ clientStatus }) => clientStatus === 429)).toHaveLength(1)
  expect(fake.calls.filter((name) => name === 'PullOrders').length).toBeGreaterThan(2)
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
