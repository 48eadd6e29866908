import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionId, OrderId, OutboxId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { UNDO_GRACE_MS } from '#core/sync/outbox-machine.ts'
import { err } from '#core/shared/result.ts'
import { seededRng } from '#core/shared/seeded-rng.ts'
import { createIdSource } from '#renderer/platform/ids.ts'
import { newConnection } from '#renderer/usecases/connect-shop.ts'
import { editProductCustoms } from '#renderer/usecases/edit-product-customs.ts'
import { editAddress } from '#renderer/usecases/edit-address.ts'
import { handOver } from '#renderer/usecases/hand-over.ts'
import { holdOutboxRow } from '#renderer/usecases/hold-outbox-row.ts'
import { makeLabel } from '#renderer/usecases/make-label.ts'
import { undoHandOver } from '#renderer/usecases/undo-hand-over.ts'
import { readConnectionHealth, readConnectivity } from '#renderer/data/queries/connections.ts'
import { readOutbox } from '#renderer/data/queries/outbox.ts'
import { verifyCounters } from '#renderer/data/repos/counters.repo.ts'
import { FakeShop } from '#tests/simulation/fake-shop.ts'
import { WELL_BEHAVED, type Mischief } from '#tests/simulation/mischief.ts'
import { bringUp, type Incarnation, type World } from '#tests/simulation/incarnation.ts'
import { runOnOneThread } from '#tests/simulation/one-thread.ts'
import { turns } from '#tests/simulation/turns.ts'
import { VirtualClock } from '#tests/simulation/virtual-clock.ts'
import { resolveConflict } from '#renderer/usecases/resolve-conflict.ts'
import type { Address } from '#core/address/address.ts'
import { BUYER, handOverNow, MUG, setUpDesk, SHOP, START } from '#tests/support/test-desk.ts'

runOnOneThread()

const OTHER = '0000000000shop002' as ConnectionId
let world: World<FakeShop>
let life: Incarnation
let shop: FakeShop
let stories = 0

beforeEach(async () => {
  const clock = new VirtualClock(START)
  const rng = seededRng(5)
  const deps = { rng, now: clock.now, setTimer: clock.setTimer }
  shop = new FakeShop(deps)
  const shops = new Map([
    [SHOP, shop],
    [OTHER, new FakeShop(deps)],
  ])
  world = {
    dbName: `engine-${++stories}`,
    clock,
    rng,
    newId: createIdSource(clock.now, rng),
    shops,
    defects: [],
  }
  life = await bringUp(world)
  await setUpDesk(life.ctx)
  await editProductCustoms(life.ctx, { sku: 'MUG', customs: MUG })
})

afterEach(async () => {
  await life.engine.stop()
  expect(world.defects).toEqual([])
  expect(await verifyCounters(life.ctx.db)).toEqual([])
  life.kill()
})

const behave = (change: Partial<Mischief>) => (shop.mischief = { ...WELL_BEHAVED, ...change })

async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0;) {
    left -= Math.max(1, world.clock.step(left))
    await turns(20)
    await life.engine.settled()
  }
}

async function pull(): Promise<void> {
  life.engine.syncNow()
  await pass(1_000)
}

/** An order whose label is made. */
async function labelled(): Promise<OrderId> {
  shop.add()
  await pull()
  const order = (await life.ctx.db.orders.toArray()).find(({ stage }) => stage === 'to_ship')
  const [pool] = await life.ctx.db.pools.toArray()
  if (order === undefined || pool === undefined) throw new Error('nothing to ship')
  expect(await makeLabel(life.ctx, { orderId: order.id, poolId: pool.id, grossGrams: 900 })).toMatchObject({
    ok: true,
  })
  return order.id
}

/** An order with a label that was handed over, on its way to the shop. */
async function handedOver(): Promise<OrderId> {
  const id = await labelled()
  await handOverNow(life.ctx, [id])
  return id
}

