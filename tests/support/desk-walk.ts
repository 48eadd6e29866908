import { expect, type Locator, type Page } from '@playwright/test'
import type { OrderRow, QueueId } from '#core/order/order-row.ts'
import { readStore } from '#tests/support/stored.ts'

/** What a person does at the desk, by what a person sees: used by the e2e tests and by the demo command. */

export interface ShopAccess {
  baseUrl: string
  username: string
  password: string
}

export const PASSPHRASE = 'correct horse battery staple'

/** From the first-run page to a connected shop; chooses a passphrase where the system has no keyring. */
export async function connectFirstShop(page: Page, shop: ShopAccess): Promise<void> {
  await page.getByRole('button', { name: 'Connect a shop' }).click()
  await page.getByLabel('Address of the shop').fill(shop.baseUrl)
  await page.getByLabel('User', { exact: true }).fill(shop.username)
  await page.getByLabel('Password', { exact: true }).fill(shop.password)
  await page.getByRole('button', { name: 'Test and connect' }).click()
  const connected = page.getByText('is connected').first()
  await choosePassphrase(page, connected)
  await expect(connected).toBeVisible({ timeout: 20_000 })
}

/** Chooses a passphrase where the app asks for one before it shows this. */
export async function choosePassphrase(page: Page, shown: Locator): Promise<void> {
  const again = page.getByLabel('Once more')
  await expect(again.or(shown)).toBeVisible({ timeout: 20_000 })
  if (!(await again.isVisible())) return
  await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
  await again.fill(PASSPHRASE)
  await again.press('Enter')
}

/** Opens the vault with the passphrase when the app asks for it. */
export async function unlockVault(page: Page): Promise<void> {
  const field = page.getByLabel('Passphrase', { exact: true })
  await expect(field).toBeVisible({ timeout: 20_000 })
  await field.fill(PASSPHRASE)
  await field.press('Enter')
  await expect(field).toBeHidden({ timeout: 20_000 })
}

const SENDER: Record<string, string> = {
  'sender.name': 'Lantern & Loom Trading',
  'sender.line1': 'Rm 1201, Bldg C, Lantern Park',
  'sender.city': 'Shenzhen',
  'sender.region': 'Guangdong',
  'sender.postcode': '518109',
  'sender.country': 'CN',
  'sender.phone': '+86 755 5555 0100',
  signer: 'Lantern & Loom',
}

export async function fillSender(page: Page): Promise<void> {
  await openPage(page, '/settings/sender')
  for (const [field, value] of Object.entries(SENDER)) {
    await page.locator(`[data-field="${field}"]`).fill(value)
    await page.keyboard.press('Tab')
  }
  await page.getByRole('button', { name: 'Save sender' }).click()
  await expect(page.getByText('Saved').first()).toBeVisible()
}

export interface NumberRange {
  service: string
  from: string
  to: string
}

export async function importNumbers(page: Page, range: NumberRange): Promise<void> {
  await openPage(page, '/settings/numbers')
  for (const [field, value] of Object.entries(range)) await page.locator(`input[name="${field}"]`).fill(value)
  await page.getByRole('button', { name: 'Import', exact: false }).last().click()
  await expect(page.getByRole('cell', { name: range.service })).toBeVisible()
}

/**
 * Goes to a page of the app by its address, and waits until it is there. Unlike a link this goes past the router, which may be writing the
 * address of the page before at that very moment: then it is said once more.
 */
export async function openPage(page: Page, hash: string): Promise<void> {
  const [, name = ''] = hash.split(/[/?]/)
  await expect(async () => {
    await page.evaluate((to) => {
      location.hash = to
    }, `#${hash}`)
    await expect(page.locator('main')).toHaveAttribute('data-page', name, { timeout: 5_000 })
  }).toPass({ timeout: 20_000 })
}

export async function openOrder(page: Page, number: string): Promise<void> {
  await openPage(page, '/orders/all')
  const search = page.getByPlaceholder('Search orders', { exact: false })
  await search.fill(number)
  await search.press('Enter')
  await page.getByRole('row').filter({ hasText: number }).first().dblclick()
  await expect(panel(page).getByRole('heading', { name: number }).first()).toBeVisible()
}

export function panel(page: Page) {
  return page.getByRole('complementary', { name: 'Order details' })
}

