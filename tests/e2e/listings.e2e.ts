import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '#tests/support/app-test.ts'
import { closeNotices, openDemoDesk, resize, runCommand } from '../../scripts/demo-desk.ts'
import { cutDemoLine, listRows, openPage } from '#tests/support/desk-walk.ts'
import { expectFocus, press } from '#tests/support/keyboard.ts'
import type { LaunchedApp } from '#tests/support/launch-app.ts'
import { readStore } from '#tests/support/stored.ts'

/** Listings at the desk: found, read and changed without a line, taken back, and sent when the line is there. */

test.describe.configure({ mode: 'serial' })

let profile: string
let caravel: LaunchedApp
let page: Page

test.beforeAll(async () => {
  test.setTimeout(180_000)
  profile = await mkdtemp(path.join(tmpdir(), 'caravel-listings-'))
  caravel = await openDemoDesk(profile, path.join(profile, 'labels'))
  page = caravel.page
  await resize(caravel, 1280, 800)
  await runCommand(caravel.app, 'view.english')
  await openPage(page, '/listings/all')
  await expect(page.getByTestId('listings-all')).toContainText('84', { timeout: 60_000 })
  await expect(pictures().first()).toBeVisible({ timeout: 20_000 })
  await cutDemoLine(page)
  await closeNotices(page)
})

test.afterAll(async () => {
  await caravel.close()
  await rm(profile, { recursive: true, force: true, maxRetries: 5 })
})

const pictures = () => page.getByTestId('listing-picture')
const panel = () => page.getByRole('complementary', { name: 'Listing details' })
const title = () => panel().getByLabel('Title', { exact: true })
const rowOf = (text: string) => listRows(page).filter({ hasText: text })
const count = (list: string) => page.getByTestId(`listings-${list}`)
const waiting = () =>
  readStore<{ kind: string; payload: Record<string, unknown> }>(page, 'caravel-demo', 'outbox')

async function open(text: string): Promise<void> {
  await openPage(page, '/listings/all')
  await page.getByPlaceholder('Search titles and SKUs').fill(text)
  await rowOf(text).filter({ hasText: 'Harbour & Heath' }).click()
  await expect(title()).toBeVisible()
}

test('have the pictures that somebody rested on, without a line too; letters take no other place', async () => {
  const stored = async () => (await readStore(page, 'caravel-demo', 'pictures')).length
  const seen = await stored()
  expect(seen).toBeGreaterThan(5)
  expect(seen).toBeLessThan(84)
  const tile = await pictures().first().boundingBox()
  expect(tile).toMatchObject({ width: 24, height: 24 })
  await page.getByRole('grid').press('End')
  const last = listRows(page).last()
  await expect(last).toHaveAttribute('aria-rowindex', '85')
  await expect(last.getByTestId('listing-picture')).toHaveCount(0)
  const letters = last.getByRole('gridcell').first().locator('[aria-hidden]').first()
  expect(await letters.boundingBox()).toMatchObject({ width: 24, height: 24, x: tile?.x })
  await page.getByRole('grid').press('Home')
  await listRows(page).first().click()
  await expect(panel().getByTestId('listing-picture')).toBeVisible()
  expect(await panel().getByTestId('listing-picture').boundingBox()).toMatchObject({ width: 48, height: 48 })
  const widths = await pictures().evaluateAll((all) =>
    all.map((one) => (one as HTMLImageElement).naturalWidth),
  )
  expect(Math.min(...widths)).toBeGreaterThan(0)
  expect(await stored()).toBe(seen)
  await page.keyboard.press('Escape')
})

test('are found by a word of any language and by SKU, and the filter is cleared', async () => {
  const search = page.getByPlaceholder('Search titles and SKUs')
  await search.fill('keramikbecher')
  // Three shops have it; two of them call it otherwise.
  await expect(listRows(page)).toHaveCount(3)
  await search.fill('mug-blu')
  await expect(listRows(page)).toHaveCount(3)
  await page.getByLabel('Channel').selectOption({ label: 'Harbour & Heath' })
  await expect(rowOf('Keramikbecher')).toHaveCount(1)
  await expect(listRows(page)).toHaveCount(1)
  await search.fill('nothing is called this')
  await expect(page.getByText('No listing matches')).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(listRows(page).nth(5)).toBeVisible()
  await expect(search).toHaveValue('')
})

test('a title is kept with Enter and says what the shop still has; Esc takes typing back', async () => {
  await open('Geschirrtuch')
  await title().fill('Something else')
  await page.keyboard.press('Escape')
  await expect(title()).toHaveValue('Geschirrtuch')
  expect(await waiting()).toEqual([])
  await title().fill('Geschirrtuch <b>neu</b>')
  await title().press('Enter')
  await expect(panel()).toContainText('Shop has: Geschirrtuch')
  await expect(panel().getByRole('heading', { level: 2 })).toHaveText('Geschirrtuch <b>neu</b>')
  await expect(count('unsent')).toContainText('1')
  expect(await waiting()).toMatchObject([{ kind: 'push-listing' }])
  // Undo until sent.
  await page.getByRole('listitem').getByRole('button', { name: 'Undo' }).last().click()
  await expect(title()).toHaveValue('Geschirrtuch')
  await expect(panel()).not.toContainText('Shop has')
  await expect(count('unsent')).toContainText('0')
  expect(await waiting()).toEqual([])
  await closeNotices(page)
})

