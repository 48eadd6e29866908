import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '#tests/support/app-test.ts'
import { firstOrders, makeLabel, openOrder, openPage, panel } from '#tests/support/desk-walk.ts'
import { press } from '#tests/support/keyboard.ts'
import { launchApp, type LaunchedApp } from '#tests/support/launch-app.ts'
import { readStore } from '#tests/support/stored.ts'

/** Into the demo from the first page and out of it again: two workspaces in one profile that never touch each other. */

test.describe.configure({ mode: 'serial' })

let profile: string
let caravel: LaunchedApp

test.beforeAll(async () => {
  profile = await mkdtemp(path.join(tmpdir(), 'caravel-demo-'))
  caravel = await launchApp({ userDataDir: profile })
})
test.afterAll(async () => {
  await caravel.close()
  await rm(profile, { recursive: true, force: true, maxRetries: 5 })
})

async function command(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Type a command' }).fill(words)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeHidden()
}

const pill = (page: Page) => page.getByTestId('connection-pill')
const queue = (page: Page, name: string) => page.getByTestId(`queue-${name}`)

/** Everything a person could lose, by store. */
async function counts(page: Page, database: string): Promise<Record<string, number>> {
  const stores = ['connections', 'orders', 'products', 'shipments', 'documents', 'pools', 'outbox']
  const found = await Promise.all(stores.map((store) => readStore(page, database, store)))
  return Object.fromEntries(stores.map((store, i) => [store, found[i]?.length ?? -1]))
}

const EMPTY = { connections: 0, orders: 0, products: 0, shipments: 0, documents: 0, pools: 0, outbox: 0 }
let numbers: string[] = []
const tracking = new Map<string, string>()

test('from the first page into the demo: 400 orders arrive', async () => {
  const { page } = caravel
  await expect(page.getByRole('heading', { name: 'Orders from every shop, on this desk' })).toBeVisible()
  await page.getByRole('button', { name: 'Open the demo workspace' }).click()
  await expect(queue(page, 'all')).toContainText('400', { timeout: 60_000 })
  await expect(pill(page)).toContainText('Online')
  expect(await counts(page, 'caravel')).toEqual(EMPTY)
  expect(await readStore(page, 'caravel-demo', 'orders')).toHaveLength(400)
})

test('several orders handed over at once, without a line', async () => {
  test.setTimeout(90_000)
  const { page } = caravel
  await command(page, 'Cut the demo')
  await page.keyboard.press('Control+Shift+S')
  await expect(pill(page)).toContainText('Offline since', { timeout: 30_000 })

  const rows = page.locator('[role="grid"] [role="row"][aria-rowindex]:not([aria-rowindex="1"])')
  numbers = await firstOrders(page, 'to_ship', 3)
  for (const number of numbers) {
    await openOrder(page, number)
    tracking.set(number, await makeLabel(page, 1900))
  }
  expect(new Set(tracking.values()).size).toBe(3)

  await openPage(page, '/orders/label_ready')
  await expect(queue(page, 'label_ready')).toContainText('3')
  await expect(panel(page)).toBeHidden()
  await expect(rows).toHaveCount(3)
  await page.getByRole('grid', { name: 'Orders' }).focus()
  await press(page, 'j x j x j x')
  await expect(page.getByRole('toolbar', { name: 'Selected orders' })).toContainText('3 selected')
  await press(page, 'o')
  await expect(page.getByRole('button', { name: 'Hand over 3 orders' })).toBeFocused()
  await press(page, 'Enter')
  await expect(page.getByText('Hand over: 3 orders changed').first()).toBeVisible()
  await expect(queue(page, 'label_ready')).toContainText('0')
  await expect(queue(page, 'handed_over')).toContainText('3')
  await expect(pill(page)).toContainText('3 changes waiting')
  await openPage(page, '/outbox')
  for (const number of numbers) await expect(page.getByText(`Tell that ${number} was shipped`)).toBeVisible()
})

test('a restart keeps it; the line comes back by itself and the shops are told once', async () => {
  await caravel.kill()
  caravel = await launchApp({ userDataDir: profile })
  const { page } = caravel
  // The cut was of the demo shops that ended with the app.
  await expect(pill(page)).toContainText('Online', { timeout: 60_000 })
  await expect(pill(page)).not.toContainText('waiting', { timeout: 60_000 })
  await expectAllShipped()
  const shown = (await page.getByTestId('tracking-number').innerText()).replaceAll(/\s/g, '')
  expect(shown).toBe(tracking.get(numbers.at(-1) ?? ''))
  expect(await readStore(page, 'caravel-demo', 'orders')).toHaveLength(400)
})

test('leaving the demo shows an own workspace that it never touched', async () => {
  const { page } = caravel
  const before = await counts(page, 'caravel-demo')
  await command(page, 'Leave the demo')
  await expect(page.getByRole('heading', { name: 'Orders from every shop, on this desk' })).toBeVisible()
  expect(await counts(page, 'caravel')).toEqual(EMPTY)
  expect(await counts(page, 'caravel-demo')).toEqual(before)
})

test('the demo opened again still has what was shipped, also after a restart of its shops', async () => {
  test.setTimeout(90_000)
  await caravel.page.getByRole('button', { name: 'Open the demo workspace' }).click()
  await expectAllShipped()
  const before = Date.now()
  await caravel.kill()
  caravel = await launchApp({ userDataDir: profile })
  await expect(queue(caravel.page, 'all')).toContainText('400', { timeout: 60_000 })
  await caravel.page.keyboard.press('Control+Shift+S')
  await expect.poll(() => pulledSince(before), { timeout: 60_000 }).toBe(true)
  await expectAllShipped()
  expect(await counts(caravel.page, 'caravel')).toEqual(EMPTY)
})

/** Whether every demo shop has been pulled, as a whole, after this moment. */
async function pulledSince(moment: number): Promise<boolean> {
  const shops = await readStore<{ lastSuccessAt: number | null }>(caravel.page, 'caravel-demo', 'connections')
  return shops.length === 3 && shops.every((shop) => (shop.lastSuccessAt ?? 0) > moment)
}

async function expectAllShipped(): Promise<void> {
  const { page } = caravel
  await expect(queue(page, 'all')).toContainText('400', { timeout: 60_000 })
  const shipments = await readStore<{ trackingNumber: string }>(page, 'caravel-demo', 'shipments')
  expect(shipments.map((one) => one.trackingNumber).sort()).toEqual([...tracking.values()].sort())
  expect(await readStore(page, 'caravel-demo', 'outbox')).toEqual([])
  for (const number of numbers) {
    await openOrder(page, number)
    await expect(panel(page).getByText('Shipped', { exact: true }).first()).toBeVisible()
  }
}
