import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '#tests/support/app-test.ts'
import { openDemoDesk, resize } from '../../scripts/demo-desk.ts'
import { panel } from '#tests/support/desk-walk.ts'
import type { LaunchedApp } from '#tests/support/launch-app.ts'

/** What a list draws: cells under their headers, and every row that is on the screen, however it got there. */

let profile: string
let caravel: LaunchedApp
let page: Page

test.beforeAll(async () => {
  test.setTimeout(120_000)
  profile = await mkdtemp(path.join(tmpdir(), 'caravel-table-'))
  caravel = await openDemoDesk(profile, path.join(profile, 'labels'))
  page = caravel.page
  await page.evaluate(() => (location.hash = '#/orders/all'))
  await expect(page.locator('[role="row"][aria-rowindex="2"]')).toBeVisible()
})

test.afterAll(async () => {
  await caravel.close()
  await rm(profile, { recursive: true, force: true, maxRetries: 5 })
})

/** How far the cells of the drawn rows are from the headers they belong to, in px: the worst of all. */
const farthestFromHeader = () =>
  page.locator('[role="grid"]').evaluate((grid) => {
    const edges = (cells: Iterable<Element>) =>
      [...cells].map((cell) => cell.getBoundingClientRect()).flatMap(({ left, right }) => [left, right])
    const headers = edges(grid.querySelectorAll('[role="columnheader"]'))
    const lines = [...grid.querySelectorAll('[role="row"] > [role="presentation"]')]
    const away = lines.flatMap((line) =>
      edges(line.children).map((edge, i) => Math.abs(edge - (headers[i] ?? 0))),
    )
    return {
      lines: lines.length,
      cells: away.length / Math.max(1, lines.length),
      headers: headers.length,
      away: Math.max(...away),
    }
  })

async function expectUnderHeaders(): Promise<void> {
  await expect.poll(async () => (await farthestFromHeader()).away).toBeLessThan(0.5)
  const { lines, cells, headers } = await farthestFromHeader()
  expect(lines).toBeGreaterThan(10)
  expect(cells).toBe(headers)
}

test('cells stand under their headers in every width, and when columns go and come', async () => {
  for (const width of [1440, 1024, 1280]) {
    await resize(caravel, width, 800)
    await expectUnderHeaders()
  }
  await page.locator('[role="row"][aria-rowindex="3"]').click()
  await expect(panel(page)).toBeVisible()
  await expectUnderHeaders()
  await page.keyboard.press('Escape')
  await expect(panel(page)).toBeHidden()
  await expectUnderHeaders()
})

/** The height of the list that no row covers, in px. */
const uncovered = () =>
  page.locator('[role="grid"]').evaluate((grid) => {
    const seen = grid.getBoundingClientRect()
    const top = seen.top + 28
    const rows = [...grid.querySelectorAll('[aria-rowindex]:not([aria-rowindex="1"])')]
    const covered = rows.map((row) => {
      const { top: from, bottom: to } = row.getBoundingClientRect()
      return Math.max(0, Math.min(to, seen.bottom) - Math.max(from, top))
    })
    return Math.round(seen.bottom - top - covered.reduce((sum, height) => sum + height, 0))
  })

test('a list is full after a jump, a change of the list and a larger window', async () => {
  await page.locator('[role="grid"]').focus()
  for (const key of ['End', 'Home', 'PageDown', 'PageDown', 'Home']) {
    await page.keyboard.press(key)
    await expect.poll(uncovered).toBeLessThanOrEqual(1)
  }
  await page.getByTestId('queue-to_ship').click()
  await expect(page.getByTestId('queue-to_ship')).toHaveAttribute('aria-current', 'page')
  await expect.poll(uncovered).toBeLessThanOrEqual(1)
  await resize(caravel, 1440, 1150)
  await expect.poll(uncovered).toBeLessThanOrEqual(1)
})
