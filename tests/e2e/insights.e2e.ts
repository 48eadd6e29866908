import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '#tests/support/app-test.ts'
import type { Product } from '#core/catalog/product.ts'
import { findRateSet } from '#core/money/choose-rates.ts'
import { convertMoney } from '#core/money/fx.ts'
import { dayOf } from '#core/money/rate-days.ts'
import type { Order } from '#core/order/order.ts'
import type { StoredRateSet } from '#renderer/data/records.ts'
import { openDemoDesk, runCommand, takePicture } from '../../scripts/demo-desk.ts'
import { axeViolations } from '#tests/e2e/axe.ts'
import { cutDemoLine, openPage } from '#tests/support/desk-walk.ts'
import { expectFocus, press } from '#tests/support/keyboard.ts'
import type { LaunchedApp } from '#tests/support/launch-app.ts'
import { readStore } from '#tests/support/stored.ts'

/** Insights in the demo: what stands there is what the stores come to; bars and rows narrow it; files; by keyboard alone. */

test.describe.configure({ mode: 'serial' })

let profile: string
let caravel: LaunchedApp
let page: Page

test.beforeAll(async () => {
  test.setTimeout(120_000)
  profile = await mkdtemp(path.join(tmpdir(), 'caravel-insights-'))
  caravel = await openDemoDesk(profile, path.join(profile, 'labels'))
  page = caravel.page
  await openPage(page, '/settings/rates')
  await page.getByRole('button', { name: 'Fetch now' }).click()
  await expect(page.getByTestId('rates')).toContainText('Safe until')
  await cutDemoLine(page)
})
test.afterAll(async () => {
  await caravel.close()
  await rm(profile, { recursive: true, force: true, maxRetries: 5 })
})

const total = (id: string) => page.getByTestId(`total-${id}`)
const chart = (id: string) => page.getByTestId(`chart-${id}`)
const rowsOf = (id: string) => page.getByTestId(`figures-${id}`).locator('tbody tr')
const hash = () => page.evaluate(() => decodeURIComponent(location.hash))
const amount = (minor: number) => (minor / 100).toLocaleString('en', { minimumFractionDigits: 2 })

/** Paid orders of the last ninety days that are not cancelled, with what each comes to at home by itself. */
async function paidOrders(): Promise<{ order: Order; home: number }[]> {
  const orders = await readStore<Order>(page, 'caravel-demo', 'orders')
  const sets = await readStore<StoredRateSet>(page, 'caravel-demo', 'rateSets')
  const start = new Date(new Date().setHours(0, 0, 0, 0)).getTime() - 89 * 86_400_000
  return orders
    .filter(({ stage, placedAt }) => stage !== 'unpaid' && stage !== 'cancelled' && (placedAt ?? 0) >= start)
    .map((order) => {
      const found = findRateSet(sets, dayOf(order.placedAt ?? 0))
      const home = found.ok ? convertMoney(order.total, 'EUR', found.value.set) : null
      return { order, home: home?.ok ? home.value.money.minor : 0 }
    })
}

test('what stands there is what the stores come to', async () => {
  await openPage(page, '/insights?period=90d')
  await expect(total('orders')).toBeVisible()
  const paid = await paidOrders()
  expect(paid.length).toBeGreaterThan(20)
  await expect(total('orders')).toContainText(`${paid.length}`)
  const revenue = paid.reduce((sum, { home }) => sum + home, 0)
  await expect(total('revenue')).toContainText(`${amount(revenue)} EUR`)

  const byCountry = new Map<string, number>()
  for (const { order } of paid) {
    const country = order.shipTo?.country ?? ''
    byCountry.set(country, (byCountry.get(country) ?? 0) + 1)
  }
  const names = new Intl.DisplayNames('en', { type: 'region' })
  const shown = await rowsOf('countries').evaluateAll((rows) =>
    rows.map((row) => [
      row.querySelector('th')?.textContent.trim(),
      row.querySelector('td')?.textContent.trim(),
    ]),
  )
  const named = shown.filter(([name]) => !/^\d+ others?$/.test(name ?? ''))
  expect(named.length).toBeGreaterThan(3)
  const expected = new Map([...byCountry].map(([code, count]) => [code && names.of(code), `${count}`]))
  for (const [name, count] of named) expect([name, expected.get(name ?? '')]).toEqual([name, count])
})