describe('pull', () => {
  it('stores pages, products of new SKUs, shadows and the place together', async () => {
    for (let i = 0; i < 450; i++) shop.add()
    await pull()
    const connection = await life.ctx.db.connections.get(SHOP)
    expect(await life.ctx.db.orders.count()).toBe(450)
    expect(await life.ctx.db.shadows.count()).toBe(450)
    expect(connection).toMatchObject({
      pageToken: null,
      lastIssue: null,
      pulling: null,
      checkpoint: { updatedAt: START },
    })
  })

  it('goes on where a kill cut it off, and an order that comes twice is one order', async () => {
    for (let i = 0; i < 900; i++) shop.add()
    behave({ shuffled: 1 })
    life.engine.syncNow()
    await turns(60)
    life.kill()
    life = await bringUp(world)
    // At once, although the shop's next turn would be in minutes.
    await pass(2_000)
    expect(await life.ctx.db.orders.count()).toBe(900)
    await pull()
    expect(await life.ctx.db.orders.count()).toBe(900)
  })

  it.each([1, 2])(
    'pulls soon after a pause of 10 s, although the clock was set back in it: %i',
    async (times) => {
      behave({ throttled: 1 })
      await pull()
      behave({})
      shop.add()
      life.engine.syncNow()
      for (let i = 0; i < times; i++) {
        world.clock.jump(-3 * 60_000)
        await pass(1_000)
      }
      expect(await life.ctx.db.orders.count()).toBe(0)
      await pass(30_000)
      expect(await life.ctx.db.orders.count()).toBe(1)
    },
  )

  it('notices that a listing was deleted, also when the clock was set back since it was seen', async () => {
    const deleted = shop.catalogue.add()
    shop.catalogue.add()
    await pull()
    world.clock.jump(-3 * 3_600_000)
    shop.catalogue.listings.delete(deleted.remoteId)
    await pull()
    expect((await life.ctx.db.listings.toArray()).map(({ state }) => state).sort()).toEqual([
      'active',
      'gone',
    ])
  })

  it('never deletes on an empty page', async () => {
    shop.add()
    await pull()
    shop.orders.clear()
    await pass(600_000)
    expect(await life.ctx.db.orders.count()).toBe(1)
  })

  it('sets unreadable items aside and takes them back when they parse', async () => {
    shop.add()
    behave({ unreadable: 1 })
    await pull()
    expect(await readConnectionHealth(life.ctx.db, SHOP)).toMatchObject({ quarantined: 1 })
    behave({})
    await pull()
    expect(await readConnectionHealth(life.ctx.db, SHOP)).toMatchObject({ quarantined: 0 })
    expect(await life.ctx.db.orders.count()).toBe(1)
  })

  it('keeps an address that was corrected here, and asks when the shop changes it as well', async () => {
    const remote = shop.add()
    await pull()
    const [order] = await life.ctx.db.orders.toArray()
    await editAddress(life.ctx, { orderId: order?.id as OrderId, address: { ...BUYER, line1: 'corrected' } })
    world.clock.step(5_000)
    shop.put({ ...remote, status: 'on_hold' })
    await pull()
    expect(await life.ctx.db.orders.toArray()).toMatchObject([
      { status: 'on_hold', shipTo: { line1: 'corrected' } },
    ])
    world.clock.step(5_000)
    shop.put({ ...remote, shipTo: { ...BUYER, line1: 'moved' } })
    await pull()
    expect(await life.ctx.db.orders.toArray()).toMatchObject([
      { shipTo: { line1: 'corrected' }, blocked: 'address-conflict' },
    ])
    const [conflict] = await life.ctx.db.conflicts.toArray()
    const line1 = (said: unknown): string => (said as Address).line1
    const [field] = conflict?.fields ?? []
    expect([field?.before, field?.here, field?.there].map(line1)).toEqual([BUYER.line1, 'corrected', 'moved'])
    const entityKey = conflict?.entityKey ?? ''
    await resolveConflict(life.ctx, { entityKey, choices: [{ field: 'shipTo', choice: 'theirs' }] })
    await pull()
    expect(await life.ctx.db.conflicts.count()).toBe(0)
    expect(await life.ctx.db.orders.toArray()).toMatchObject([{ shipTo: { line1: 'moved' }, blocked: null }])
  })

  it('waits as long as the shop asks, also when a person asks for a pull', async () => {
    behave({ throttled: 1 })
    await pull()
    const calls = shop.calls
    behave({})
    life.engine.syncNow()
    await pass(5_000)
    expect(shop.calls).toBe(calls)
    await pass(10_000)
    expect(shop.calls).toBeGreaterThan(calls)
  })
})

