import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ok } from '#core/shared/result.ts'
import { seededRng } from '#core/shared/seeded-rng.ts'
import { SAME_WISH_MS } from '#core/sync/schedule.ts'
import type { Priority } from '#core/sync/priority.ts'
import { UnsentJournal } from '#renderer/data/unsent/unsent-journal.ts'
import { createIdSource } from '#renderer/platform/ids.ts'
import { editProductCustoms } from '#renderer/usecases/edit-product-customs.ts'
import { makeLabel } from '#renderer/usecases/make-label.ts'
import { FakeShop } from '#tests/simulation/fake-shop.ts'
import { bringUp, type Incarnation, type World } from '#tests/simulation/incarnation.ts'
import { runOnOneThread } from '#tests/simulation/one-thread.ts'
import { turns } from '#tests/simulation/turns.ts'
import { VirtualClock } from '#tests/simulation/virtual-clock.ts'
import { handOverNow, MUG, setUpDesk, SHOP, START } from '#tests/support/test-desk.ts'

// What a person waits for goes first, a change never behind a pull, and asking often asks once.

runOnOneThread()

type Operation = 'pull-orders' | 'read-orders' | 'pull-listings' | 'confirm-shipment'
const WATCHED: readonly Operation[] = ['pull-orders', 'read-orders', 'pull-listings', 'confirm-shipment']

let world: World<FakeShop>
let life: Incarnation
let shop: FakeShop
/** What main was asked for, in order. */
let calls: { operation: Operation; priority: Priority | undefined }[]
/** Holds answers back while it is set. */
let gate: { operation: Operation; opened: Promise<void>; open: () => void } | null
let stories = 0

beforeEach(async () => {
  const clock = new VirtualClock(START)
  const rng = seededRng(9)
  shop = new FakeShop({ rng, now: clock.now, setTimer: clock.setTimer, quietClock: true })
  const dbName = `priorities-${++stories}-${performance.now()}`
  const shops = new Map([[SHOP, shop]])
  world = { dbName, clock, rng, newId: createIdSource(clock.now, rng), shops, defects: [] }
  life = await bringUp(world)
  calls = []
  gate = null
  for (const operation of WATCHED) watch(operation)
  await setUpDesk(life.ctx)
  await editProductCustoms(life.ctx, { sku: 'MUG', customs: MUG })
  await settle()
  calls = []
})

afterEach(async () => {
  gate?.open()
  await life.engine.stop()
  expect(world.defects).toEqual([])
  life.kill()
})

function watch(operation: Operation): void {
  const { host } = life.ctx
  const channel = `connector.${operation}` as const
  const call = host[channel] as (input: { priority?: Priority }) => Promise<unknown>
  const watched = async (input: { priority?: Priority }): Promise<unknown> => {
    calls.push({ operation, priority: input.priority })
    if (gate?.operation === operation) await gate.opened
    return call(input)
  }
  Object.assign(host, { [channel]: watched })
}

function holdBack(operation: Operation): void {
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => (open = resolve))
  gate = { operation, opened, open }
}

async function letGo(): Promise<void> {
  gate?.open()
  gate = null
  await settle()
}

async function settle(): Promise<void> {
  await life.engine.settled()
  await turns(10)
  await life.engine.settled()
}

async function pull(): Promise<void> {
  life.engine.syncNow()
  await settle()
}

const times = (operation: Operation): number => calls.filter((call) => call.operation === operation).length

/** An order whose shop is to be told that it was handed over, due as soon as the engine looks. */
async function handOverOne(): Promise<void> {
  const order = (await life.ctx.db.orders.toArray()).find(({ stage }) => stage === 'to_ship')
  const [pool] = await life.ctx.db.pools.toArray()
  if (order === undefined || pool === undefined) throw new Error('nothing to ship')
  await makeLabel(life.ctx, { orderId: order.id, poolId: pool.id, grossGrams: 900 })
  await handOverNow(life.ctx, [order.id])
}

it('what is due to be sent leaves before the first page of a pull that is asked for', async () => {
  shop.add()
  await pull()
  await life.engine.stop()
  await handOverOne()
  calls = []
  // Main's journal takes its time to write the lease down, and the first look finds both.
  let slow = 0
  life.ctx.db.unsent = new UnsentJournal(life.ctx.db, 'caravel', async () => {
    slow++
    await turns(60)
    return ok({})
  })
  life.engine.syncNow()
  life.engine.start()
  await settle()
  expect(slow).toBeGreaterThan(0)
  expect(calls[0]).toEqual({ operation: 'confirm-shipment', priority: 'interactive' })
  expect(times('pull-orders')).toBeGreaterThan(0)
  expect(shop.effects).toHaveLength(1)
})

