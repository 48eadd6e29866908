import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '#tests/support/app-test.ts'
import { openDemoDesk, resize } from '../../scripts/demo-desk.ts'
import type { Order } from '#core/order/order.ts'
import type { Shipment } from '#core/shipping/shipment.ts'
import type { BulkJob } from '#renderer/data/bulk-records.ts'
import { openPage } from '#tests/support/desk-walk.ts'
import type { LaunchedApp } from '#tests/support/launch-app.ts'
import { readStore } from '#tests/support/stored.ts'

/** Verbs on a whole queue: what they say, what they leave alone, their way back, and a power cut in the middle of one. */

let profile: string
let caravel: LaunchedApp

const open = (line: 'up' | 'cut') => openDemoDesk(profile, path.join(profile, 'labels'), line)

test.beforeAll(async () => {
  test.setTimeout(120_000)
  profile = await mkdtemp(path.join(tmpdir(), 'caravel-bulk-'))
  await (await open('up')).close()
  // Without a line, so that nothing moves but what is done here.
  caravel = await open('cut')
  await resize(caravel, 1280, 800)
})

test.afterAll(async () => {
  await caravel.close()
  await rm(profile, { recursive: true, force: true, maxRetries: 5 })
})

const orders = (page: Page) => readStore<Order>(page, 'caravel-demo', 'orders')
const dialog = (page: Page) => page.getByTestId('bulk-dialog')
const outcome = (page: Page, words: string | RegExp) => expect(page.getByText(words).first()).toBeVisible()

async function newestJob(page: Page): Promise<BulkJob | undefined> {
  return (await readStore<BulkJob>(page, 'caravel-demo', 'bulkJobs')).sort((a, b) =>
    a.id < b.id ? 1 : -1,
  )[0]
}

/** Goes to a queue and selects all of it; answers how many that are. */
async function selectAll(page: Page, queue: string): Promise<number> {
  await openPage(page, `/orders/${queue}`)
  await expect(page.getByTestId(`queue-${queue}`)).toHaveAttribute('aria-current', 'page')
  await expect(page.locator('[role="row"][aria-rowindex="2"]')).toBeVisible()
  // Until the list of this queue is there, that of the one before is.
  await expect(async () => {
    const said = /[\d,]+/.exec(await page.getByTestId(`queue-${queue}`).innerText())?.[0].replace(',', '')
    await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', String(Number(said) + 1), {
      timeout: 500,
    })
  }).toPass({ timeout: 10_000 })
  await page.getByRole('checkbox', { name: 'Select all' }).click()
  const bar = page.getByRole('toolbar', { name: 'Selected orders' })
  await expect(bar).toContainText(/\d+ selected/)
  return Number(/([\d,]+) selected/.exec(await bar.innerText())?.[1]?.replace(',', ''))
}

test('a queue is tagged by key, and all of it is taken back from the notice', async () => {
  const { page } = caravel
  const count = await selectAll(page, 'to_ship')
  expect(count).toBeGreaterThan(20)
  await page.getByRole('grid').focus()
  await page.keyboard.press('t')
  await expect(dialog(page).getByRole('combobox')).toBeFocused()
  await page.keyboard.type('Fragile')
  await page.keyboard.press('Enter')
  await outcome(page, `Tag “Fragile”: ${count} orders changed`)
  const tagged = (await orders(page)).filter(({ tags }) => tags?.includes('Fragile'))
  expect(tagged).toHaveLength(count)
  await page.getByRole('button', { name: 'Undo' }).first().click()
  await outcome(page, `Tag “Fragile”: ${count} taken back`)
  expect((await orders(page)).filter(({ tags }) => tags !== undefined)).toEqual([])
})

