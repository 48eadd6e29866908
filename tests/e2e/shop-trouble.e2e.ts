import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '#tests/support/app-test.ts'
import { closeNotices, openDemoDesk, runCommand } from '../../scripts/demo-desk.ts'
import { changeAtShop } from '#tests/support/demo-state.ts'
import { listRows, openPage } from '#tests/support/desk-walk.ts'
import { launchApp, type LaunchedApp } from '#tests/support/launch-app.ts'
import { putRecord, readStore } from '#tests/support/stored.ts'
import { axeViolations } from './axe.ts'

/** What shops do that nobody wants: a wave of cancellations, and orders that cannot be read. The bar over the app leads to each. */

test.describe.configure({ mode: 'serial' })

const SHOP = 'Harbour & Heath'
const WAVE = 15
/** No order number is this long. */
const TOO_LONG = '-x'.repeat(120)
let profile: string
let caravel: LaunchedApp
let page: Page

test.beforeAll(async () => {
  test.setTimeout(120_000)
  profile = await mkdtemp(path.join(tmpdir(), 'caravel-trouble-'))
  await (await openDemoDesk(profile, path.join(profile, 'labels'))).close()
})

test.afterAll(async () => {
  await caravel.close()
  await rm(profile, { recursive: true, force: true, maxRetries: 5 })
})

async function start(): Promise<void> {
  caravel = await launchApp({ userDataDir: profile, args: ['--demo'] })
  page = caravel.page
  await expect(page.getByTestId('connection-pill')).toBeVisible({ timeout: 60_000 })
  await expect(page.getByTestId('queue-all')).toContainText('400', { timeout: 60_000 })
  await runCommand(caravel.app, 'view.english')
  // The engine takes a moment until it leads; every shop is asked after that.
  const since = Date.now()
  await expect(async () => {
    await runCommand(caravel.app, 'app.sync')
    const shops = await readStore<{ lastPullAt: number; alarm?: unknown }>(
      ...([page, 'caravel-demo', 'connections'] as const),
    )
    // A shop that was stopped at once is not asked again.
    const going = shops.filter(({ alarm }) => alarm === undefined)
    expect(Math.min(...going.map(({ lastPullAt }) => lastPullAt))).toBeGreaterThan(since)
  }).toPass({ timeout: 60_000, intervals: [500, 1000, 2000] })
}

const bar = (kind: string) => page.locator(`[data-testid="health-bar"][data-kind="${kind}"]`)
const card = () => page.getByRole('article', { name: SHOP })
const panel = () => page.getByRole('complementary')
const cancelled = async (): Promise<number> =>
  (await readStore<{ stage: string }>(page, 'caravel-demo', 'orders')).filter(
    ({ stage }) => stage === 'cancelled',
  ).length

test('a wave of cancellations stops the pull, and the bar leads to the question', async () => {
  test.setTimeout(150_000)
  changeAtShop(profile, 'harbour', (orders) => {
    for (const order of orders.filter(({ state }) => state === 'PaymentSettled').slice(-WAVE))
      Object.assign(order, { state: 'Cancelled', updatedAt: Date.now() })
  })
  await start()
  await expect(bar('alarm')).toContainText(`${SHOP}: a pull would change ${WAVE} orders`, { timeout: 40_000 })
  const before = await cancelled()
  await bar('alarm').getByRole('button', { name: 'Look at it' }).click()
  await expect(card().getByRole('alert')).toContainText(`A pull would cancel ${WAVE} of`)
  await expect(card()).toContainText('Stopped, needs a look')
  expect(await axeViolations(page)).toEqual([])

  // Asked again, the shop says the same, and still nothing has been stored.
  await card().getByRole('button', { name: 'Check again' }).click()
  await expect(card().getByRole('alert')).toContainText(`A pull would cancel ${WAVE} of`)
  expect(await cancelled()).toBe(before)
})

test('taken only after a second word; then the orders are cancelled and the bar goes', async () => {
  test.setTimeout(60_000)
  const before = await cancelled()
  await card().getByRole('button', { name: 'Take it' }).click()
  const question = card().getByRole('group', { name: 'The shop’s word is taken for all of them.' })
  const plain = card().getByRole('group', { name: "The shop's word is taken for all of them." })
  await question.or(plain).getByRole('button', { name: 'Take it' }).click()
  await expect.poll(cancelled, { timeout: 60_000 }).toBe(before + WAVE)
  await expect(card().getByRole('alert')).toBeHidden()
  await expect(bar('alarm')).toBeHidden({ timeout: 20_000 })
  await openPage(page, '/activity')
  await expect(
    listRows(page)
      .filter({ hasText: String(WAVE) })
      .first(),
  ).toBeVisible()
  await caravel.close()
})

