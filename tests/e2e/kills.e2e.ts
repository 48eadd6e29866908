import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { expect, test } from '#tests/support/app-test.ts'
import type { Order } from '#core/order/order.ts'
import { seededRng } from '#core/shared/seeded-rng.ts'
import { makeS10 } from '#core/shipping/s10.ts'
import { installVendurePeer } from '../peers/vendure/peer.ts'
import { findImbalance, readBooks, type Books } from '#tests/support/books.ts'
import { openBusyShop, type BusyShop } from '#tests/support/busy-shop.ts'
import { openKillDesk, type KillDesk } from '#tests/support/kill-desk.ts'
import {
  completeCustoms,
  connectFirstShop,
  fillSender,
  importNumbers,
  openOrder,
  openPage,
  panel,
  unlockVault,
} from '#tests/support/desk-walk.ts'
import { readStore } from '#tests/support/stored.ts'

/**
 * The app is killed at random moments of a sync with a real Vendure, again and again on one profile: nothing is lost and
 * nothing doubled. `npm run kills -- --kills 200 [--seed N]`; a few in the whole test run. The seed gives the moments;
 * what the machine is at by then is its own affair.
 */

const KILLS = Number(process.env['CARAVEL_KILLS'] ?? 15)
const SEED = Number(process.env['CARAVEL_KILLS_SEED'] ?? Date.now() % 1_000_000)
/** The cut comes within this time after the start, or after the line came back. */
const WITHIN_MS = 3_000
const DATABASE = 'caravel'

const rng = seededRng(SEED)
const hits = new Map<string, number>()
let profile: string
let desk: KillDesk
let shop: BusyShop

test.beforeAll(async () => {
  test.setTimeout(600_000)
  await installVendurePeer()
  shop = await openBusyShop()
  profile = await mkdtemp(path.join(tmpdir(), 'caravel-kills-'))
  desk = await openKillDesk(profile, path.join(profile, 'labels'))
})
test.afterAll(async () => {
  await desk.stop()
  await shop.stop()
  await rm(profile, { recursive: true, force: true, maxRetries: 5 })
})

test(`${KILLS} kills in the middle of a sync: nothing lost, nothing doubled`, async () => {
  test.setTimeout(300_000 + KILLS * 20_000)
  say(`  seed ${SEED}: npm run kills -- --kills ${KILLS} --seed ${SEED}`)
  await setUp()
  const from = Date.now()
  /** Orders whose hand-over the person has seen on the screen. */
  const seen = new Set<string>()
  for (let round = 0; round < KILLS; round++) {
    const news = shop.live(round)
    if (rng() < 1 / 4) await killAfterStart()
    else await killAfterWork(seen)
    await news
    await shop.line.heal()
    if ((round + 1) % 25 === 0) say(`  ${round + 1} kills, ${seconds(from)} s`)
  }
  const open = [...hits].map(([operation, count]) => `${operation} ${count}`).join(', ')
  say(`  ${KILLS} kills in ${seconds(from)} s; on the line when they came: ${open || 'nothing'}`)
  await expectNothingLost(seen)
})

const say = (text: string) => void process.stdout.write(`${text}\n`)
const seconds = (from: number): string => ((Date.now() - from) / 1000).toFixed(0)

/** A connected shop, a sender, numbers, and customs facts of everything that it sells. */
async function setUp(): Promise<void> {
  const app = await desk.start()
  const { page } = app
  const { adminUser: username, adminPassword: password } = shop.peer
  await connectFirstShop(page, { baseUrl: shop.line.baseUrl, username, password })
  await fillSender(page)
  const range = { from: makeS10('RR', 30_000_000, 'CN'), to: makeS10('RR', 30_009_999, 'CN') }
  await importNumbers(page, { service: 'Registered packet', ...range })
  await openPage(page, '/orders/all')
  await expect(page.getByTestId('queue-all')).toContainText(String(shop.orders.length), { timeout: 60_000 })
  for (const { code } of shop.orders.slice(0, 6)) {
    await openOrder(page, code)
    await completeCustoms(page, () => ({
      ...{ description: 'Ceramic mug, stoneware', hs6: '691200', origin: 'CN', unitNetGrams: '150' },
    }))
  }
  await app.close()
}

/** In the middle of the repair of the store, of the first reading, of the window's coming up. */
async function killAfterStart(): Promise<void> {
  const child = await desk.startBlind()
  await sleep(rng() * WITHIN_MS)
  await cut(child)
}

/** Work without a line; the cut comes when it is back, with everything on its way and the next label being made. */
async function killAfterWork(seen: Set<string>): Promise<void> {
  await shop.line.cut()
  const app = await desk.start()
  const { page } = app
  await unlockVault(page)
  // What the kills before have left, as soon as it can be seen.
  expect(findImbalance(await readBooks(page, DATABASE))).toEqual([])
  const [first, second] = await choose(page)
  if (first !== undefined) {
    await shipToday(page, first)
    seen.add(first.number)
  }
  await shop.line.heal()
  await page.keyboard.press('Control+Shift+S')
  const more =
    second === undefined ? Promise.resolve() : shipToday(page, second).then(() => seen.add(second.number))
  // The cut comes before the page has answered, more often than not.
  const done = more.catch(() => undefined)
  await sleep(rng() * WITHIN_MS)
  await cut(app.process)
  await done
}

