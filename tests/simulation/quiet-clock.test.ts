import 'fake-indexeddb/auto'
import type { DBCoreTable } from 'dexie'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Order, RemoteOrder } from '#core/order/order.ts'
import { issue } from '#core/shared/issue.ts'
import { err } from '#core/shared/result.ts'
import { seededRng } from '#core/shared/seeded-rng.ts'
import { createIdSource } from '#renderer/platform/ids.ts'
import { editProductCustoms } from '#renderer/usecases/edit-product-customs.ts'
import { makeLabel } from '#renderer/usecases/make-label.ts'
import { readOrder, isOrderDetail } from '#renderer/data/queries/order-detail.ts'
import { FakeShop } from '#tests/simulation/fake-shop.ts'
import { bringUp, type Incarnation, type World } from '#tests/simulation/incarnation.ts'
import { runOnOneThread } from '#tests/simulation/one-thread.ts'
import { turns } from '#tests/simulation/turns.ts'
import { VirtualClock } from '#tests/simulation/virtual-clock.ts'
import { handOverNow, MUG, setUpDesk, SHOP, START } from '#tests/support/test-desk.ts'

// A shop whose time of change stays where it was when an order is paid, shipped or held, as Vendure's does.

runOnOneThread()

let world: World<FakeShop>
let life: Incarnation
let shop: FakeShop
let stories = 0

beforeEach(async () => {
  const clock = new VirtualClock(START)
  const rng = seededRng(7)
  shop = new FakeShop({ rng, now: clock.now, setTimer: clock.setTimer, quietClock: true })
  const shops = new Map([[SHOP, shop]])
  const dbName = `quiet-${++stories}-${performance.now()}`
  world = { dbName, clock, rng, newId: createIdSource(clock.now, rng), shops, defects: [] }
  life = await bringUp(world)
  await setUpDesk(life.ctx)
  await editProductCustoms(life.ctx, { sku: 'MUG', customs: MUG })
})

afterEach(async () => {
  await life.engine.stop()
  expect(world.defects).toEqual([])
  life.kill()
})

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

/** An order that is here, and so far behind the checkpoint that no page by time of change shows it again. */
async function receive(): Promise<RemoteOrder> {
  const remote = shop.add()
  await pull()
  await pass(5_000)
  shop.add()
  await pull()
  return remote
}

async function local({ remoteId }: Pick<RemoteOrder, 'remoteId'>): Promise<Order> {
  const found = await life.ctx.db.orders.where('[connectionId+remoteId]').equals([SHOP, remoteId]).first()
  if (found === undefined) throw new Error(`no order ${remoteId}`)
  return found
}

async function label(remote: RemoteOrder): Promise<Order> {
  const order = await local(remote)
  const [pool] = await life.ctx.db.pools.toArray()
  if (pool === undefined) throw new Error('no pool')
  expect(await makeLabel(life.ctx, { orderId: order.id, poolId: pool.id, grossGrams: 900 })).toMatchObject({
    ok: true,
  })
  return order
}

async function checkpoint() {
  return (await life.ctx.db.connections.get(SHOP))?.checkpoint
}