export interface Facts {
  description: string
  hs6: string
  origin: string
  unitNetGrams: string
}

/** Fills in the customs facts of every line that lacks them; what is kept for the product fills its other lines too. */
export async function completeCustoms(page: Page, facts: (sku: string) => Facts): Promise<void> {
  const bare = panel(page).getByRole('button', { name: 'No customs facts yet' })
  await expect(panel(page).getByRole('heading', { name: 'Customs', exact: true })).toBeVisible()
  while ((await bare.count()) > 0) {
    const before = await bare.count()
    const sku = (await bare.first().innerText()).split('\n').at(-1)?.trim() ?? ''
    await bare.first().click()
    const form = panel(page).locator('form').filter({ hasText: 'Keep for the product' })
    for (const [field, value] of Object.entries(facts(sku))) {
      await form.locator(`[data-field$=".customs.${field}"]`).fill(value)
      await page.keyboard.press('Tab')
    }
    await form.getByRole('button', { name: 'Save customs facts' }).click()
    await expect(form).toBeHidden()
    await expect.poll(() => bare.count()).toBeLessThan(before)
  }
}

/** Weighs the parcel in and makes the label; answers the tracking number. */
export async function makeLabel(page: Page, grams: number): Promise<string> {
  await panel(page).locator('[data-field="grossGrams"]').fill(String(grams))
  await page.getByTestId('make-label').click()
  const number = page.getByTestId('tracking-number')
  await expect(number).toBeVisible({ timeout: 20_000 })
  return (await number.innerText()).replaceAll(/\s/g, '')
}

export async function printLabel(page: Page): Promise<void> {
  await page.getByTestId('print-label').click()
  await expect(page.getByText('Label sent to').first()).toBeVisible({ timeout: 20_000 })
}

export async function handOver(page: Page): Promise<void> {
  await page.getByTestId('hand-over').click()
  await expect(panel(page).getByText('Handed over').first()).toBeVisible()
}

/** Cuts the line of the demo's shops and waits until the app has noticed. */
export async function cutDemoLine(page: Page): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Type a command' }).fill('Cut the demo')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.keyboard.press('Control+Shift+S')
  await expect(page.getByTestId('connection-pill')).toContainText('Offline since', { timeout: 30_000 })
}

/** Number of the first order of a queue. */
export async function firstOrder(page: Page, queue: QueueId): Promise<string> {
  const [number = ''] = await firstOrders(page, queue, 1)
  return number
}

/** Numbers of the first orders of a queue of the demo, once the list shows what the store has: it is a moment behind. */
export async function firstOrders(page: Page, queue: QueueId, count: number): Promise<string[]> {
  await openPage(page, `/orders/${queue}`)
  await expect(page.getByTestId(`queue-${queue}`)).toHaveAttribute('aria-current', 'page')
  await expect(panel(page)).toBeHidden()
  const numbers = await awaitFirstOrders(page, queue, count)
  expect(numbers).toHaveLength(count)
  return numbers
}

/** The same of the queue whose list is open; fewer where it has not so many. */
export async function awaitFirstOrders(page: Page, queue: QueueId, count: number): Promise<string[]> {
  let numbers: string[] = []
  await expect(async () => {
    const rows = await readStore<OrderRow>(page, 'caravel-demo', 'orderRows')
    const open = rows.filter((row) => row.queue === queue)
    open.sort((a, b) => a.sortKey - b.sortKey || (a.id < b.id ? -1 : 1))
    numbers = open.slice(0, count).map(({ number }) => numberIn(number))
    const shown = numbers.map((_, place) => rowAt(page, place).innerText({ timeout: 1_000 }))
    expect((await Promise.all(shown)).map(numberIn)).toEqual(numbers)
  }).toPass({ timeout: 20_000 })
  return numbers
}

const numberIn = (text: string): string => /[A-Z]{2}-\d{5}/.exec(text)?.[0] ?? ''

/** Rows of the page's list, without its head. */
export function listRows(page: Page) {
  return page.locator('[role="grid"] [role="row"][aria-rowindex]:not([aria-rowindex="1"])')
}

/** The row at a place of the page's list, from 0. */
export function rowAt(page: Page, place: number) {
  return page.locator(`[role="grid"] [role="row"][aria-rowindex="${place + 2}"]`)
}
