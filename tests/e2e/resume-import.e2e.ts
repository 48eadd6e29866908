import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '#tests/support/app-test.ts'
import { writeSeededWorkspace } from '../../scripts/seed/write-seeded-workspace.ts'
import { openPage } from '#tests/support/desk-walk.ts'
import { beginReplace, imports, unlockFile } from '#tests/support/import-walk.ts'
import { launchApp, type LaunchedApp } from '#tests/support/launch-app.ts'

/** The import of a seeded workspace: killed in the middle, gone on with, stopped by hand, gone on with, complete. */

const PASSPHRASE = 'correct horse battery'
const ORDERS = 9000

let folder: string
let place: string
let caravel: LaunchedApp

const start = async () => (caravel = await launchApp({ userDataDir: path.join(folder, 'profile') }))
const job = (page: Page) => page.getByTestId('storage-job')
const unfinished = (page: Page) => page.getByTestId('unfinished-import')

test.beforeAll(async () => {
  test.setTimeout(120_000)
  folder = await mkdtemp(path.join(tmpdir(), 'caravel-resume-'))
  place = path.join(folder, 'desk.caravel')
  const size = { orders: ORDERS, products: 1500, now: Date.now(), seed: 5 }
  await writeSeededWorkspace({ ...size, place, passphrase: PASSPHRASE, cost: 2 ** 14 })
  await start()
})
test.afterAll(async () => {
  await caravel.close()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

/** Records that the import has come to, by its own word. */
async function doneSoFar(page: Page): Promise<number> {
  const text = await unfinished(page).innerText()
  return Number(/: ([\d,]+) of/.exec(text)?.[1]?.replaceAll(',', '') ?? NaN)
}

/** Waits until the import shows that so many percent are written. */
async function waitForShare(page: Page, percent: number): Promise<void> {
  await expect
    .poll(async () => Number(/Importing, (\d+)/.exec(await job(page).innerText())?.[1] ?? 0), {
      timeout: 60_000,
      intervals: [20],
    })
    .toBeGreaterThanOrEqual(percent)
}

/** What the strip of the job says, each time it says something else: the last step is short. */
function noteSteps(): void {
  const steps: string[] = []
  Object.assign(globalThis, { steps })
  new MutationObserver(() => {
    const text = document.querySelector('[data-testid="storage-job"]')?.textContent
    if (text && text !== steps.at(-1)) steps.push(text)
  }).observe(document, { childList: true, subtree: true, characterData: true })
}

test('an import that is cut off goes on where it stopped', async () => {
  test.setTimeout(180_000)
  await unlockFile(caravel, { place, passphrase: PASSPHRASE })
  await expect(imports(caravel.page).getByText(/9,000 orders/)).toBeVisible()
  await beginReplace(caravel.page)
  await waitForShare(caravel.page, 25)
  await caravel.kill()

  let { page } = await start()
  await openPage(page, '/settings/storage')
  await expect(unfinished(page)).toContainText('desk.caravel stopped at')
  const first = await doneSoFar(page)
  expect(first).toBeGreaterThan(0)
  await unlockFile(caravel, { place, passphrase: PASSPHRASE, verb: 'Continue…' })
  await expect(imports(page).getByText('This file goes on where its import stopped.')).toBeVisible()
  await beginReplace(page)
  await waitForShare(page, 50)
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(unfinished(page)).toBeVisible({ timeout: 30_000 })
  expect(await doneSoFar(page)).toBeGreaterThanOrEqual(first)

  await unlockFile(caravel, { place, passphrase: PASSPHRASE, verb: 'Continue…' })
  await page.addInitScript(noteSteps)
  await Promise.all([page.waitForEvent('load', { timeout: 90_000 }), beginReplace(page)])
  page = caravel.page
  await expect(page.getByText('Imported; the search index is ready').first()).toBeVisible({ timeout: 30_000 })
  expect(await page.evaluate(() => (globalThis as { steps?: string[] }).steps?.join('\n'))).toMatch(
    /Last step: building the search index, \d+%: [\d,]+ of 9,000 orders/,
  )
  await expect(job(page)).toBeHidden()
  await openPage(page, '/orders/all')
  await expect(page.getByTestId('queue-all')).toContainText('9,000', { timeout: 30_000 })
  await openPage(page, '/settings/storage')
  await expect(imports(page)).toBeVisible()
  await expect(unfinished(page)).toBeHidden()
})
