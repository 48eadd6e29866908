import { readFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '#tests/support/app-test.ts'
import type { ReferenceFile } from '#renderer/data/records.ts'
import { closeNotices, openDemoDesk, runCommand } from '../../scripts/demo-desk.ts'
import { axeViolations } from '#tests/e2e/axe.ts'
import { openPage } from '#tests/support/desk-walk.ts'
import type { LaunchedApp } from '#tests/support/launch-app.ts'
import { readStore } from '#tests/support/stored.ts'

/** What destinations charge, and on what evidence; what little speaks for, a newer file, and what an order costs at the border. */

test.describe.configure({ mode: 'serial' })

let profile: string
let caravel: LaunchedApp
let page: Page

test.beforeAll(async () => {
  test.setTimeout(120_000)
  profile = await mkdtemp(path.join(tmpdir(), 'caravel-destinations-'))
  caravel = await openDemoDesk(profile, path.join(profile, 'labels'))
  page = caravel.page
})
test.afterAll(async () => {
  await caravel.close()
  await rm(profile, { recursive: true, force: true, maxRetries: 5 })
})

const panel = () => page.getByRole('complementary')
const rule = (id: string) => panel().locator(`[data-rule="${id}"]`)
const files = () => readStore<ReferenceFile>(page, 'caravel-demo', 'referenceFiles')

test('every destination has a row; it is found by its name, and an unknown one is said', async () => {
  await openPage(page, '/customs/destinations')
  const find = page.getByRole('searchbox', { name: 'Find a destination' })
  await expect(find).toBeVisible()
  await expect(page.getByRole('row').filter({ hasText: 'Germany' })).toContainText('≤ 150 EUR')
  await find.fill('norw')
  await expect(page.getByRole('grid').getByRole('row')).toHaveCount(2)
  await find.fill('atlantis')
  await expect(page.getByText('No destination of that name')).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(page.getByRole('row').filter({ hasText: 'Malaysia' })).toContainText('No rule known')
})

test('a rule shows its days, its charge, its evidence; the keyboard opens and closes it', async () => {
  await page.getByRole('row').filter({ hasText: 'Germany' }).click()
  await expect(rule('eu-low-flat-duty')).toContainText('Well sourced')
  await expect(rule('eu-low-flat-duty')).toContainText('3 EUR per tariff line')
  await expect(rule('eu-low-flat-duty')).toContainText(/Checked\s*Nov 22, 2026/)
  await expect(
    rule('eu-low-flat-duty').getByRole('button', { name: /Open Lithuanian Customs/ }),
  ).toBeVisible()
  expect(await axeViolations(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(panel()).toHaveCount(0)
})

test('what little speaks for counts when a person says so, and the word is kept', async () => {
  await openPage(page, '/customs/destinations?country=SA')
  const tick = rule('sa-low').getByRole('checkbox', { name: /Count it in totals/ })
  await tick.click()
  await expect(rule('sa-low')).toContainText('by your word')
  await page.reload()
  await expect(rule('sa-low').getByRole('checkbox', { name: /Count it in totals/ })).toBeChecked()
})

test('a newer file is looked at, taken, survives a reload and is taken back', async () => {
  await openPage(page, '/customs/destinations')
  const raw = JSON.parse(await readFile('resources/destination-rules.json', 'utf8')) as {
    edition: string
    rules: { id: string; duty?: { amount?: string } }[]
  }
  raw.edition = '2026-12-01'
  raw.rules = raw.rules.filter(({ id }) => id !== 'it-parcel')
  for (const each of raw.rules) if (each.id === 'eu-low-flat-duty' && each.duty) each.duty.amount = '4.00'
  raw.rules.push({ id: 'nonsense' })
  const buffer = Buffer.from(JSON.stringify(raw))
  const choose = () =>
    page.locator('input[accept=".json"]').setInputFiles({
      ...{ name: 'rules-2026-12.json', mimeType: 'application/json', buffer },
    })
  const diff = page.getByTestId('rules-diff')

  await choose()
  await expect(diff).toContainText('Added 0, changed 1, removed 1, left out 1')
  await expect(diff).toContainText('duty.amount:3.004.00')
  expect(await axeViolations(page)).toEqual([])
  await page.getByRole('button', { name: 'Leave it' }).click()
  expect(await files()).toEqual([])

  await choose()
  await page.getByTestId('take-rules').click()
  await expect(page.getByTestId('rules-origin')).toContainText('from rules-2026-12.json')
  await expect(page.getByRole('row').filter({ hasText: 'Germany' })).toContainText('4 EUR a line')
  await page.reload()
  await expect(page.getByTestId('rules-origin')).toContainText('from rules-2026-12.json')

  await page.getByRole('button', { name: 'Use the built-in rules' }).click()
  await expect(page.getByTestId('rules-origin')).toContainText('Built-in rules of Nov 23, 2026')
  await expect(page.getByRole('row').filter({ hasText: 'Germany' })).toContainText('3 EUR a line')
  expect(await files()).toEqual([])
})

test('an order says what the border asks of it, on which rules', async () => {
  await openPage(page, '/orders/to_ship')
  await page.getByRole('row').filter({ hasText: 'Germany' }).first().dblclick()
  const cost = page.getByTestId('landed-cost')
  await expect(cost).toContainText(/at least [\d.]+ EUR/)
  await cost.getByRole('button', { name: /Duty and tax, estimated/ }).press('Enter')
  await expect(cost).toContainText('Rests on Up to EUR 150: EUR 3 per tariff line')
  await expect(cost).toContainText('“EUR 2 Union handling fee per item” is weakly sourced')
  expect(await axeViolations(page)).toEqual([])
  await cost.getByRole('link', { name: 'Rules of this destination' }).click()
  await expect(rule('eu-low-flat-duty')).toBeVisible()
})

test('reads well in Chinese and in the dark', async () => {
  await runCommand(caravel.app, 'view.chinese')
  await runCommand(caravel.app, 'view.dark')
  await openPage(page, '/customs/destinations?country=NO')
  await closeNotices(page)
  await expect(rule('no-voec')).toContainText('单件 3,000 挪威克朗以下')
  expect(await axeViolations(page)).toEqual([])
})