async function cut(child: ChildProcess): Promise<void> {
  const open = shop.openRequests()
  await desk.kill(child, rng() < 0.5 ? 'main' : 'all')
  for (const operation of new Set(open)) hits.set(operation, (hits.get(operation) ?? 0) + 1)
}

/** Orders to work on: what the kill before broke off, then the oldest. */
async function choose(page: Page): Promise<Order[]> {
  await expect(page.getByTestId('queue-all')).toBeVisible({ timeout: 60_000 })
  const orders = await readStore<Order>(page, DATABASE, 'orders')
  const open = orders.filter(({ stage, number }) => stage === 'to_ship' && !shop.doomed.has(number))
  const begun = orders.filter(({ stage }) => stage === 'label_ready')
  const taken = open.filter(({ trackingNumber }) => trackingNumber !== '')
  const fresh = open.filter(({ trackingNumber, blocked }) => trackingNumber === '' && blocked === null)
  return [...begun, ...taken, ...fresh].slice(0, 2)
}

/** Makes the label of an order and hands it over, from wherever it stands. */
async function shipToday(page: Page, order: Order): Promise<void> {
  await openPage(page, `/orders/all?order=${order.id}`)
  await expect(panel(page).getByRole('heading', { name: order.number }).first()).toBeVisible()
  const make = page.getByTestId('make-label')
  const over = page.getByTestId('hand-over')
  await expect(make.or(over).first()).toBeVisible()
  if (await make.isVisible()) await make.click()
  await over.click()
  await expect(panel(page).getByText('Handed over').first()).toBeVisible()
}

async function expectNothingLost(seen: Set<string>): Promise<void> {
  const app = await desk.start()
  const { page } = app
  await unlockVault(page)
  for (const order of (await choose(page)).filter(({ trackingNumber }) => trackingNumber !== '')) {
    await shipToday(page, order)
    seen.add(order.number)
  }
  // Once: each asking pulls everything again, and would take turns with what is to be sent.
  await page.keyboard.press('Control+Shift+S')
  await expect(async () => {
    expect(await readStore(page, DATABASE, 'outbox')).toHaveLength(0)
    expect(await readStore(page, DATABASE, 'orders')).toHaveLength(shop.orders.length)
  }).toPass({ timeout: 60_000 + KILLS * 2_000, intervals: [1_000] })
  await page.keyboard.press('Control+Shift+S')
  // The pull that a person asked for last is whole.
  await page.waitForTimeout(8_000)
  const books = await readBooks(page, DATABASE)
  expect(findImbalance(books)).toEqual([])
  expect(books.quarantine).toEqual([])
  expect(await compareWithShop(books, seen)).toEqual([])
  await app.close()
}

/** What the shop has and what the desk has, order by order, as a list of differences. */
async function compareWithShop(books: Books, seen: ReadonlySet<string>): Promise<string[]> {
  const wrong: string[] = []
  let told = 0
  for (const { code } of shop.orders) {
    const order = books.orders.find(({ number }) => number === code)
    if (order === undefined) wrong.push(`${code} is missing`)
    if (order === undefined) continue
    const remote = await shop.peer.readOrder(code)
    const parcel = books.shipments.find(
      ({ state, orderIds }) => state === 'handed_over' && orderIds.includes(order.id),
    )
    if (seen.has(code) && parcel === undefined) wrong.push(`${code} was handed over, its parcel is gone`)
    const wanted = parcel === undefined ? [] : [`Shipped ${parcel.trackingNumber}`]
    const there = remote.fulfillments.map(({ state, trackingCode }) => `${state} ${trackingCode ?? ''}`)
    if (there.join() !== wanted.join())
      wrong.push(`${code}: the shop has ${there.join(' and ') || 'nothing'}`)
    const stage = shop.cancelled.has(code) ? 'cancelled' : parcel === undefined ? 'to_ship' : 'shipped'
    if (order.stage !== stage) wrong.push(`${code} is ${order.stage} here, not ${stage}`)
    const entries = books.journal.filter(({ entityKey }) => entityKey === `order:${order.id}`)
    const count = (what: string): number => entries.filter((entry) => entry.what === what).length
    if (count('order-received') !== 1) wrong.push(`${code} was received ${count('order-received')} times`)
    const once = parcel === undefined ? 0 : 1
    for (const what of ['handed-over', 'shipment-confirmed'])
      if (count(what) !== once) wrong.push(`${code} says ${what} ${count(what)} times`)
    told += remote.fulfillments.length
  }
  if (books.orders.length !== shop.orders.length)
    wrong.push(`${books.orders.length} orders here, ${shop.orders.length} at the shop`)
  say(`  ${shop.orders.length} orders, ${told} told, ${shop.cancelled.size} cancelled`)
  return wrong
}
