import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '#tests/support/app-test.ts'
import { DEMO_ORDERS, openDemoDesk, resize } from '../../scripts/demo-desk.ts'
import { axeViolations } from '#tests/e2e/axe.ts'
import { openPage, panel } from '#tests/support/desk-walk.ts'
import type { LaunchedApp } from '#tests/support/launch-app.ts'

/** The list of orders as a whole: any place of it, its columns, what narrows it, views of it, all of it selected, and the order that is open. */

let profile: string
let caravel: LaunchedApp
let page: Page

test.beforeAll(async () => {
  test.setTimeout(120_000)
  profile = await mkdtemp(path.join(tmpdir(), 'caravel-orders-'))
  caravel = await openDemoDesk(profile, path.join(profile, 'labels'))
  page = caravel.page
  await resize(caravel, 1280, 800)
})

test.afterAll(async () => {
  await caravel.close()
  await rm(profile, { recursive: true, force: true, maxRetries: 5 })
})

const grid = () => page.locator('main [role="grid"]')
const rowAt = (place: number) => page.locator(`[role="row"][aria-rowindex="${place + 2}"]`)
const marked = () => page.locator('[role="grid"] [role="row"].bg-selected')
const header = (column: string) => page.locator(`[role="columnheader"][data-column="${column}"]`)
const columns = () =>
  page
    .locator('[role="columnheader"][data-column]')
    .evaluateAll((all) => all.map((one) => one.getAttribute('data-column')))
const hash = () => page.evaluate(() => decodeURIComponent(location.hash))

async function openAll(): Promise<void> {
  await openPage(page, '/orders/all')
  await expect(grid()).toHaveAttribute('aria-rowcount', String(DEMO_ORDERS + 1))
  await expect(rowAt(0)).toBeVisible()
}

test('any place of the list: the end, the middle, and back', async () => {
  await openAll()
  await grid().focus()
  await page.keyboard.press('End')
  await expect(rowAt(DEMO_ORDERS - 1)).toBeVisible()
  await expect(marked()).toHaveAttribute('aria-rowindex', String(DEMO_ORDERS + 1))
  await grid().evaluate((element) => (element.scrollTop = element.scrollHeight / 2))
  await expect(rowAt(DEMO_ORDERS / 2)).toBeVisible()
  await page.keyboard.press('Home')
  await expect(rowAt(0)).toBeVisible()
  await expect(marked()).toHaveAttribute('aria-rowindex', '2')
  expect(await axeViolations(page)).toEqual([])
})

test('columns by the keyboard: width, place, pin, and back to how they come', async () => {
  await openAll()
  const asTheyCome = await columns()
  const button = header('number').getByRole('button')
  const widthOf = async () => (await header('number').boundingBox())?.width ?? 0
  const before = await widthOf()
  await button.focus()
  await page.keyboard.press('Shift+ArrowRight')
  await expect.poll(widthOf).toBeGreaterThan(before + 8)
  await page.keyboard.press('Alt+ArrowRight')
  const [first, second, third, ...rest] = asTheyCome
  await expect.poll(columns).toEqual([first, third, second, ...rest])
  await expect(button).toBeFocused()

  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('button', { name: 'Keep Order at the left edge' }).press('Enter')
  await expect.poll(async () => (await columns())[0]).toBe('number')
  await page.getByRole('checkbox', { name: 'In home currency' }).check()
  await expect(header('home')).toHaveCount(1)
  await page.keyboard.press('Escape')
  // Narrower than its columns: the pinned one stays.
  await resize(caravel, 1100, 800)
  const left = async () => (await header('number').boundingBox())?.x ?? 0
  const at = await left()
  await grid().evaluate((element) => (element.scrollLeft = 200))
  await expect.poll(() => grid().evaluate((element) => element.scrollLeft)).toBeGreaterThan(0)
  expect(Math.abs((await left()) - at)).toBeLessThan(1)
  await resize(caravel, 1280, 800)

  await page.reload()
  await expect.poll(async () => (await columns())[0]).toBe('number')
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('button', { name: 'Reset columns' }).click()
  await expect.poll(columns).toEqual(asTheyCome)
  await page.keyboard.press('Escape')
})

test('facets and sort are in the address, and come back from it', async () => {
  await openAll()
  await page.getByTestId('facet-country').click()
  await page.getByRole('checkbox', { name: 'Germany' }).check()
  await page.getByRole('checkbox', { name: 'Japan' }).check()
  await page.keyboard.press('Escape')
  await expect.poll(hash).toContain('country=')
  await header('total').getByRole('button').click()
  await expect(header('total')).toHaveAttribute('aria-sort', 'ascending')
  await expect.poll(hash).toContain('sort=total')
  const found = page.getByText(/^\d+ orders found$/)
  await expect(found).toBeVisible()
  const [words, address] = [await found.innerText(), await hash()]
  expect(Number.parseInt(words)).toBeLessThan(DEMO_ORDERS)

  await page.reload()
  await expect(found).toHaveText(words)
  expect(await hash()).toBe(address)
  await expect(header('total')).toHaveAttribute('aria-sort', 'ascending')
  await page.getByRole('button', { name: 'Take away: Country: Japan' }).press('Enter')
  await expect.poll(hash).not.toContain('JP')
  await page.getByRole('button', { name: 'Clear all' }).click()
  await expect(grid()).toHaveAttribute('aria-rowcount', String(DEMO_ORDERS + 1))
})

