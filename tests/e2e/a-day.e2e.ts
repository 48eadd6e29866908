import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import type { Order } from '#core/order/order.ts'
import { DEMO_ORDERS, openDemoDesk, resize } from '../../scripts/demo-desk.ts'
import { axeViolations } from '#tests/e2e/axe.ts'
import { panel } from '#tests/support/desk-walk.ts'
import { expectFocus, press, readFocus } from '#tests/support/keyboard.ts'
import type { LaunchedApp } from '#tests/support/launch-app.ts'
import { readStore } from '#tests/support/stored.ts'

/** A day's work as one journey, by keyboard alone: nothing in this file clicks, and the focus shows after every step. */

let profile: string
let caravel: LaunchedApp
let page: Page

test.beforeAll(async () => {
  test.setTimeout(120_000)
  profile = await mkdtemp(path.join(tmpdir(), 'caravel-day-'))
  caravel = await openDemoDesk(profile, path.join(profile, 'labels'))
  page = caravel.page
  await resize(caravel, 1280, 800)
  // Without a line, so that nothing moves but what is done here.
  await press(page, 'Control+k')
  await page.keyboard.type('Cut the demo')
  await press(page, 'Enter')
  await expect(page.getByRole('dialog')).toBeHidden()
  await press(page, 'Control+Shift+S')
  await expect(page.getByTestId('connection-pill')).toContainText('Offline since', { timeout: 30_000 })
})

test.afterAll(async () => {
  await caravel.close()
  await rm(profile, { recursive: true, force: true, maxRetries: 5 })
})

const grid = () => page.locator('main [role="grid"]')
const rowAt = (place: number) => grid().locator(`[role="row"][aria-rowindex="${place + 2}"]`)
const marked = () => grid().locator('[role="row"].bg-selected')
const header = (column: string) => page.locator(`[role="columnheader"][data-column="${column}"]`)
const hash = () => page.evaluate(() => decodeURIComponent(location.hash))
const orders = () => readStore<Order>(page, 'caravel-demo', 'orders')
const numberIn = (text: string) => /[A-Z]{2}-\d{5}/.exec(text)?.[0] ?? ''
const bar = () => page.getByRole('toolbar', { name: 'Selected orders' })
const atGrid = () => expectFocus(page, { role: 'grid' })

/** Goes on with Tab (or back) until the focus is on what begins with `words`. */
async function tabTo(words: string, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let step = 0; step < 60; step++) {
    await page.keyboard.press(key)
    const focus = await readFocus(page)
    if (focus.text.trim().startsWith(words)) return expectFocus(page)
  }
  throw new Error(`The keyboard does not come to “${words}”`)
}

/** To the list, from wherever the keyboard is on its page. */
async function tabToGrid(): Promise<void> {
  for (let step = 0; step < 60 && (await readFocus(page)).role !== 'grid'; step++)
    await page.keyboard.press('Tab')
  await atGrid()
}

async function countOfRows(): Promise<number> {
  return Number(await grid().getAttribute('aria-rowcount')) - 1
}

/** To the first list, all of it. */
async function goToShip(): Promise<void> {
  await press(page, 'g o')
  const tab = page.getByTestId('queue-to_ship')
  await expect(tab).toHaveAttribute('aria-current', 'page')
  const count = Number(/\d+/.exec(await tab.innerText())?.[0])
  await expect.poll(countOfRows).toBe(count)
  await tabToGrid()
}

/** Searches and opens the first order that fits. */
async function openFirst(text: string): Promise<string> {
  await press(page, '/ Control+a')
  await expectFocus(page, { tag: 'input' })
  await page.keyboard.type(text)
  const option = page.getByRole('listbox', { name: 'Search results and help' }).getByRole('option').first()
  await expect(page.getByTestId('search-popup').getByRole('status')).toHaveText(/^\d+ orders? fits?$/)
  const number = numberIn(await option.innerText())
  await press(page, 'ArrowDown')
  await expect(option).toHaveAttribute('aria-selected', 'true')
  await press(page, 'Enter')
  await expect(panel(page).getByRole('heading', { name: number }).first()).toBeVisible()
  await expectFocus(page)
  return number
}

/** Closes the order that is open, and the search; the keyboard is in the list. */
async function leaveOrder(): Promise<void> {
  for (let step = 0; step < 4 && (await panel(page).isVisible()); step++) await press(page, 'Escape')
  await expect(panel(page)).toBeHidden()
  await atGrid()
}

