import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '#tests/support/app-test.ts'
import { newestRatesDay } from '#core/money/rate-days.ts'
import type { StoredRateSet } from '#renderer/data/records.ts'
import { openDemoDesk, runCommand, takePicture } from '../../scripts/demo-desk.ts'
import { axeViolations } from '#tests/e2e/axe.ts'
import { cutDemoLine, openPage } from '#tests/support/desk-walk.ts'
import type { LaunchedApp } from '#tests/support/launch-app.ts'
import { readStore } from '#tests/support/stored.ts'

/** Exchange rates under Settings: fetched by pressing a button, kept when the line is cut, and taken in from a file then. */

test.describe.configure({ mode: 'serial' })

let profile: string
let caravel: LaunchedApp
let page: Page

test.beforeAll(async () => {
  test.setTimeout(120_000)
  profile = await mkdtemp(path.join(tmpdir(), 'caravel-rates-'))
  caravel = await openDemoDesk(profile, path.join(profile, 'labels'))
  page = caravel.page
})
test.afterAll(async () => {
  await caravel.close()
  await rm(profile, { recursive: true, force: true, maxRetries: 5 })
})

const rates = () => page.getByTestId('rates')
const stored = () => readStore<StoredRateSet>(page, 'caravel-demo', 'rateSets')
const take = (name: string, text: string) =>
  rates()
    .getByLabel('Take in a file')
    .and(page.locator('input'))
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })

test('are fetched now, and say whose they are, of which day and until when', async () => {
  await openPage(page, '/settings/rates')
  await rates().getByRole('button', { name: 'Fetch now' }).click()
  await expect(rates()).toContainText('Made-up figures of the demo')
  await expect(rates()).toContainText(/Rates of\w+ \d+, \d{4} · .*Safe until\w+ \d+, \d{4}/)
  const sets = await stored()
  const newest = sets.find(({ date }) => date === newestRatesDay(Date.now()))
  for (const rate of Object.values(newest?.rates ?? { none: 'no rates' }))
    await expect(rates().getByText(rate, { exact: true }).first()).toBeVisible()
})

for (const [language, theme] of [
  ['en', 'light'],
  ['zh-CN', 'dark'],
] as const)
  test(`read well: ${language}, ${theme}`, async () => {
    await runCommand(caravel.app, language === 'en' ? 'view.english' : 'view.chinese')
    await runCommand(caravel.app, `view.${theme}`)
    await expect(page.locator('html')).toHaveAttribute('lang', language)
    await expect(page.locator('html')).toHaveClass(new RegExp(`\\b${theme}\\b`))
    expect(await axeViolations(page)).toEqual([])
    await takePicture(page, test.info().outputPath(`rates-${language}-${theme}.png`))
  })

test('stay when the line is cut, with the reason beside them, and a file does instead', async () => {
  await runCommand(caravel.app, 'view.english')
  const before = await stored()
  await cutDemoLine(page)
  await rates().getByRole('button', { name: 'Fetch now' }).click()
  await expect(rates().getByRole('status')).toContainText('The source could not be reached')
  expect(await stored()).toEqual(before)

  await take('notes.csv', 'Name,Price\nMug,12\n')
  await expect(page.getByText('This is no exchange rate file').first()).toBeVisible()
  expect(await stored()).toEqual(before)

  const day = newestRatesDay(Date.now())
  await take('eurofxref.csv', `Date,USD,QQQ,\n${day},1.2345,2,\n`)
  await expect(page.getByText('Exchange rates of 1 day added').first()).toBeVisible()
  expect((await stored()).find(({ id }) => id === `ecb:${day}`)).toMatchObject({
    ...{ from: 'file', rates: { USD: '1.2345' } },
  })
})
