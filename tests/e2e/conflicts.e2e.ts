import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '#tests/support/app-test.ts'
import { closeNotices, openDemoDesk, resize, runCommand } from '../../scripts/demo-desk.ts'
import {
  cutDemoLine,
  firstOrder,
  listRows,
  openOrder,
  openPage,
  panel as orderPanel,
} from '#tests/support/desk-walk.ts'
import { expectFocus, press } from '#tests/support/keyboard.ts'
import type { LaunchedApp } from '#tests/support/launch-app.ts'
import { stirDemo } from '#tests/support/stir-demo.ts'
import { readStore } from '#tests/support/stored.ts'

/** Changed here without a line and at the shop meanwhile: nothing is overwritten before a person has chosen, and then once. */

test.describe.configure({ mode: 'serial' })

const SHOP = 'Harbour & Heath'
let profile: string
let caravel: LaunchedApp
let page: Page
let number: string

test.beforeAll(async () => {
  test.setTimeout(240_000)
  profile = await mkdtemp(path.join(tmpdir(), 'caravel-conflicts-'))
  caravel = await openDemoDesk(profile, path.join(profile, 'labels'))
  page = caravel.page
  await resize(caravel, 1280, 800)
  await runCommand(caravel.app, 'view.english')
  await openPage(page, '/listings/all')
  await expect(page.getByTestId('listings-all')).toContainText('84', { timeout: 60_000 })
  await cutDemoLine(page)
  for (const [title, sku] of [
    ['Geschirrtuch', 'TWL-BLU'],
    ['Kissenbezug 45 cm', 'CSH-BLU'],
    ['Baseballkappe', 'CAP-BLU'],
  ] as const) {
    await editTitle(title, `${title} neu`)
    await stirDemo(page, SHOP, { what: 'title', target: sku, value: `${title} vom Laden` })
  }
  number = await editAddress()
  await runCommand(caravel.app, 'demo.online')
  await runCommand(caravel.app, 'app.sync')
  await expect.poll(async () => (await conflicts()).length, { timeout: 90_000 }).toBe(4)
  await closeNotices(page)
})

test.afterAll(async () => {
  await caravel.close()
  await rm(profile, { recursive: true, force: true, maxRetries: 5 })
})

const conflicts = () =>
  readStore<{ label: string; fields: { field: string; there: unknown }[] }>(page, 'caravel-demo', 'conflicts')
const listings = () =>
  readStore<{ contents: Record<string, { title: string }> }>(page, 'caravel-demo', 'listings')
const titles = async () => (await listings()).map(({ contents }) => contents['de']?.title)
const waiting = () => readStore<{ state: string }>(page, 'caravel-demo', 'outbox')
const panel = () => page.getByRole('complementary', { name: 'A conflict' })
const field = (name: string) => panel().getByRole('region', { name })
const rowOf = (text: string) => listRows(page).filter({ hasText: text })
const rail = () => page.getByRole('link', { name: /^Conflicts/ })

async function editTitle(from: string, to: string): Promise<void> {
  await page.getByPlaceholder('Search titles and SKUs').fill(from)
  await page.getByRole('row').filter({ hasText: from }).filter({ hasText: SHOP }).first().click()
  const title = page.getByRole('complementary').getByLabel('Title', { exact: true })
  await title.fill(to)
  await title.press('Enter')
  await expect(page.getByRole('complementary')).toContainText(`Shop has: ${from}`)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
}

/** Of the first order that waits; answers its number. */
async function editAddress(): Promise<string> {
  const first = await firstOrder(page, 'to_ship')
  await openOrder(page, first)
  await page.keyboard.press('e')
  await orderPanel(page).locator('[data-field="shipTo.line2"]').fill('2nd floor')
  await orderPanel(page).getByRole('button', { name: 'Save address' }).click()
  await expect(orderPanel(page)).toContainText('2nd floor')
  const orders = await readStore<{ number: string; connectionId: string }>(page, 'caravel-demo', 'orders')
  const shops = await readStore<{ id: string; name: string }>(page, 'caravel-demo', 'connections')
  const { connectionId } = orders.find((one) => one.number === first) ?? { connectionId: '' }
  const name = shops.find(({ id }) => id === connectionId)?.name ?? ''
  await stirDemo(page, name, { what: 'address', target: first, value: 'Elsewhere 77' })
  return first
}

test('wait with all that both sides say; nothing was sent or overwritten', async () => {
  await openPage(page, '/conflicts')
  await expect(rail()).toContainText('4')
  await expect(listRows(page)).toHaveCount(4)
  expect(await titles()).toContain('Geschirrtuch neu')
  expect((await waiting()).map(({ state }) => state)).toEqual(Array(3).fill('blocked-conflict'))
  await rowOf('Geschirrtuch').click()
  const title = field('Title (German)')
  await expect(title).toBeFocused()
  await expect(title.getByRole('cell')).toHaveText([
    'Geschirrtuch',
    'Geschirrtuch neu',
    'Geschirrtuch vom Laden',
    'not chosen yet',
  ])
  await expect(panel().getByTestId('apply-conflict')).toBeDisabled()
})

