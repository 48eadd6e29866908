import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import type { Shipment } from '#core/shipping/shipment.ts'
import type { StoredOrder, StoredProduct } from '#renderer/data/records.ts'
import { closeNotices, openDemoDesk, resize } from '../../scripts/demo-desk.ts'
import { axeViolations } from '#tests/e2e/axe.ts'
import { keepEveryLook, keepPicture } from '#tests/e2e/keep-pictures.ts'
import { setLook } from '#tests/e2e/screen-walk.ts'
import { makeLabel, openPage, panel as orderPanel } from '#tests/support/desk-walk.ts'
import type { LaunchedApp } from '#tests/support/launch-app.ts'
import { readFocus } from '#tests/support/keyboard.ts'
import { readStore } from '#tests/support/stored.ts'

/** A seller says what a set holds, fills in what its parts lack, and the label declares the parts. */

test.describe.configure({ mode: 'serial' })

const CUP = { description: 'Stoneware cup', hs6: '691200', origin: 'CN', unitNetGrams: '120' }
const LID = { description: 'Bamboo lid', hs6: '441990', origin: 'VN', unitNetGrams: '30' }

let profile: string
let caravel: LaunchedApp
let page: Page
let order: StoredOrder
let sku: string

test.beforeAll(async () => {
  test.setTimeout(120_000)
  profile = await mkdtemp(path.join(tmpdir(), 'caravel-bundles-'))
  caravel = await openDemoDesk(profile, path.join(profile, 'labels'))
  page = caravel.page
  await resize(caravel, 1280, 800)
})
test.afterAll(async () => {
  await caravel.close()
  await rm(profile, { recursive: true, force: true, maxRetries: 5 })
})

/** The first product of the list that a small order to Germany has alone, and that order. */
async function choose(): Promise<void> {
  const orders = await readStore<StoredOrder>(page, 'caravel-demo', 'orders')
  const small = orders.filter(
    ({ stage, blocked, lines, total, shipTo }) =>
      [stage === 'to_ship', blocked === null, lines.length === 1, shipTo?.country === 'DE'].every(Boolean) &&
      total.minor < 15_000,
  )
  const shown = (await page.getByRole('row').allInnerTexts()).join('\n').split(/\s+/)
  const found = small.find(({ lines }) => shown.includes(lines[0]?.sku ?? ''))
  if (found === undefined) throw new Error('no such order')
  order = found
  sku = found.lines[0]?.sku ?? ''
}

const panel = () => page.getByRole('complementary')
const contents = () => page.getByTestId('contents')
const field = (name: string) => panel().locator(`[data-field="${name}"]`)
const orderNow = async () =>
  (await readStore<StoredOrder>(page, 'caravel-demo', 'orders')).find(({ id }) => id === order.id)
const productOf = async (of: string) =>
  (await readStore<StoredProduct>(page, 'caravel-demo', 'products')).find((each) => each.sku === of)

/** Rows change places while it is counted how many orders wait for each. */
async function openProduct(): Promise<void> {
  await expect(async () => {
    await page.getByRole('row').filter({ hasText: sku }).first().dblclick({ timeout: 2_000 })
    await expect(panel().getByRole('heading', { name: sku, level: 2 })).toBeVisible({ timeout: 2_000 })
  }).toPass({ timeout: 20_000 })
}

async function fill(start: string, facts: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(facts)) await field(`${start}.${name}`).fill(value)
}

