import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '#tests/support/app-test.ts'
import { closeNotices, openDemoDesk, runCommand } from '../../scripts/demo-desk.ts'
import { toldToShops } from '#tests/support/demo-state.ts'
import {
  cutDemoLine,
  firstOrder,
  handOver,
  listRows,
  makeLabel,
  openOrder,
  openPage,
} from '#tests/support/desk-walk.ts'
import type { LaunchedApp } from '#tests/support/launch-app.ts'
import { readStore } from '#tests/support/stored.ts'

/** What waits while the line is down: corrected, held, dropped, brought back; then it leaves, each once, as corrected. */

test.describe.configure({ mode: 'serial' })

const CORRECTED = 'RR100200300CN'
let profile: string
let caravel: LaunchedApp
let page: Page
const numbers: string[] = []
const labels = new Map<string, string>()

test.beforeAll(async () => {
  test.setTimeout(180_000)
  profile = await mkdtemp(path.join(tmpdir(), 'caravel-outbox-'))
  caravel = await openDemoDesk(profile, path.join(profile, 'labels'))
  page = caravel.page
  await runCommand(caravel.app, 'view.english')
  await cutDemoLine(page)
  for (let n = 0; n < 3; n++) {
    const number = await firstOrder(page, 'to_ship')
    await openOrder(page, number)
    labels.set(number, await makeLabel(page, 1900))
    await handOver(page)
    numbers.push(number)
  }
  await openPage(page, '/outbox')
  await closeNotices(page)
})

test.afterAll(async () => {
  await caravel.close()
  await rm(profile, { recursive: true, force: true, maxRetries: 5 })
})

const rowOf = (number: string) => listRows(page).filter({ hasText: number })
const card = () => page.getByRole('complementary', { name: 'A waiting change' })
const toolbar = () => page.getByRole('toolbar', { name: 'Selected changes' })
const undo = () => page.getByRole('listitem').getByRole('button', { name: 'Undo' })
const stored = () =>
  readStore<{ entityLabel: string; held: boolean; payload: { trackingNumber: string } }>(
    page,
    'caravel-demo',
    'outbox',
  )

async function selectAll(): Promise<void> {
  await page.getByRole('checkbox', { name: 'Select all rows' }).check()
  await expect(toolbar()).toContainText('3 selected')
}

test('a change is corrected in its card: refused with the field, then kept under a new key', async () => {
  const [number = ''] = numbers
  await expect(listRows(page)).toHaveCount(3)
  await rowOf(number).click()
  await expect(card()).toContainText(number)
  const key = async () => card().locator('dd.font-mono').innerText()
  const before = await key()
  await card().getByRole('button', { name: 'Edit' }).click()
  const tracking = card().getByLabel('Tracking number')
  await expect(tracking).toHaveValue(/^RR/)
  await tracking.fill('<script>')
  await card().getByRole('button', { name: 'Save and send' }).click()
  await expect(tracking).toHaveAttribute('aria-invalid', 'true')
  await expect(tracking).toHaveAccessibleDescription(/.+/)
  expect((await stored()).map(({ payload }) => payload.trackingNumber)).not.toContain('<script>')
  await tracking.fill(CORRECTED.toLowerCase())
  await card().getByRole('button', { name: 'Save and send' }).click()
  // The card goes on with the change that took its place.
  await expect(card()).toContainText(CORRECTED)
  expect(await key()).not.toBe(before)
  await expect(card()).toContainText('1 of 3')
  await page.keyboard.press('Escape')
  await expect(card()).toBeHidden()
  await expect(page.getByRole('grid', { name: 'Outbox' })).toBeFocused()
})

test('many are held and released at once, and taken back from the notice', async () => {
  await selectAll()
  await toolbar().getByRole('button', { name: 'Hold' }).click()
  await expect(page.getByText('3 changes held back').first()).toBeVisible()
  await expect(toolbar()).toBeHidden()
  await expect(listRows(page).filter({ hasText: 'Held' })).toHaveCount(3)
  await undo().last().click()
  await expect(listRows(page).filter({ hasText: 'Held' })).toHaveCount(0)
  expect((await stored()).map(({ held }) => held)).toEqual([false, false, false])
  await closeNotices(page)
})

test('what cannot be done with one does not keep it from the others', async () => {
  const [first = ''] = numbers
  await rowOf(first).getByRole('checkbox').check()
  await toolbar().getByRole('button', { name: 'Hold' }).click()
  await expect(rowOf(first)).toContainText('Held')
  await closeNotices(page)
  await selectAll()
  await toolbar().getByRole('button', { name: 'Send again' }).click()
  await expect(page.getByText('2 changes are sent again').first()).toBeVisible()
  await expect(rowOf(first)).toContainText('Held')
  await closeNotices(page)
})

test('many are dropped, and every one comes back at its place', async () => {
  const before = (await stored()).map(({ entityLabel, payload }) => [entityLabel, payload.trackingNumber])
  await selectAll()
  await toolbar().getByRole('button', { name: 'Drop' }).click()
  await expect(page.getByText('3 changes dropped').first()).toBeVisible()
  await expect(page.getByText('Every shop has everything')).toBeVisible()
  expect(await stored()).toEqual([])
  await undo().last().click()
  await expect(listRows(page)).toHaveCount(3)
  expect((await stored()).map(({ entityLabel, payload }) => [entityLabel, payload.trackingNumber])).toEqual(
    before,
  )
  await closeNotices(page)
})

test('with the line up, what is not held leaves once, as it was corrected; the held one stays', async () => {
  test.setTimeout(90_000)
  const [first = '', second = '', third = ''] = numbers
  await runCommand(caravel.app, 'demo.online')
  await runCommand(caravel.app, 'app.sync')
  await expect(listRows(page)).toHaveCount(1, { timeout: 60_000 })
  await expect(rowOf(first)).toContainText('Held')
  expect(toldToShops(profile, first)).toEqual([])
  expect(toldToShops(profile, second)).toEqual([labels.get(second)])
  expect(toldToShops(profile, third)).toEqual([labels.get(third)])
  await rowOf(first).click()
  await card().getByRole('button', { name: 'Release' }).click()
  await expect(page.getByText('Every shop has everything')).toBeVisible({ timeout: 30_000 })
  expect(toldToShops(profile, first)).toEqual([CORRECTED])
})