it('says how urgent each call is: pages that are asked for, those of the schedule, changes by themselves', async () => {
  shop.add()
  await pull()
  const of = (operation: Operation) => calls.find((call) => call.operation === operation)?.priority
  expect([of('pull-orders'), of('pull-listings')]).toEqual(['interactive', 'pulling'])
  calls = []
  await handOverOne()
  await settle()
  expect(calls).toEqual([{ operation: 'confirm-shipment', priority: 'sending' }])
  calls = []
  while (times('pull-listings') === 0) {
    world.clock.step(60_000)
    await settle()
  }
  expect([of('pull-orders'), of('pull-listings')]).toEqual(['pulling', 'background'])
})

it('asking again while a pull is under way joins it', async () => {
  await pull()
  const pages = times('pull-orders')
  calls = []
  holdBack('pull-orders')
  life.engine.syncNow()
  await turns(30)
  expect(times('pull-orders')).toBe(1)
  for (let n = 0; n < 20; n++) {
    world.clock.step(SAME_WISH_MS / 25)
    life.engine.syncNow()
    await turns(5)
  }
  await letGo()
  expect(times('pull-orders')).toBe(pages)
})

it('what a pull cannot answer any more is asked for once more, however often somebody pressed', async () => {
  const elsewhere = shop.add()
  await pull()
  world.clock.step(60_000)
  shop.add()
  await pull()
  calls = []
  await pull()
  const pages = times('pull-orders')
  calls = []
  // It is open here and on no page any more: it is read by id after the last one.
  shop.shipElsewhere(elsewhere)
  holdBack('read-orders')
  life.engine.syncNow()
  await turns(60)
  expect([times('pull-orders'), times('read-orders')]).toEqual([pages, 1])
  for (let n = 0; n < 20; n++) {
    world.clock.step(SAME_WISH_MS)
    life.engine.syncNow()
    await turns(5)
  }
  const late = shop.add()
  await letGo()
  expect(times('pull-orders')).toBe(2 * pages)
  const place = [SHOP, late.remoteId]
  expect(await life.ctx.db.orders.where('[connectionId+remoteId]').equals(place).count()).toBe(1)
})

it('pages that follow are in time for a request during the first, and are more urgent from there on', async () => {
  await pull()
  for (let n = 0; n < 900; n++) shop.add()
  calls = []
  holdBack('pull-orders')
  while (times('pull-orders') === 0) {
    world.clock.step(60_000)
    await turns(20)
  }
  life.engine.syncNow()
  await turns(20)
  await letGo()
  const pages = calls.filter(({ operation }) => operation === 'pull-orders').map(({ priority }) => priority)
  expect(pages[0]).toBe('pulling')
  expect(pages.length).toBeGreaterThan(1)
  expect(new Set(pages.slice(1))).toEqual(new Set(['interactive']))
  // One pull: its pages, no further look after the last.
  expect(pages.length).toBeLessThan(6)
})

it('a person who never stops pressing keeps no change waiting', async () => {
  for (let n = 0; n < 4; n++) shop.add()
  await pull()
  for (let n = 0; n < 4; n++) {
    await handOverOne()
    const before = shop.effects.length
    for (let press = 0; press < 10 && shop.effects.length === before; press++) {
      life.engine.syncNow()
      await turns(15)
    }
    expect(shop.effects.length).toBe(before + 1)
  }
  await settle()
})

it('a remote that dates every change is asked for no order by its id, and not sooner than it lets itself be', async () => {
  await life.ctx.db.connections.update(SHOP, { connectorId: 'amazon', pullEveryMs: 60_000 })
  shop.add()
  await pull()
  // The first is open here, and on no page of the next pull.
  world.clock.step(60_000)
  shop.add()
  await pull()
  expect([times('pull-orders') > 1, times('read-orders')]).toEqual([true, 0])
  calls = []
  world.clock.step(4 * 60_000)
  await settle()
  expect(times('pull-orders')).toBe(0)
  world.clock.step(60_000)
  await settle()
  expect(times('pull-orders')).toBeGreaterThan(0)
})

it('a remote that gives orders one by one is asked again for a few at a time', async () => {
  await life.ctx.db.connections.update(SHOP, { connectorId: 'amazon' })
  const items = Array.from({ length: 12 }, () => {
    const { remoteId } = shop.add()
    const seen = { firstSeenAt: START, lastSeenAt: START }
    return { id: `${SHOP}:${remoteId}`, connectionId: SHOP, remoteId, reason: 'x', raw: {}, ...seen }
  })
  await life.ctx.db.quarantine.bulkAdd(items)
  calls = []
  const report = await life.engine.retryQuarantined(items.map(({ id }) => id))
  expect(report).toEqual({ readable: 12, unreadable: 0, issue: null })
  expect(times('read-orders')).toBe(2)
})