async function answer(words: string): Promise<void> {
  const dialog = page.getByTestId('bulk-dialog')
  await expect(dialog.getByRole('combobox')).toBeFocused()
  await expectFocus(page)
  await page.keyboard.type(words)
  await press(page, 'Enter')
  await expect(dialog).toBeHidden()
  await expectFocus(page)
}

async function lookAtWhatIsLate(): Promise<void> {
  await goToShip()
  const all = await countOfRows()
  await tabTo('Clock', 'Shift+Tab')
  await press(page, 'Enter')
  const late = page.getByRole('checkbox', { name: /^Late/ }).first()
  await expect(late).toBeVisible()
  for (let step = 0; step < 5 && !(await late.evaluate((box) => box === document.activeElement)); step++)
    await press(page, 'ArrowDown')
  await expect(late).toBeFocused()
  await expectFocus(page)
  await press(page, 'Space Escape')
  await expectFocus(page, { tag: 'button' })
  await expect.poll(hash).toContain('clock=late')
  await expect.poll(countOfRows).toBeLessThan(all)
  expect(await countOfRows()).toBeGreaterThan(0)
  expect(await axeViolations(page)).toEqual([])
  await tabTo('Clear all')
  await press(page, 'Enter')
  await expect.poll(countOfRows).toBe(all)
  await expectFocus(page)
}

const FACTS: Record<string, string> = {
  description: 'Cotton scarf',
  hs6: '621420',
  origin: 'CN',
  unitNetGrams: '180',
}

async function fixCustomsFacts(): Promise<void> {
  const wanted = new Set(
    (await orders())
      .filter((order) => order.blocked === 'customs-incomplete' && order.lines.length === 1)
      .map(({ number }) => number),
  )
  await press(page, 'g x')
  await atGrid()
  await tabTo('Customs facts', 'Shift+Tab')
  await press(page, 'Enter')
  await expect.poll(hash).toContain('blocked=customs-incomplete')
  await tabToGrid()
  await press(page, 'Home')
  while (!wanted.has(numberIn(await marked().innerText()))) await press(page, 'j')
  const number = numberIn(await marked().innerText())
  await tabTo(`Fix order ${number}`)
  await press(page, 'Enter')
  await expect.poll(async () => (await readFocus(page)).field).toMatch(/^lines\.0\.customs\./)
  for (const [name, value] of Object.entries(FACTS)) {
    const field = panel(page).locator(`[data-field="lines.0.customs.${name}"]`)
    for (let step = 0; step < 12 && !(await field.evaluate((at) => at === document.activeElement)); step++)
      await press(page, name === 'description' ? 'Shift+Tab' : 'Tab')
    await expect(field).toBeFocused()
    await expectFocus(page)
    await press(page, 'Control+a')
    await page.keyboard.type(value)
  }
  await press(page, 'Enter')
  await expect(page.getByText(/^Customs facts of .* saved/).first()).toBeVisible()
  await expectFocus(page)
  await expect
    .poll(async () => (await orders()).find((order) => order.number === number)?.blocked ?? null)
    .toBe(null)
  await leaveOrder()
}

async function searchAndLook(): Promise<string> {
  const german = (await orders()).filter(
    (order) => order.stage === 'to_ship' && !order.blocked && order.shipTo?.country === 'DE',
  )
  const [sku = ''] = german.map(({ lines }) => lines[0]?.sku ?? '')
  const number = await openFirst(`country:DE is:to_ship sku:${sku}`)
  const place = page.getByTestId('order-place')
  await expect(page.getByText(/^\d+ orders? found$/)).toBeVisible()
  await expect(marked()).toContainText(number)
  await press(page, 'Escape')
  await atGrid()
  // Out of the box: closed, cleared, left for the list.
  await press(page, '/')
  await expectFocus(page, { tag: 'input' })
  await press(page, 'Escape Escape')
  await expect.poll(hash).not.toContain('q=')
  await press(page, 'Escape')
  await atGrid()
  await goToShip()
  await press(page, 'Home Enter')
  await expect(place).toHaveText(/^1 of/)
  await press(page, 'j')
  await expect(place).toHaveText(/^2 of/)
  await expectFocus(page)
  await press(page, 'f')
  await expect.poll(hash).toContain('full=1')
  await expectFocus(page)
  await press(page, 'j')
  await expect(place).toHaveText(/^3 of/)
  await expectFocus(page)
  await press(page, 'k')
  await expect(place).toHaveText(/^2 of/)
  await expectFocus(page)
  await press(page, 'f')
  await expect.poll(hash).not.toContain('full=1')
  await expectFocus(page)
  await leaveOrder()
  return number
}