test('orders that cannot be held are listed with the reason, and each can be opened', async () => {
  const { page } = caravel
  const count = await selectAll(page, 'all')
  await page.getByTestId('bulk-hold').click()
  await page.getByTestId('bulk-run').click()
  await expect(page.getByTestId('bulk-strip')).toContainText('refused')
  const job = await newestJob(page)
  expect([job?.done, (job?.changed ?? 0) + (job?.refused ?? 0)]).toEqual([count, count])
  await page.getByTestId('bulk-show').click()
  const first = page.getByTestId('bulk-results').getByRole('listitem').first()
  await expect(first).toContainText('Not possible at this stage of the order')
  const number = await first.getByRole('button').innerText()
  await first.getByRole('button').click()
  await expect(page.getByRole('complementary', { name: 'Order details' })).toContainText(number)
  await page.keyboard.press('Escape')
})

test('a queue is written to a file that the person names, and a closed dialog writes none', async () => {
  const { app, page } = caravel
  const place = path.join(profile, 'orders.csv')
  const answer = (given: object) =>
    app.evaluate(({ dialog }, canned) => {
      Object.assign(dialog, { showSaveDialog: () => Promise.resolve(canned) })
    }, given)
  const run = async () => {
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByTestId('bulk-export').click()
    await page.getByTestId('bulk-run').click()
    await expect(dialog(page)).toBeHidden()
    await page.getByRole('button', { name: 'More' }).click()
  }
  await answer({ canceled: true })
  const count = await selectAll(page, 'shipped')
  await run()
  await answer({ canceled: false, filePath: place })
  await run()
  await outcome(page, `${count} orders exported`)
  expect((await readdir(profile)).filter((name) => name.startsWith('orders.csv'))).toEqual(['orders.csv'])
  const lines = (await readFile(place, 'utf8')).trimEnd().split('\r\n')
  expect(lines[0]).toMatch(/^\uFEFFOrder,Shop,Queue/)
  expect(lines).toHaveLength(count + 1)
})

test('what was done before a restart is taken back from the list', async () => {
  await caravel.close()
  caravel = await open('cut')
  const { page } = caravel
  const held = (await orders(page)).filter((order) => order.held).length
  await page.keyboard.press('Control+k')
  await page.keyboard.type('Recent bulk')
  await page.keyboard.press('Enter')
  await page.getByTestId('bulk-list').getByRole('button', { name: 'Undo' }).first().click()
  await expect.poll(async () => (await newestJob(page))?.state).toBe('undone')
  const job = await newestJob(page)
  expect(job?.undone).toBeGreaterThan(20)
  expect([job?.undone, job?.left]).toEqual([job?.changed, 0])
  expect((await orders(page)).filter((order) => order.held)).toHaveLength(held - (job?.undone ?? 0))
  await page.keyboard.press('Escape')
})

test('labels go on by themselves after a power cut, and no number is spent twice', async () => {
  test.setTimeout(180_000)
  const count = await selectAll(caravel.page, 'to_ship')
  await caravel.page.getByTestId('bulk-label').click()
  await caravel.page.getByTestId('bulk-run').click({ timeout: 20_000 })
  await expect(caravel.page.getByTestId('bulk-strip')).toContainText(/: [3-9] of/, { timeout: 60_000 })
  await caravel.kill()

  caravel = await open('cut')
  const { page } = caravel
  expect((await newestJob(page))?.total).toBe(count)
  await expect.poll(async () => (await newestJob(page))?.state, { timeout: 120_000 }).toBe('done')
  const job = await newestJob(page)
  expect(job).toMatchObject({ done: count })
  const shipments = await readStore<Shipment>(page, 'caravel-demo', 'shipments')
  const stored = shipments.filter(({ state }) => state === 'label_stored')
  expect(stored).toHaveLength(job?.changed ?? 0)
  expect(new Set(shipments.map(({ trackingNumber }) => trackingNumber)).size).toBe(shipments.length)
  const ready = (await orders(page)).filter(({ stage }) => stage === 'label_ready')
  expect(ready).toHaveLength(job?.changed ?? 0)
})