test('a cost that is typed gives a margin, and says of how much', async () => {
  const known = async () => Number(/for (\d+) % of/.exec((await total('margin').textContent()) ?? '')?.[1])
  const before = await known()
  expect(before).toBeGreaterThan(0)
  // Of what has no cost there is no margin, not one of 0.
  const bare = rowsOf('skus').filter({ hasText: '—' }).first()
  const sku = (await bare.locator('th').textContent())?.trim() ?? ''
  await openPage(page, '/customs')
  await page.getByRole('button', { name: 'All products' }).click()
  await page.getByRole('gridcell', { name: sku, exact: true }).click()
  const panel = page.getByRole('complementary')
  await panel.getByLabel('Cost of one').fill('1.00')
  await panel.getByLabel('Barcodes', { exact: true }).fill('4006381333931')
  await panel.getByRole('button', { name: 'Save cost, barcodes and bin' }).click()
  await expect(page.getByText(`Cost, barcodes and bin of ${sku} saved`, { exact: true })).toBeVisible()
  await openPage(page, '/insights?period=90d')
  await expect.poll(known).toBeGreaterThan(before)
  const cells = rowsOf('skus').filter({ hasText: sku }).locator('td')
  const number = async (n: number) => Number((await cells.nth(n).textContent())?.replaceAll(',', ''))
  const pieces = (await paidOrders()).flatMap(({ order }) => order.lines).filter((line) => line.sku === sku)
  const count = pieces.reduce((sum, { quantity }) => sum + quantity, 0)
  expect(Math.abs((await number(1)) - (await number(2)) - count)).toBeLessThanOrEqual(0.01)
  expect(await number(3)).toBe(100)
})

test('a bar narrows everything, a chip lets go, and the list of orders shows the same', async () => {
  const first = rowsOf('countries').first()
  const name = (await first.locator('th').textContent())?.trim() ?? ''
  const count = (await first.locator('td').first().textContent())?.trim() ?? ''
  await chart('countries')
    .locator('canvas')
    .click({ position: { x: 160, y: 14 } })
  await expect(total('orders')).toContainText(count)
  await expect(rowsOf('countries')).toHaveCount(1)
  expect(await hash()).toMatch(/country=[A-Z]{2}/)
  await page.getByRole('button', { name: 'Show these orders' }).click()
  await expect.poll(hash).toMatch(/#\/orders\/all\?.*country=[A-Z]{2}/)
  expect(await hash()).toMatch(/days=\d{4}-\d\d-\d\d\.\.\d{4}-\d\d-\d\d/)
  await page.goBack()
  await page.getByRole('button', { name: `Remove the filter Country: ${name}` }).click()
  await expect(rowsOf('countries')).not.toHaveCount(1)

  await chart('days').scrollIntoViewIfNeeded()
  const days = await chart('days').locator('canvas').boundingBox()
  const [x, y] = [days?.x ?? 0, (days?.y ?? 0) + 100]
  const width = days?.width ?? 0
  await page.mouse.move(x + width * 0.6, y)
  await page.mouse.down()
  await page.mouse.move(x + width * 0.9, y)
  await page.mouse.up()
  await expect.poll(hash).toContain('days=')
  await expect(page.getByRole('button', { name: '90 days' })).toHaveAttribute('aria-pressed', 'false')
  await page.getByRole('button', { name: '90 days' }).click()
})

test('the numbers and the picture go to files', async () => {
  const place = (ending: string) => test.info().outputPath(`chosen.${ending}`)
  await caravel.app.evaluate(
    ({ dialog }, places) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: places.shift() ?? '' })
    },
    [place('csv'), place('png')],
  )
  await chart('countries').getByRole('button', { name: 'CSV' }).click()
  await expect(page.getByText(/country .* saved$/).first()).toBeVisible()
  const lines = (await readFile(place('csv'), 'utf8')).slice(1).trim().split('\r\n')
  expect(lines[0]).toBe('Country,Orders,Revenue,Margin,Cost known (%),Currency')
  expect(lines).toHaveLength(1 + (await rowsOf('countries').count()))
  expect(lines[1]).toMatch(/,\d+,[\d.]+,-?[\d.]+,\d+,EUR$/)
  await chart('countries').getByRole('button', { name: 'PNG' }).click()
  await expect.poll(() => readFile(place('png')).catch(() => Buffer.alloc(0))).not.toHaveLength(0)
  const png = await readFile(place('png'))
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  expect(png.readUInt32BE(16)).toBeGreaterThan(600)
})