test('what a set holds is said by keyboard alone, with what is wrong beside its field', async () => {
  await openPage(page, '/customs')
  await page.getByRole('button', { name: /All products/ }).press('Enter')
  await expect.poll(() => page.getByRole('row').count()).toBeGreaterThan(10)
  await choose()
  await openProduct()
  await page.getByTestId('add-part').press('Enter')
  await expect.poll(async () => (await readFocus(page)).field).toBe('contains.0.sku')
  await page.keyboard.type(sku)
  await page.keyboard.press('Enter')
  await expect(contents().getByRole('alert')).toContainText('does not hold itself')
  expect((await readFocus(page)).field).toBe('contains.0.sku')
  await page.keyboard.type('E2E-CUP')
  await page.keyboard.press('Tab')
  await page.keyboard.type('0')
  await page.keyboard.press('Enter')
  await expect(contents().getByRole('alert')).toContainText('from 1 to 9,999')
  expect(await axeViolations(page)).toEqual([])
  await keepPicture(caravel, 'bundle contents wrong')
  await page.keyboard.type('2')
  await page.getByTestId('add-part').press('Enter')
  await page.keyboard.type('E2E-LID')
  await page.keyboard.press('Enter')
  await expect(page.getByText(`Contents of ${sku} saved`).first()).toBeVisible()
  await expect(page.getByRole('row').filter({ hasText: sku }).first()).toContainText('Bundle of 2 parts')
  await expect(field('product.unitValue')).toBeVisible()
  await expect(field('product.hs6')).toHaveCount(0)
  expect((await productOf(sku))?.contains).toEqual([
    { sku: 'E2E-CUP', quantity: 2 },
    { sku: 'E2E-LID', quantity: 1 },
  ])
  await expect.poll(async () => (await orderNow())?.blocked).toBe('customs-incomplete')
  expect(await axeViolations(page)).toEqual([])
  await keepEveryLook(caravel, 'bundle product')
  await setLook(caravel, 'chinese', 'light')
  await expect(contents()).toContainText('组合商品内容')
  await expect(page.getByRole('row').filter({ hasText: sku }).first()).toContainText('含 2 种子商品')
  await setLook(caravel, 'english', 'light')
})

test('its parts are reached from it, and lack their own facts', async () => {
  await contents().getByRole('button', { name: 'E2E-CUP', exact: true }).press('Enter')
  await expect(panel().getByRole('heading', { name: 'E2E-CUP' })).toBeVisible()
  await expect.poll(async () => (await readFocus(page)).field).toBe('product.description')
  await fill('product', CUP)
  await page.keyboard.press('Enter')
  await expect(page.getByText('Customs facts of E2E-CUP saved').first()).toBeVisible()
  expect((await orderNow())?.blockedField).toBe('lines.0.parts.1.customs.description')
})

test('the order shows its parts, and leads to what one of them lacks', async () => {
  await closeNotices(page)
  await openPage(page, `/orders/all?order=${order.id}`)
  const parts = orderPanel(page).getByRole('list', { name: 'Parts of the bundle' })
  await expect(parts.locator('[data-part="E2E-CUP"]')).toContainText('Stoneware cup')
  await expect(parts.locator('[data-part="E2E-LID"]')).toContainText('HS code')
  await expect(orderPanel(page).getByRole('status').first()).toContainText('E2E-LID')
  await parts.scrollIntoViewIfNeeded()
  await keepEveryLook(caravel, 'bundle in an order')
  expect(await axeViolations(page)).toEqual([])
  const whole = orderPanel(page).getByRole('button', { name: 'Bundle of 2 parts' })
  await whole.press('Enter')
  await expect(field('lines.0.customs.unitValue')).toBeVisible()
  await expect(field('lines.0.customs.hs6')).toHaveCount(0)
  await keepPicture(caravel, 'bundle value in an order')
  await whole.press('Enter')
  await orderPanel(page).getByRole('status').first().getByRole('button').press('Enter')
  const start = 'lines.0.parts.1.customs'
  await expect.poll(async () => (await readFocus(page)).field).toBe(`${start}.description`)
  await keepPicture(caravel, 'bundle part in an order')
  await fill(start, LID)
  await page.keyboard.press('Enter')
  await expect(page.getByText('Customs facts of E2E-LID saved').first()).toBeVisible()
  await expect.poll(async () => (await orderNow())?.blocked).toBeNull()
  await expect(parts.locator('[data-part="E2E-LID"]')).toContainText('Bamboo lid')
})

test('the label declares a row of each part, and together they are worth what the line is', async () => {
  await makeLabel(page, 900)
  const shipments = await readStore<Shipment>(page, 'caravel-demo', 'shipments')
  const declaration = shipments.find(({ orderIds }) => orderIds.includes(order.id))?.declaration
  const [line] = order.lines
  if (line === undefined) throw new Error('no line')
  expect(declaration?.lines.map((row) => [row.sku, row.quantity, row.hs6, row.origin])).toEqual([
    ['E2E-CUP', 2 * line.quantity, '691200', 'CN'],
    ['E2E-LID', line.quantity, '441990', 'VN'],
  ])
  const sum = declaration?.lines.reduce((total, { value }) => total + value.minor, 0)
  expect(sum).toBe(Math.min(line.unitPrice.minor * line.quantity, order.total.minor))
  expect(declaration?.total).toEqual({ minor: sum, currency: order.total.currency })
})