async function assignAndTag(number: string): Promise<void> {
  await openFirst(number)
  await press(page, 'a')
  await answer('Mei')
  await expect(panel(page).getByText('Mei', { exact: true })).toBeVisible()
  await press(page, 't')
  await answer('Gift')
  await expect(panel(page).getByText('Gift', { exact: true })).toBeVisible()
  await leaveOrder()
}

async function tagARange(): Promise<void> {
  await goToShip()
  await press(page, 'Home Shift+ArrowDown Shift+ArrowDown Shift+ArrowDown')
  await expect(bar()).toContainText('4 selected')
  await press(page, 't')
  await answer('Morning')
  await expect(page.getByText('Tag “Morning”: 4 orders changed').first()).toBeVisible()
  await press(page, 'z')
  await expect(page.getByText('Tag “Morning”: 4 taken back').first()).toBeVisible()
  expect((await orders()).filter(({ tags }) => tags?.includes('Morning'))).toEqual([])
  await press(page, 'Escape')
  await expect(bar()).toBeHidden()
  await atGrid()
}

async function parkAndBringBack(): Promise<void> {
  await press(page, 'Home j')
  const number = numberIn(await marked().innerText())
  await press(page, 'b')
  await expect(page.getByTestId('bulk-dialog')).toBeVisible()
  await expectFocus(page)
  await tabTo('Park 1 order')
  await press(page, 'Enter')
  await expect(page.getByTestId('bulk-dialog')).toBeHidden()
  await expectFocus(page)
  await expect(grid().getByText(number)).toHaveCount(0)
  await tabTo('Parked', 'Shift+Tab')
  await press(page, 'Enter')
  await expect.poll(hash).toContain('#/orders/parked')
  await expect(grid().getByText(number)).toBeVisible()
  await tabToGrid()
  await press(page, 'Home')
  while (numberIn(await marked().innerText()) !== number) await press(page, 'j')
  await press(page, 'B')
  await expectFocus(page, { tag: 'button', text: 'Bring 1 order back' })
  await press(page, 'Enter')
  await expect(page.getByTestId('bulk-dialog')).toBeHidden()
  await expect
    .poll(async () => (await orders()).find((order) => order.number === number)?.parked)
    .toBe(undefined)
  await expectFocus(page)
}

async function send(number: string): Promise<void> {
  await openFirst(number)
  await press(page, 'l')
  await expectFocus(page, { field: 'grossGrams' })
  await page.keyboard.type('1900')
  await press(page, 'Enter')
  await expect(page.getByTestId('tracking-number')).toBeVisible({ timeout: 20_000 })
  await expectFocus(page)
  await press(page, 'p')
  await expect(page.getByText('Label sent to').first()).toBeVisible({ timeout: 20_000 })
  await expectFocus(page)
  await press(page, 'o')
  await expect(panel(page).getByText('Handed over').first()).toBeVisible()
  await expectFocus(page)
  expect(await axeViolations(page)).toEqual([])
  await leaveOrder()
}

async function keepAView(): Promise<void> {
  await goToShip()
  await tabTo('Country', 'Shift+Tab')
  await press(page, 'Enter')
  await expect.poll(async () => (await readFocus(page)).tag).toBe('input')
  await page.keyboard.type('Germ')
  await expect(page.getByRole('checkbox')).not.toHaveCount(0)
  await press(page, 'ArrowDown Space Escape')
  await expect.poll(hash).toContain('country=DE')
  await tabTo('View')
  await press(page, 'Enter')
  await expect(page.getByRole('textbox', { name: 'Name of a new view' })).toBeFocused()
  await expectFocus(page)
  await page.keyboard.type('Morning round')
  await press(page, 'Enter')
  const tab = page.getByRole('link', { name: /^Morning round/ })
  await expect(tab).toHaveAttribute('aria-current', 'page')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expectFocus(page)

  await goToShip()
  await page.reload()
  await atGrid()
  await expect(tab).not.toHaveAttribute('aria-current', 'page')
  await tabTo('Morning round', 'Shift+Tab')
  await press(page, 'Enter')
  await expect(tab).toHaveAttribute('aria-current', 'page')
  await expect.poll(hash).toContain('country=DE')
  await expectFocus(page)
}