test('an empty title is refused at its field, and the typed text stays', async () => {
  await title().fill('  ')
  await title().press('Enter')
  await expect(title()).toHaveAttribute('aria-invalid', 'true')
  await expect(title()).toHaveAccessibleDescription(/A title cannot be empty/)
  await title().press('Escape')
  await expect(title()).toHaveValue('Geschirrtuch')
})

test('prices and stock are changed from cell to cell with the keyboard', async () => {
  await open('Baseballkappe')
  const price = (sku: string, currency = 'EUR') => panel().getByLabel(`Price of ${sku} in ${currency}`)
  const stock = (sku: string) => panel().getByLabel(`Stock of ${sku}`)
  await price('CAP-BLU').focus()
  await page.keyboard.type('19.5')
  await page.keyboard.press('Enter')
  await expect(price('CAP-BLU')).toHaveValue('19.50')
  await expect(panel()).toContainText('Shop has: 17.90 EUR')
  await page.keyboard.press('ArrowDown')
  await expect(price('CAP-GRN')).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(price('CAP-GRN', 'USD')).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(stock('CAP-GRN')).toBeFocused()
  const before = Number(await stock('CAP-GRN').inputValue())
  await page.keyboard.type('+3')
  await page.keyboard.press('Enter')
  await expect(stock('CAP-GRN')).toHaveValue(String(before + 3))
  await page.keyboard.type('many')
  await page.keyboard.press('Enter')
  await expect(stock('CAP-GRN')).toHaveAttribute('aria-invalid', 'true')
  await expect(stock('CAP-GRN')).toHaveAccessibleDescription(/Stock is a whole number of 0 or more/)
  await page.keyboard.press('Escape')
  await expect(stock('CAP-GRN')).toHaveValue(String(before + 3))
  // Typed on without a pause: what was kept takes nothing of it.
  await price('CAP-BLU').focus()
  for (const [amount, next] of [
    ['21', 'ArrowDown'],
    ['22', 'ArrowUp'],
    ['19.5', 'ArrowDown'],
    ['17.9', 'ArrowUp'],
  ] as const) {
    await page.keyboard.type(amount)
    await page.keyboard.press('Enter')
    await page.keyboard.press(next)
  }
  await expect(price('CAP-BLU')).toHaveValue('19.50')
  await expect(price('CAP-GRN')).toHaveValue('17.90')
  expect(await waiting()).toMatchObject([
    { kind: 'push-stock', payload: { sku: 'CAP-GRN', delta: 3 } },
    {
      kind: 'push-price',
      payload: { sku: 'CAP-BLU', before: { minor: 1790 }, value: { minor: 1950, currency: 'EUR' } },
    },
  ])
  await closeNotices(page)
})

test('the outbox names the field and leads back to it', async () => {
  await openPage(page, '/outbox')
  await rowOf('Price of Baseballkappe').click()
  const card = page.getByRole('complementary', { name: 'A waiting change' })
  await expect(card).toContainText('CAP-BLU: Price in EUR')
  await expect(card).toContainText('17.90 EUR')
  await expect(card).toContainText('19.50 EUR')
  await card.getByRole('button', { name: 'Edit' }).click()
  await expect(panel().getByLabel('Price of CAP-BLU in EUR')).toBeFocused()
})

test('with the line back everything leaves, and the shop has it', async () => {
  test.setTimeout(90_000)
  await runCommand(caravel.app, 'demo.online')
  await runCommand(caravel.app, 'app.sync')
  await expect.poll(waiting, { timeout: 60_000 }).toEqual([])
  await expect(panel()).not.toContainText('Shop has')
  await expect(panel().getByLabel('Price of CAP-BLU in EUR')).toHaveValue('19.50')
  await expect(panel()).toContainText('The shop has the price')
  await expect(panel()).toContainText('The shop has the stock')
  await expect(count('unsent')).toContainText('0')
})

test('the page without a mouse', async () => {
  await press(page, 'Escape')
  await press(page, 'Escape')
  await expectFocus(page, { role: 'grid' })
  await press(page, 'g o')
  await expectFocus(page, { role: 'grid' })
  await press(page, 'g l')
  await expect(page.getByRole('heading', { name: 'Listings', level: 1 })).toBeVisible()
  await expectFocus(page, { role: 'grid' })
  await press(page, 'j j')
  await press(page, 'e')
  await expect(title()).toBeFocused()
  await press(page, 'Escape')
  await expect(panel()).toBeVisible()
  await press(page, 'Escape')
  await expect(panel()).toBeHidden()
  await expectFocus(page, { role: 'grid' })
  await press(page, 'p')
  await expect(panel().locator('table input').first()).toBeFocused()
})