test('a menu that closes keeps no key: the next one is the page’s', async () => {
  await openAll()
  await page.getByTestId('facet-country').click()
  await expect(page.getByRole('textbox', { name: 'Find a value' })).toBeFocused()
  await page.keyboard.press('Escape')
  await page.keyboard.press('/')
  await expect(page.getByRole('combobox', { name: 'Search orders' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(grid()).toBeFocused()
})

test('a menu goes with its page, which is kept as it was', async () => {
  const triggers = page.locator('main button[aria-haspopup="dialog"]')
  const menus = page.locator('[data-reka-popper-content-wrapper]')
  await openAll()
  for (const name of ['Country', 'Placed', 'View', 'Columns']) {
    await triggers.filter({ hasText: name }).click()
    await expect(menus, name).toHaveCount(1)
    await page.evaluate(() => (location.hash = '#/insights'))
    await expect(page.locator('[data-testid^="chart-"]').first()).toBeVisible()
    await expect(menus, name).toHaveCount(0)
    await openAll()
    await expect(menus, name).toHaveCount(0)
  }
})

test('reasons under Blocked', async () => {
  await openPage(page, '/orders/blocked')
  const reason = page.getByTestId('reason-customs-incomplete')
  const count = Number(/\d+/.exec(await reason.innerText())?.[0])
  await reason.press('Enter')
  await expect(grid()).toHaveAttribute('aria-rowcount', String(count + 1))
  await expect.poll(hash).toContain('blocked=customs-incomplete')
})

test('a view: saved, shared as a file, deleted, undone, opened from the file', async () => {
  await openPage(page, '/orders/to_ship?country=DE')
  await expect(page.getByText(/^\d+ orders? found$/)).toBeVisible()
  const count = (await page.getByText(/^\d+ orders? found$/).innerText()).split(' ')[0] ?? ''
  const menu = page.getByRole('button', { name: 'View', exact: true })
  await menu.click()
  await page.getByRole('textbox', { name: 'Name of a new view' }).fill('Germany')
  await page.keyboard.press('Enter')
  const tab = page.getByRole('link', { name: /^Germany/ })
  await expect(tab).toHaveAttribute('aria-current', 'page')
  await expect(tab).toContainText(count)

  const file = path.join(profile, 'view.json')
  await caravel.app.evaluate(({ dialog }, filePath) => {
    Object.assign(dialog, { showSaveDialog: () => Promise.resolve({ canceled: false, filePath }) })
  }, file)
  await menu.click()
  await page.getByRole('button', { name: 'Save as a file to share' }).click()
  await expect(page.getByText('saved as a file').first()).toBeVisible()
  const content = await readFile(file, 'utf8')

  await menu.click()
  await page.getByRole('button', { name: 'Delete this view' }).click()
  await expect(tab).toHaveCount(0)
  await page.keyboard.press('z')
  await expect(tab).toHaveCount(1)
  await menu.click()
  await page.getByRole('button', { name: 'Delete this view' }).click()
  await expect(tab).toHaveCount(0)

  const take = async (text: string) => {
    await menu.click()
    await page
      .locator('input[type="file"]')
      .setInputFiles({ name: 'view.json', mimeType: 'application/json', buffer: Buffer.from(text) })
  }
  await take(content.replace('"to_ship"', '"somewhere"'))
  await expect(
    page.getByText('“view.query.list” in the file does not fit a view', { exact: false }).first(),
  ).toBeVisible()
  await take(content)
  await expect(tab).toHaveAttribute('aria-current', 'page')
  await expect.poll(hash).toContain('country=DE')
})

test('all of the list is selected, less what is taken out; ranges by Shift', async () => {
  await openAll()
  const bar = page.getByRole('toolbar', { name: 'Selected orders' })
  await grid().focus()
  await page.keyboard.press('Control+a')
  await expect(bar).toContainText(`${DEMO_ORDERS} selected`)
  await page.keyboard.press('End')
  await expect(marked()).toHaveAttribute('aria-rowindex', String(DEMO_ORDERS + 1))
  await expect(marked()).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('x')
  await expect(bar).toContainText(`${DEMO_ORDERS - 1} selected`)
  await page.keyboard.press('Escape')
  await expect(bar).toBeHidden()

  await page.keyboard.press('Home')
  for (let i = 0; i < 3; i++) await page.keyboard.press('Shift+ArrowDown')
  await expect(bar).toContainText('4 selected')
  await page.keyboard.press('Shift+End')
  await expect(bar).toContainText(`${DEMO_ORDERS} selected`)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Home')
  await rowAt(9).click({ modifiers: ['Shift'] })
  await expect(bar).toContainText('10 selected')
  await page.keyboard.press('Escape')
})

test('the next and the previous order, over the whole page and back to the same place', async () => {
  await openAll()
  await rowAt(5).click()
  const place = page.getByTestId('order-place')
  await expect(place).toHaveText(`6 of ${DEMO_ORDERS}`)
  await page.keyboard.press('f')
  await expect.poll(hash).toContain('full=1')
  const before = await panel(page).getByRole('heading', { level: 2 }).innerText()
  await page.keyboard.press('j')
  await expect(place).toHaveText(`7 of ${DEMO_ORDERS}`)
  await expect(panel(page).getByRole('heading', { level: 2 })).not.toHaveText(before)
  await panel(page).getByRole('button', { name: 'Previous order' }).click()
  await expect(place).toHaveText(`6 of ${DEMO_ORDERS}`)
  await expect(panel(page).getByRole('heading', { level: 2 })).toHaveText(before)
  expect(await axeViolations(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect.poll(hash).not.toContain('full')
  await expect(place).toHaveText(`6 of ${DEMO_ORDERS}`)
  await page.keyboard.press('Escape')
  await expect(panel(page)).toBeHidden()
  await expect(marked()).toContainText(before)
  await expect(grid()).toBeFocused()
})
