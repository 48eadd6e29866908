import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '#tests/support/app-test.ts'
import type { StoredProduct } from '#renderer/data/records.ts'
import { toldToShops } from '#tests/support/demo-state.ts'
import {
  cutDemoLine,
  firstOrder,
  firstOrders,
  handOver,
  listRows,
  makeLabel,
  openOrder,
  openPage,
  panel,
} from '#tests/support/desk-walk.ts'
import { launchApp, type LaunchedApp } from '#tests/support/launch-app.ts'
import { readStore } from '#tests/support/stored.ts'

/** Chromium deletes a store that it takes for damaged: here the folder is deleted while the app is closed. */

const DEMO = 'caravel-demo'
const TYPED = 'Stoneware mug, typed by hand'
let profile: string
let caravel: LaunchedApp
let unsent: string[] = []
let labelled = ''
const tracking = new Map<string, string>()

test.beforeAll(async () => {
  profile = await mkdtemp(path.join(tmpdir(), 'caravel-lost-'))
  caravel = await launchApp({ userDataDir: profile, args: ['--demo'] })
})
test.afterAll(async () => {
  await caravel.close()
  await rm(profile, { recursive: true, force: true, maxRetries: 5 })
})

const bar = (page: Page) => page.getByTestId('storage-bar')
const pill = (page: Page) => page.getByTestId('connection-pill')
const all = (page: Page) => page.getByTestId('queue-all')

/** Customs facts that are in no shop and in no seed of the demo. */
async function typeFacts(page: Page): Promise<void> {
  await openPage(page, '/customs')
  await listRows(page).first().click()
  const form = page.getByRole('complementary').locator('form')
  await form.locator('[data-field$=".description"]').fill(TYPED)
  await form.locator('[data-field$=".hs6"]').fill('691200')
  await form.locator('[data-field$=".origin"]').fill('CN')
  await form.locator('[data-field$=".unitNetGrams"]').fill('321')
  await page.getByRole('complementary').getByRole('button', { name: 'Save customs facts' }).click()
  await expect.poll(() => typedProducts(page)).toHaveLength(1)
}

async function typedProducts(page: Page): Promise<StoredProduct[]> {
  const products = await readStore<StoredProduct>(page, DEMO, 'products')
  return products.filter(({ customs }) => customs.description === TYPED)
}

test('work that no shop has heard of yet', async () => {
  test.setTimeout(120_000)
  const { page } = caravel
  await expect(all(page)).toContainText('400', { timeout: 60_000 })
  await cutDemoLine(page)
  const numbers = await firstOrders(page, 'to_ship', 3)
  unsent = numbers.slice(0, 2)
  labelled = numbers[2] ?? ''
  for (const number of [...unsent, labelled]) {
    await openOrder(page, number)
    tracking.set(number, await makeLabel(page, 1900))
    if (unsent.includes(number)) await handOver(page)
  }
  expect(await readStore(page, DEMO, 'outbox')).toHaveLength(2)
  await typeFacts(page)
  await expect(bar(page)).toBeHidden()
})

test('without its store the app restores it, says so, and every shop is told once', async () => {
  test.setTimeout(120_000)
  await caravel.close()
  await rm(path.join(profile, 'IndexedDB'), { recursive: true })
  caravel = await launchApp({ userDataDir: profile, args: ['--demo', '--demo-offline'] })
  const { page } = caravel
  await expect(bar(page)).toHaveAttribute('data-state', 'restored', { timeout: 30_000 })
  await expect(bar(page)).toContainText(
    // Orders that the facts let go are an edit of a person too.
    /changes to send 2, orders \d+, parcels 3, products with customs facts \d+/,
  )
  expect(await typedProducts(page)).toMatchObject([{ customs: { hs6: '691200', unitNetGrams: 321 } }])
  expect(await readStore(page, DEMO, 'outbox')).toHaveLength(2)
  for (const number of unsent) expect(toldToShops(profile, number)).toEqual([])

  await caravel.close()
  caravel = await launchApp({ userDataDir: profile, args: ['--demo'] })
  const again = caravel.page
  await expect(all(again)).toBeVisible({ timeout: 30_000 })
  await again.keyboard.press('Control+Shift+S')
  await expect(all(again)).toContainText('400', { timeout: 60_000 })
  await expect(pill(again)).not.toContainText('waiting', { timeout: 90_000 })
  await expect(bar(again)).toBeHidden()
  for (const number of unsent) expect(toldToShops(profile, number)).toEqual([tracking.get(number)])
  expect(await readStore(again, DEMO, 'orders')).toHaveLength(400)
  expect(await readStore(again, DEMO, 'connections')).toHaveLength(3)
})

test('the activity says what came back, and its chain is whole', async () => {
  const { page } = caravel
  await openPage(page, '/activity?entity=desk')
  const restored = listRows(page).filter({ hasText: 'Restored from the journal of unsent work' })
  await expect(restored).toHaveCount(1)
  await expect(restored).toContainText(/changes to send 2, orders \d+, parcels 3/)
  await page.getByRole('button', { name: 'Check journal' }).click()
  await expect(page.getByText(/The journal is whole/).first()).toBeVisible()
})

test('the parcel whose paper went with the store keeps its number; no number is given out twice', async () => {
  const { page } = caravel
  await openOrder(page, labelled)
  expect(await makeLabel(page, 1900)).toBe(tracking.get(labelled))
  await openOrder(page, await firstOrder(page, 'to_ship'))
  const number = await makeLabel(page, 1900)
  expect([...tracking.values()]).not.toContain(number)
  await expect(panel(page)).toBeVisible()
})
