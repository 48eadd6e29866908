import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '#tests/support/app-test.ts'
import { openDemoDesk, resize } from '../../scripts/demo-desk.ts'
import { arrangeColumns, jumpInAll, keepAView, lookAtInsights, lookBack } from '#tests/e2e/day/list-work.ts'
import {
  assignAndTag,
  fixCustomsFacts,
  lookAtWhatIsLate,
  parkAndBringBack,
  searchAndLook,
  send,
  tagARange,
} from '#tests/e2e/day/order-work.ts'
import { press } from '#tests/support/keyboard.ts'
import type { LaunchedApp } from '#tests/support/launch-app.ts'

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

test('a day by keyboard alone', async () => {
  await test.step('what is late', () => lookAtWhatIsLate(page))
  await test.step('customs facts of a blocked order', () => fixCustomsFacts(page))
  const number = await test.step('search, next, previous, full page', () => searchAndLook(page))
  await test.step('assign and tag', () => assignAndTag(page, number))
  await test.step('a range is tagged, and taken back as one', () => tagARange(page))
  await test.step('parked until tomorrow, and back', () => parkAndBringBack(page))
  await test.step('label, print, hand over', () => send(page, number))
  await test.step('a view is kept', () => keepAView(page))
  await test.step('columns', () => arrangeColumns(page))
  await test.step('the end and the middle of all', () => jumpInAll(page))
  await test.step('insights and back', () => lookAtInsights(page))
  await test.step('outbox and activity', () => lookBack(page, number))
})