test('by keyboard alone: there, another measure, a day, a country, and back', async () => {
  await openPage(page, '/orders/to_ship')
  await press(page, 'g i')
  await expect.poll(hash).toContain('#/insights')
  await expectFocus(page)
  await total('orders').focus()
  await press(page, 'Enter')
  await expect.poll(hash).toContain('measure=orders')
  const country = rowsOf('countries').first().getByRole('button')
  await country.focus()
  await press(page, 'Enter')
  await expect(rowsOf('countries')).toHaveCount(1)
  await expect(country).toHaveAttribute('aria-pressed', 'true')
  await expectFocus(page)
  await press(page, 'Enter')
  await expect(rowsOf('countries')).not.toHaveCount(1)
  await chart('days').locator('summary').focus()
  await press(page, 'Enter')
  await rowsOf('days').last().getByRole('button').focus()
  await press(page, 'Enter')
  await expect(rowsOf('days')).toHaveCount(1)
})

test('days without such orders say so, with the way back', async () => {
  await openPage(page, '/insights?country=AQ&period=90d')
  await expect(page.getByText('No orders in these days with these filters')).toBeVisible()
  await page.getByRole('main').getByRole('button', { name: 'Clear filters' }).last().click()
  await expect(total('orders')).toBeVisible()
  expect(await hash()).not.toContain('country')
})

test('costs come from a file; what cannot be taken is named with its line', async () => {
  const sku = (await rowsOf('skus').nth(1).locator('th').textContent())?.trim() ?? ''
  await openPage(page, '/customs')
  const text = `sku,cost,currency\n${sku},2.50,EUR\nNEVER-SEEN,1,EUR\n${sku},3,EUR\nX,"1,5",EUR\n`
  await page
    .getByLabel('Import costs…')
    .and(page.locator('input'))
    .setInputFiles({ name: 'costs.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  const dialog = page.getByRole('dialog', { name: 'Import costs…' })
  await expect(dialog).toContainText('Changed 1, already so 0, left out 3')
  await expect(dialog.getByRole('listitem')).toHaveText([
    /Line 3, sku:\s*NEVER-SEEN\s*No order has had this SKU yet/,
    /Line 4, sku:.*stands in an earlier line/s,
    /Line 5, cost:\s*1,5\s*Not an amount/,
  ])
  expect(await axeViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  const [product] = (await readStore<Product>(page, 'caravel-demo', 'products')).filter(
    (one) => one.sku === sku,
  )
  expect(product?.cost).toEqual({ minor: 250, currency: 'EUR' })
})

for (const [language, theme, width] of [
  ['en', 'light', 1280],
  ['en', 'dark', 1920],
  ['zh-CN', 'light', 1920],
  ['zh-CN', 'dark', 1280],
] as const)
  test(`reads well: ${language}, ${theme}, ${width}`, async () => {
    await openPage(page, '/settings/about')
    await openPage(page, '/insights?period=90d')
    await caravel.app.evaluate(
      ({ BrowserWindow }, wide) => BrowserWindow.getAllWindows()[0]?.setContentSize(wide, 1000),
      width,
    )
    await runCommand(caravel.app, language === 'en' ? 'view.english' : 'view.chinese')
    await runCommand(caravel.app, `view.${theme}`)
    await expect(page.locator('html')).toHaveAttribute('lang', language)
    await expect(page.locator('html')).toHaveClass(new RegExp(`\\b${theme}\\b`))
    await expect(chart('skus').locator('canvas').first()).toBeVisible()
    expect(await axeViolations(page)).toEqual([])
    await takePicture(page, test.info().outputPath(`insights-${language}-${theme}-${width}.png`))
  })