describe('push', () => {
  it('tells the shop once, and the order is shipped', async () => {
    const id = await handedOver()
    await pass(1_000)
    expect(shop.effects).toHaveLength(1)
    expect(await readOutbox(life.ctx.db)).toEqual([])
    expect(await life.ctx.db.orders.get(id)).toMatchObject({ stage: 'shipped', status: 'shipped' })
  })

  it('keeps a new change here for a moment, so that it can be undone with the line up', async () => {
    const undone = await labelled()
    await handOver(life.ctx, { orderIds: [undone] })
    await pass(UNDO_GRACE_MS - 500)
    expect(shop.effects).toEqual([])
    expect(await undoHandOver(life.ctx, { orderId: undone })).toMatchObject({ ok: true })
    await handOver(life.ctx, { orderIds: [undone] })
    await pass(UNDO_GRACE_MS + 500)
    expect(shop.effects).toHaveLength(1)
  })

  it.each(['lostAnswer', 'lateWrite', 'lostRequest'] as const)(
    'reads back before it tells again: %s',
    async (kind) => {
      behave({ [kind]: 1 })
      await handedOver()
      await pass(500)
      expect(await readOutbox(life.ctx.db)).toMatchObject([{ state: 'waiting', inFlight: true }])
      behave({})
      await pass(60_000)
      expect(shop.effects).toHaveLength(1)
      expect(await readOutbox(life.ctx.db)).toEqual([])
    },
  )

  it('waits for a write that is late, although the clock was set forward meanwhile', async () => {
    behave({ lateWrite: 1 })
    await handedOver()
    await pass(UNDO_GRACE_MS)
    behave({})
    world.clock.jump(3_600_000)
    life.engine.kick()
    await life.engine.settled()
    await pass(60_000)
    expect(shop.effects).toHaveLength(1)
    expect(await readOutbox(life.ctx.db)).toEqual([])
  })

  it('waits for what an earlier window was sending, although the clock was set forward meanwhile', async () => {
    behave({ lateWrite: 1 })
    await handedOver()
    await pass(UNDO_GRACE_MS)
    behave({})
    life.kill()
    world.clock.jump(3_600_000)
    life = await bringUp(world)
    await life.engine.settled()
    await pass(60_000)
    expect(shop.effects).toHaveLength(1)
    expect(await readOutbox(life.ctx.db)).toEqual([])
  })

  it('does not forget or repeat what a kill in mid-call left open', async () => {
    for (let after = 0; after < 40; after += 3) {
      const before = shop.effects.length
      await handedOver()
      life.engine.kick()
      await turns(after)
      life.kill()
      life = await bringUp(world)
      await life.engine.settled()
      await pass(200_000)
      expect(shop.effects.length, `kill after ${after} turns`).toBe(before + 1)
      expect(await readOutbox(life.ctx.db)).toEqual([])
    }
  })

  it('stops only the shop that asks for sign-in', async () => {
    await life.ctx.db.connections.put(
      newConnection(OTHER, { connectorId: 'vendure', name: 'Other', settings: {} }, START),
    )
    await handedOver()
    await pass(1_000)
    shop.signedOut = true
    shop.add()
    world.shops.get(OTHER)?.add()
    await pull()
    expect(await life.ctx.db.connections.get(SHOP)).toMatchObject({
      needsSignIn: true,
      lastIssue: { code: 'auth' },
    })
    expect(await life.ctx.db.connections.get(OTHER)).toMatchObject({ needsSignIn: false, lastIssue: null })
    expect(await life.ctx.db.orders.where('[connectionId+remoteId]').equals([OTHER, '1']).count()).toBe(1)
  })

  it('a locked vault here is no refused sign-in there, and no busy loop', async () => {
    let calls = 0
    const locked = () => {
      calls++
      return Promise.resolve(err(issue('auth', { reason: 'vault-locked' })))
    }
    await life.engine.stop()
    await life.ctx.db.connections.update(SHOP, { lastPullAt: null })
    life.ctx.host['connector.pull-orders'] = locked
    life.engine.start()
    await pass(30_000)
    expect(await life.ctx.db.connections.get(SHOP)).toMatchObject({ needsSignIn: false })
    expect(calls).toBeLessThan(10)
  })

  it('sends nothing that a person keeps back', async () => {
    const id = await handedOverWithoutEngine()
    const [row] = await readOutbox(life.ctx.db)
    await holdOutboxRow(life.ctx, { id: row?.id as OutboxId })
    life.engine.start()
    await pass(60_000)
    expect(shop.effects).toEqual([])
    expect(await life.ctx.db.orders.get(id)).toMatchObject({ stage: 'handed_over' })
  })

  it('says offline when no shop can be reached, and online with the first call that goes through', async () => {
    behave({ down: 1 })
    await pull()
    expect(await readConnectivity(life.ctx.db)).toMatchObject({ state: 'offline' })
    behave({})
    life.engine.online(true)
    await pass(10_000)
    expect(await readConnectivity(life.ctx.db)).toMatchObject({ state: 'online' })
  })
})

async function handedOverWithoutEngine(): Promise<OrderId> {
  shop.add()
  await pull()
  await life.engine.stop()
  const [order] = await life.ctx.db.orders.toArray()
  const [pool] = await life.ctx.db.pools.toArray()
  await makeLabel(life.ctx, { orderId: order?.id as OrderId, poolId: pool?.id as never, grossGrams: 900 })
  await handOverNow(life.ctx, [order?.id as OrderId])
  return order?.id as OrderId
}
