import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '#tests/support/app-test.ts'
import { closeNotices, openDemoDesk, resize, runCommand } from '../../scripts/demo-desk.ts'
import { axeViolations } from '#tests/e2e/axe.ts'
import { describeListStates } from '#tests/e2e/list-states.suite.ts'
import { overflow, untranslated } from '#tests/e2e/screen-checks.ts'
import { keepPicture } from '#tests/e2e/keep-pictures.ts'
import { setLook } from '#tests/e2e/screen-walk.ts'
import { screensOf } from '#tests/e2e/screens.ts'
import {
  cutDemoLine,
  firstOrder,
  handOver,
  makeLabel,
  openOrder,
  openPage,
} from '#tests/support/desk-walk.ts'
import { stirDemo } from '#tests/support/stir-demo.ts'
import { changeAtShop } from '#tests/support/demo-state.ts'
import type { LaunchedApp } from '#tests/support/launch-app.ts'
import { readStore } from '#tests/support/stored.ts'

/** Every screen in both languages and both themes: usable for everybody, within its window, in words; and its five states. */

let profile: string
let caravel: LaunchedApp
let page: Page

test.beforeAll(async () => {
  test.setTimeout(180_000)
  profile = await mkdtemp(path.join(tmpdir(), 'caravel-screens-'))
  // Orders that cannot be read, so that their page has something to say.
  await (await openDemoDesk(profile, path.join(profile, 'labels'))).close()
  changeAtShop(profile, 'kettle', (orders) => {
    for (const order of orders.filter(({ state }) => state === 'Delivered').slice(0, 2))
      Object.assign(order, { code: `${order.code}${'-x'.repeat(120)}`, updatedAt: Date.now() })
  })
  caravel = await openDemoDesk(profile, path.join(profile, 'labels'))
  page = caravel.page
  await resize(caravel, 1280, 800)
  await expect(async () => {
    await runCommand(caravel.app, 'app.sync')
    expect(await readStore(page, 'caravel-demo', 'quarantine')).toHaveLength(2)
  }).toPass({ timeout: 30_000, intervals: [1000, 2000] })
  await makeConflict()
  // One change that waits, so that the outbox and the stale bars have something to say.
  await runCommand(caravel.app, 'demo.offline')
  await runCommand(caravel.app, 'app.sync')
  await expect(page.getByTestId('connection-pill')).toContainText('Offline since', { timeout: 30_000 })
  const number = await firstOrder(page, 'to_ship')
  await openOrder(page, number)
  await makeLabel(page, 1900)
  await handOver(page)
})

test.afterAll(async () => {
  await caravel.close()
  await rm(profile, { recursive: true, force: true, maxRetries: 5 })
})

/** A listing that was changed here and at its shop. */
async function makeConflict(): Promise<void> {
  await openPage(page, '/listings/all')
  await expect(page.getByTestId('listings-all')).toContainText('84', { timeout: 60_000 })
  await cutDemoLine(page)
  await page.getByPlaceholder('Search titles and SKUs').fill('Geschirrtuch')
  await page
    .getByRole('row')
    .filter({ hasText: 'Geschirrtuch' })
    .filter({ hasText: 'Harbour & Heath' })
    .click()
  for (const part of ['Title', 'Description']) {
    const field = page.getByRole('complementary').getByLabel(part, { exact: true })
    await field.fill(`${await field.inputValue()}, neu`)
    await field.press('Control+Enter')
  }
  await stirDemo(page, 'Harbour & Heath', { what: 'title', target: 'TWL-BLU', value: 'Geschirrtuch (2)' })
  await runCommand(caravel.app, 'demo.online')
  await runCommand(caravel.app, 'app.sync')
  await expect(page.getByTestId('listings-conflict')).toContainText('1', { timeout: 60_000 })
}

for (const language of ['english', 'chinese'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    test(`${language}, ${theme}: axe finds nothing, every text is a text`, async () => {
      test.setTimeout(120_000)
      await openPage(page, '/orders/all')
      await setLook(caravel, language, theme)
      await closeNotices(page)
      const wrong: Record<string, unknown> = {}
      for (const screen of screensOf(caravel)) {
        await screen.open()
        if (theme === 'dark') await keepPicture(caravel, `${screen.name} ${language} dark 1280`)
        const violations = await axeViolations(page)
        const keys = await untranslated(page)
        if (violations.length > 0 || keys.length > 0) wrong[screen.name] = { violations, keys }
        await screen.close?.()
      }
      expect(wrong).toEqual({})
    })
  }

  test(`${language}: nothing is wider than its window`, async () => {
    test.setTimeout(120_000)
    await openPage(page, '/orders/all')
    await setLook(caravel, language, 'light')
    const wide: Record<string, unknown> = {}
    for (const [width, height] of [
      [1280, 800],
      [1920, 1080],
    ] as const) {
      await resize(caravel, width, height)
      for (const screen of screensOf(caravel)) {
        await screen.open()
        await keepPicture(caravel, `${screen.name} ${language} light ${width}`)
        const over = await overflow(page)
        if (Object.keys(over).length > 0) wide[`${screen.name} at ${width}`] = over
        await screen.close?.()
      }
    }
    await resize(caravel, 1280, 800)
    expect(wide).toEqual({})
  })
}

test('the language changes under the open page', async () => {
  await openPage(page, '/orders/to_ship')
  await setLook(caravel, 'english', 'light')
  await page.evaluate(() => Object.assign(window, { sameWindow: true }))
  await expect(page.getByRole('link', { name: 'Settings' })).toBeVisible()
  await setLook(caravel, 'chinese', 'light')
  await expect(page.getByRole('link', { name: '设置' })).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('订单')
  await setLook(caravel, 'english', 'light')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Orders')
  expect(await page.evaluate(() => 'sameWindow' in window)).toBe(true)
})

describeListStates(() => caravel)