async function arrangeColumns(): Promise<void> {
  await goToShip()
  const columns = () =>
    page
      .locator('[role="columnheader"][data-column]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('data-column') ?? ''))
  const before = await columns()
  const at = before.indexOf('number')
  const inHead = () => page.evaluate(() => document.activeElement?.hasAttribute('data-head') === true)
  for (let step = 0; step < 4 && !(await inHead()); step++) await press(page, 'Tab')
  for (let step = 0; step < at; step++) await press(page, 'ArrowRight')
  await expect(header('number').getByRole('button')).toBeFocused()
  await expectFocus(page)
  const width = async () => (await header('number').boundingBox())?.width ?? 0
  const narrow = await width()
  await press(page, 'Shift+ArrowRight')
  await expect.poll(width).toBeGreaterThan(narrow + 8)
  await press(page, 'Alt+ArrowRight')
  await expect.poll(async () => (await columns()).indexOf('number')).toBe(at + 1)
  await expect(header('number').getByRole('button')).toBeFocused()
  await expectFocus(page)
}

async function jumpInAll(): Promise<void> {
  await tabTo('All', 'Shift+Tab')
  await press(page, 'Enter')
  await expect.poll(hash).toContain('#/orders/all')
  await expect(grid()).toHaveAttribute('aria-rowcount', String(DEMO_ORDERS + 1))
  await tabToGrid()
  await press(page, 'End')
  await expect(marked()).toHaveAttribute('aria-rowindex', String(DEMO_ORDERS + 1))
  await expect(rowAt(DEMO_ORDERS - 1)).toBeVisible()
  const place = async () => Number(await marked().getAttribute('aria-rowindex'))
  for (let step = 0; step < 40 && (await place()) > DEMO_ORDERS / 2; step++) await press(page, 'PageUp')
  expect(await place()).toBeGreaterThan(DEMO_ORDERS / 3)
  await expect(marked()).toBeInViewport()
  await expect(marked()).toContainText(/[A-Z]{2}-\d{5}/)
  await atGrid()
}

async function lookAtInsights(): Promise<void> {
  await press(page, 'g i')
  await expectFocus(page)
  const row = page.getByTestId('figures-countries').locator('tbody tr')
  const name = (await row.first().locator('th').innerText()).trim()
  const count = (await row.first().locator('td').first().innerText()).trim()
  await tabTo(name)
  await press(page, 'Enter')
  await expect(row).toHaveCount(1)
  await expectFocus(page, { tag: 'button', text: name })
  expect(await axeViolations(page)).toEqual([])
  const narrowed = await hash()
  await tabTo('Show these orders', 'Shift+Tab')
  await press(page, 'Enter')
  await expect.poll(hash).toContain('#/orders/all')
  await expect(grid()).toHaveAttribute('aria-rowcount', String(Number(count) + 1))
  await atGrid()
  await press(page, 'Control+[')
  await expect.poll(hash).toBe(narrowed)
  await expect(row).toHaveCount(1)
  await expectFocus(page)
}

async function lookBack(number: string): Promise<void> {
  await press(page, 'g b')
  await expectFocus(page)
  await expect(page.getByRole('main').getByText(number).first()).toBeVisible()
  await openFirst(number)
  for (const words of [/^Handed over with/, 'Label sent to the printer', 'Tagged “Gift”', 'Assigned to Mei'])
    await expect(panel(page).getByText(words).first()).toBeAttached()
  await leaveOrder()
}

test('a day by keyboard alone', async () => {
  await test.step('what is late', lookAtWhatIsLate)
  await test.step('customs facts of a blocked order', fixCustomsFacts)
  const number = await test.step('search, next, previous, full page', searchAndLook)
  await test.step('assign and tag', () => assignAndTag(number))
  await test.step('a range is tagged, and taken back as one', tagARange)
  await test.step('parked until tomorrow, and back', parkAndBringBack)
  await test.step('label, print, hand over', () => send(number))
  await test.step('a view is kept', keepAView)
  await test.step('columns', arrangeColumns)
  await test.step('the end and the middle of all', jumpInAll)
  await test.step('insights and back', lookAtInsights)
  await test.step('outbox and activity', () => lookBack(number))
})