test('choosing shows what comes of it and changes nothing; what is typed outlives a change at the shop', async () => {
  const title = field('Title (German)')
  const result = () => title.getByRole('cell').last()
  await press(page, 'm')
  await expect(result()).toHaveText('Geschirrtuch neu')
  await press(page, 't')
  await expect(result()).toHaveText('Geschirrtuch vom Laden')
  await press(page, 'e')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('Geschirrtuch aus Leinen')
  await expect(result()).toHaveText('Geschirrtuch aus Leinen')
  expect(await titles()).toContain('Geschirrtuch neu')

  await stirDemo(page, SHOP, { what: 'title', target: 'TWL-BLU', value: 'Geschirrtuch, zwei Stück' })
  await runCommand(caravel.app, 'app.sync')
  await expect(panel().getByRole('alert')).toContainText('changed it meanwhile', { timeout: 60_000 })
  await expect(title).toContainText('Changed meanwhile')
  await expect(title.getByRole('cell').nth(2)).toContainText('zwei Stück')
  await expect(result()).toHaveText('Geschirrtuch aus Leinen')
})

test('applied with Ctrl Enter: the shop gets it once, and the next conflict comes', async () => {
  await field('Title (German)').getByRole('textbox').focus()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('Geschirrtuch neu: decided').first()).toBeVisible()
  await expect(listRows(page)).toHaveCount(3)
  await expect(panel().getByRole('heading', { level: 2 })).not.toHaveText('Geschirrtuch neu')
  await expect
    .poll(async () => (await waiting()).filter(({ state }) => state !== 'blocked-conflict').length, {
      timeout: 60_000,
    })
    .toBe(0)
  expect(await titles()).toContain('Geschirrtuch aus Leinen')
  // The shop said so itself.
  const said = await readStore<{ value: { contents?: Record<string, { title: string }> } }>(
    page,
    'caravel-demo',
    'shadows',
  )
  expect(said.map(({ value }) => value.contents?.['de']?.title)).toContain('Geschirrtuch aus Leinen')
  await press(page, 'Escape')
  await closeNotices(page)
})

test('an order with two addresses is blocked, leads here, and is compared part by part', async () => {
  await openOrder(page, number)
  await orderPanel(page).getByRole('button', { name: 'Choose' }).click()
  const address = field('Address')
  await expect(address.getByRole('row').filter({ hasText: 'Address line 1' }).locator('ins')).toContainText([
    'Elsewhere',
  ])
  await expect(address.getByRole('row').filter({ hasText: 'Address line 2' })).toContainText('2nd floor')
  await press(page, 'e')
  await panel().locator('[data-field="conflict.line1"]').fill('Elsewhere 77')
  await expect(
    address.getByRole('row').filter({ hasText: 'Address line 1' }).getByRole('cell').last(),
  ).toHaveText('Elsewhere 77')
  await panel().getByRole('button', { name: 'Keep these' }).click()
  await expect(page.getByText(`${number}: decided`).first()).toBeVisible()
  await openOrder(page, number)
  await expect(orderPanel(page)).toContainText('Elsewhere 77')
  await expect(orderPanel(page)).toContainText('2nd floor')
  await expect(orderPanel(page).getByRole('button', { name: 'Choose' })).toBeHidden()
})

test('the outbox leads to the choice and does not send before it', async () => {
  await openPage(page, '/outbox')
  await rowOf('Kissenbezug').click()
  const card = page.getByRole('complementary', { name: 'A waiting change' })
  await expect(card.getByRole('button', { name: 'Send again' })).toBeDisabled()
  await card.getByRole('button', { name: 'Choose' }).click()
  await expect(panel().getByRole('heading', { level: 2 })).toContainText('Kissenbezug')
  await press(page, 'Escape')
  await expect(panel()).toBeHidden()
  await expectFocus(page, { role: 'grid' })
})

test('many at once, after a question', async () => {
  await expect(listRows(page)).toHaveCount(2)
  await page.getByRole('checkbox', { name: 'Select all rows' }).check()
  const bar = page.getByRole('toolbar', { name: 'Selected conflicts' })
  await bar.getByRole('button', { name: 'All theirs for 2' }).click()
  expect(await conflicts()).toHaveLength(2)
  await bar.getByRole('group').getByRole('button', { name: 'All theirs for 2' }).click()
  await expect(page.getByText('Nothing to decide')).toBeVisible()
  expect(await conflicts()).toEqual([])
  expect(await waiting()).toEqual([])
  expect(await titles()).toEqual(
    expect.arrayContaining(['Kissenbezug 45 cm vom Laden', 'Baseballkappe vom Laden']),
  )
  await expect(rail()).not.toContainText(/\d/)
})

test('an order is cancelled with a reason, taken back, and cancelled for good', async () => {
  test.setTimeout(90_000)
  await cutDemoLine(page)
  const other = await firstOrder(page, 'to_ship')
  await openOrder(page, other)
  const ask = () => orderPanel(page).getByRole('button', { name: 'Cancel order' })
  await ask().click()
  await orderPanel(page).getByLabel('Reason').fill('Out of stock')
  await ask().click()
  await expect(orderPanel(page).getByText('Being cancelled')).toBeVisible()
  expect(await waiting()).toMatchObject([{ kind: 'cancel-order', payload: { reason: 'Out of stock' } }])
  await orderPanel(page).getByRole('button', { name: 'Do not cancel' }).click()
  await expect(ask()).toBeVisible()
  expect(await waiting()).toEqual([])
  await ask().click()
  await ask().click()
  await expect(orderPanel(page).getByText('Being cancelled')).toBeVisible()
  await runCommand(caravel.app, 'demo.online')
  await runCommand(caravel.app, 'app.sync')
  await expect(orderPanel(page).getByText('Cancelled', { exact: true })).toBeVisible({ timeout: 60_000 })
  expect(await waiting()).toEqual([])
})