test('orders that cannot be read are kept, and the bar leads to them', async () => {
  test.setTimeout(150_000)
  changeAtShop(profile, 'kettle', (orders) => {
    for (const order of orders.filter(({ state }) => state === 'Delivered').slice(0, 3))
      Object.assign(order, { code: `${order.code}${TOO_LONG}`, updatedAt: Date.now() })
  })
  await start()
  await expect(bar('unreadable-grows')).toContainText('3 items from shops could not be read', {
    timeout: 40_000,
  })
  await bar('unreadable-grows').getByRole('button', { name: 'Show them' }).click()
  await expect(listRows(page)).toHaveCount(3)
  await expect(listRows(page).first()).toContainText('The field number is not as expected')
  await listRows(page).first().click()
  await expect(panel()).toContainText('"state": "Delivered"')
  // Of the buyer nothing is shown.
  await expect(panel()).toContainText('"fullName": "***')
  await expect(panel()).not.toContainText('@')
  expect(await axeViolations(page)).toEqual([])
})

test('read again as they are they stay; put away they leave the list and the bar, and come back', async () => {
  test.setTimeout(60_000)
  await panel().getByRole('button', { name: 'Read again' }).click()
  await expect(page.getByText('1 item still cannot be read').first()).toBeVisible({ timeout: 20_000 })
  await expect(listRows(page)).toHaveCount(3)
  await closeNotices(page)
  await panel().getByRole('button', { name: 'Put away' }).click()
  await expect(listRows(page)).toHaveCount(2)
  await expect(panel()).toBeHidden()
  await page.getByRole('listitem').getByRole('button', { name: 'Undo' }).last().click()
  await expect(listRows(page)).toHaveCount(3)

  await listRows(page).first().click()
  await panel().getByRole('button', { name: 'Put away' }).click()
  await expect(listRows(page)).toHaveCount(2)
  await expect(bar('unreadable-grows')).toBeHidden({ timeout: 20_000 })
  await page.getByRole('button', { name: 'Show 1 put away' }).click()
  await expect(listRows(page)).toHaveCount(3)
  await page.getByRole('button', { name: 'Hide what was put away' }).click()
  await expect(listRows(page)).toHaveCount(2)
  await caravel.close()
})

test('once the shop sends them rightly, they leave the list', async () => {
  test.setTimeout(150_000)
  changeAtShop(profile, 'kettle', (orders) => {
    for (const order of orders) order.code = order.code.replace(TOO_LONG, '')
  })
  await start()
  await openPage(page, '/quarantine')
  await expect(page.getByText('Everything could be read')).toBeVisible({ timeout: 60_000 })
  expect(await readStore(page, 'caravel-demo', 'quarantine')).toEqual([])
})

test('space that runs out and backups that fail lead to the storage settings', async () => {
  test.setTimeout(60_000)
  const issue = { code: 'unsupported', reason: 'export-not-written' }
  const value = { failedSince: Date.now() - 3_600_000, issue }
  await putRecord(page, 'caravel-demo', 'settings', { key: 'backup', value })
  await page.reload()
  await expect(bar('backup-failed')).toContainText(/Backups have failed since .*\d\d:\d\d; /, {
    timeout: 60_000,
  })
  await bar('backup-failed').getByRole('button', { name: 'Open storage' }).click()
  await expect(page.getByTestId('backup-trouble')).toContainText(/have failed since .*\d\d:\d\d: /)
  expect(await axeViolations(page)).toEqual([])

  await page.addInitScript(() => {
    navigator.storage.estimate = () => Promise.resolve({ usage: 905, quota: 1000 })
  })
  await page.reload()
  await expect(bar('space-low')).toContainText('91 % of the space', { timeout: 60_000 })
  await openPage(page, '/orders/to_ship')
  await bar('space-low').getByRole('button', { name: 'Open storage' }).click()
  await expect(page.getByText('More than 80 % of the space is used.')).toBeVisible()
})