describe('a shop with a quiet clock', () => {
  it('shows an order whose buyer hesitated at the next pull', async () => {
    shop.addCart()
    await pass(60_000)
    shop.add()
    await pull()
    const before = await checkpoint()
    shop.payCart()
    await pull()
    expect(await local({ remoteId: '1' })).toMatchObject({ stage: 'to_ship' })
    expect(await checkpoint()).toEqual(before)
  })

  it.each(['to_ship', 'label_ready', 'handed_over'] as const)(
    'shows that somebody else shipped an order that was %s here',
    async (stage) => {
      const remote = await receive()
      if (stage !== 'to_ship') await label(remote)
      if (stage === 'handed_over') {
        shop.mischief = { ...shop.mischief, lostRequest: 1 }
        await handOverNow(life.ctx, [(await local(remote)).id])
      }
      expect(await local(remote)).toMatchObject({ stage })
      const before = await checkpoint()
      shop.shipElsewhere(remote)
      await pull()
      expect(await local(remote)).toMatchObject({
        stage: 'shipped',
        status: 'shipped',
        remoteUpdatedAt: remote.updatedAt,
      })
      expect(await checkpoint()).toEqual(before)
      expect(shop.effects).toEqual([])
    },
  )

  it('reads more open orders than fit in one call', async () => {
    const remotes = Array.from({ length: 450 }, () => shop.add())
    await receive()
    for (const remote of remotes) shop.shipElsewhere(remote)
    const callsBefore = shop.calls
    await pull()
    const shipped = (await life.ctx.db.orders.toArray()).filter(({ stage }) => stage === 'shipped')
    expect(shipped).toHaveLength(450)
    // Changes, sweep, three reads, and a look at the listings.
    expect(shop.calls - callsBefore).toBe(6)
  })

  it('does not undo local progress by an older state with the same time of change', async () => {
    const remote = await receive()
    const { id } = await label(remote)
    shop.move({ ...remote, status: 'on_hold' })
    await pull()
    expect(await local(remote)).toMatchObject({
      stage: 'label_ready',
      status: 'on_hold',
      blocked: 'on-hold-remote',
    })
    shop.move(remote)
    await pull()
    expect(await local(remote)).toMatchObject({ stage: 'label_ready', status: 'to_ship', blocked: null })
    await handOverNow(life.ctx, [id])
    await pull()
    expect(await local(remote)).toMatchObject({ stage: 'shipped' })
    expect(shop.effects).toHaveLength(1)
  })

  it('does not reopen an order by a page that was asked for before our own confirmation came back', async () => {
    const remote = await receive()
    const { id } = await label(remote)
    const old = shop.pull({ checkpoint: null, pageToken: null, pageSize: 200 })
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    const pulls = life.ctx.host
    const fresh = pulls['connector.pull-orders']
    let asked = 0
    pulls['connector.pull-orders'] = async (input) => {
      if (asked++ > 0) return fresh(input)
      await held
      return old
    }
    life.engine.syncNow()
    await turns(20)
    expect(asked).toBe(1)
    await handOverNow(life.ctx, [id])
    life.engine.kick()
    for (let i = 0; i < 100 && (await local(remote)).stage !== 'shipped'; i++) await turns(5)
    const written: unknown[] = []
    const { core } = life.ctx.db.orders as unknown as { core: DBCoreTable }
    const mutate = core.mutate
    core.mutate = (request) => {
      if ('values' in request) written.push(...request.values.map(({ stage }: Order) => stage))
      return mutate.call(core, request)
    }
    release()
    await pass(1_000)
    expect(written.filter((stage) => stage !== 'shipped')).toEqual([])
    expect(await local(remote)).toMatchObject({ stage: 'shipped', status: 'shipped' })
    expect(shop.effects).toHaveLength(1)
  })

  it('keeps an order that the shop no longer has, and says so once', async () => {
    const remote = await receive()
    shop.orders.clear()
    await pull()
    await pull()
    const order = await local(remote)
    expect(order).toMatchObject({ stage: 'to_ship', status: 'to_ship' })
    const detail = await readOrder(life.ctx.db, order.id)
    if (!isOrderDetail(detail)) throw new Error('no detail')
    expect(detail.activity.filter(({ what }) => what === 'remote-missing')).toHaveLength(1)
  })

  it('ends well with a connector that cannot read by id, and says what else went wrong', async () => {
    const remote = await receive()
    shop.shipElsewhere(remote)
    shop.read = () => err(issue('unsupported', { reason: 'no-such-operation' }))
    await pull()
    expect(await life.ctx.db.connections.get(SHOP)).toMatchObject({ lastIssue: null, pulling: null })
    shop.read = () => err(issue('remote-down', { reason: 'server-error' }))
    await pull()
    expect(await life.ctx.db.connections.get(SHOP)).toMatchObject({
      lastIssue: { code: 'remote-down' },
      pulling: null,
    })
  })
})
