import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from '#tests/support/app-test.ts'
import { openDemoDesk } from '../../scripts/demo-desk.ts'
import type { OrderRow } from '#core/order/order-row.ts'
import { countQueues, findImbalance, readBooks, type Books } from '#tests/support/books.ts'
import { openPage, panel } from '#tests/support/desk-walk.ts'
import type { LaunchedApp } from '#tests/support/launch-app.ts'
import { readStore } from '#tests/support/stored.ts'

/**
 * A power cut while a label is being made or a parcel handed over, ten times: whatever moment it hits, no number is used
 * twice, no order has two shipments, every parcel that left is told of once, and the counts are those of the orders.
 */

/**
 * Milliseconds between the click and the cut, for making the label and for handing over in turn. A label takes some hundreds,
 * most of them drawing; a hand-over a few.
 */
const DELAYS = [0, 0, 60, 2, 160, 4, 320, 8, 600, 30]

let profile: string
let caravel: LaunchedApp

test.beforeAll(async () => {
  profile = await mkdtemp(path.join(tmpdir(), 'caravel-kill-'))
})
test.afterAll(async () => {
  await caravel.close()
  await rm(profile, { recursive: true, force: true, maxRetries: 5 })
})

test('ten power cuts, and the books still balance', async () => {
  test.setTimeout(300_000)
  const start = (line: 'up' | 'cut') => openDemoDesk(profile, path.join(profile, 'labels'), line)
  caravel = await start('up')
  const orders = await someOrders(caravel.page, DELAYS.length / 2)
  await caravel.kill()

  for (const [round, delay] of DELAYS.entries()) {
    // Without a line, so that what was handed over stays to be counted.
    caravel = await start('cut')
    const { page } = caravel
    await expectBalance(page)
    const verb = round % 2 === 0 ? 'make-label' : 'hand-over'
    const order = orders[Math.floor(round / 2)] ?? ''
    // What the cut before broke off is done now.
    if (round > 0) await finish(page, verb === 'hand-over' ? order : (orders[round / 2 - 1] ?? ''), verb)
    await openById(page, order)
    await cutAt(caravel, page.getByTestId(verb), delay)
  }

  caravel = await start('cut')
  await finish(caravel.page, orders.at(-1) ?? '', 'make-label')
  const { shipments, outbox } = await expectBalance(caravel.page)
  const gone = shipments.filter((one) => one.state === 'handed_over')
  expect(gone.flatMap((one) => one.orderIds).sort()).toEqual([...orders].sort())
  expect(outbox.map((row) => row.entityKey).sort()).toEqual(orders.map((id) => `order:${id}`).sort())
})

/** Orders that a label can be made for at once. */
async function someOrders(page: Page, count: number): Promise<string[]> {
  const rows = await readStore<OrderRow>(page, 'caravel-demo', 'orderRows')
  return rows
    .filter((row) => row.queue === 'to_ship')
    .sort((a, b) => a.sortKey - b.sortKey)
    .slice(0, count)
    .map((row) => row.id)
}

async function openById(page: Page, id: string): Promise<void> {
  await openPage(page, `/orders/all?order=${id}`)
  await expect(panel(page).getByRole('heading', { level: 2 })).toBeVisible()
}

/** Brings an order to where `next` can be done: its label made, or handed over. */
async function finish(page: Page, order: string, next: 'make-label' | 'hand-over'): Promise<void> {
  await openById(page, order)
  const [verb, done] =
    next === 'hand-over'
      ? [page.getByTestId('make-label'), page.getByTestId('hand-over')]
      : [page.getByTestId('hand-over'), panel(page).getByText('Handed over').first()]
  await expect(verb.or(done).first()).toBeVisible()
  if (await verb.isVisible()) await verb.click()
  await expect(done).toBeVisible({ timeout: 20_000 })
}

async function cutAt(app: LaunchedApp, button: Locator, delay: number): Promise<void> {
  await expect(button).toBeEnabled()
  // Not waited for: the cut may come before the page has answered.
  const clicked = button.evaluate((element: HTMLElement) => element.click()).catch(() => undefined)
  await new Promise((resolve) => setTimeout(resolve, delay))
  await app.kill()
  await clicked
}

/** Everything that must hold after any cut, read past the app's own code. */
async function expectBalance(page: Page): Promise<Books> {
  const books = await readBooks(page, 'caravel-demo')
  const { orders, rows, shipments, outbox } = books
  const wrong = findImbalance(books)
  for (const order of orders) {
    const shipment = shipments.find((one) => one.state !== 'voided' && one.orderIds.includes(order.id))
    const gone = shipment?.state === 'handed_over'
    const told = outbox.filter((row) => row.entityKey === `order:${order.id}`).length
    if (told !== (gone ? 1 : 0)) wrong.push(`${order.number} is told of ${told} times`)
    if ((order.stage === 'handed_over') !== gone)
      wrong.push(`${order.number} is ${order.stage}, its parcel is not`)
  }
  expect(wrong).toEqual([])
  await openPage(page, '/orders/all')
  const real = countQueues(rows)
  for (const queue of ['to_ship', 'label_ready', 'handed_over'])
    await expect(page.getByTestId(`queue-${queue}`)).toHaveText(new RegExp(`\\D${real.get(queue) ?? 0}$`))
  return books
}
