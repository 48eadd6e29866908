import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import { seededRng } from '#core/shared/seeded-rng.ts'
import { createIdSource } from '#renderer/platform/ids.ts'
import { newConnection } from '#renderer/usecases/connect-shop.ts'
import { readConnectivity } from '#renderer/data/queries/connections.ts'
import { FakeShop } from '#tests/simulation/fake-shop.ts'
import { WELL_BEHAVED } from '#tests/simulation/mischief.ts'
import { bringUp, type Incarnation, type World } from '#tests/simulation/incarnation.ts'
import { runOnOneThread } from '#tests/simulation/one-thread.ts'
import { turns } from '#tests/simulation/turns.ts'
import { VirtualClock } from '#tests/simulation/virtual-clock.ts'
import { setUpDesk, SHOP, START } from '#tests/support/test-desk.ts'

// The pill tells the truth: one shop that is down is named, a line that is cut is noticed within seconds.

runOnOneThread()

const SECOND = '0000000000shop002' as ConnectionId
const THIRD = '0000000000shop003' as ConnectionId
const IDS = [SHOP, SECOND, THIRD]
let world: World<FakeShop>
let life: Incarnation
let probes: ConnectionId[]
let stories = 0

beforeEach(async () => {
  const clock = new VirtualClock(START)
  const rng = seededRng(9)
  const deps = { rng, now: clock.now, setTimer: clock.setTimer }
  const shops = new Map(IDS.map((id) => [id, new FakeShop(deps)]))
  const dbName = `probes-${++stories}-${performance.now()}`
  world = { dbName, clock, rng, newId: createIdSource(clock.now, rng), shops, defects: [] }
  life = await bringUp(world)
  probes = []
  life.ctx.host['connector.test-connection'] = ({ connectionId: asked }) => {
    const connectionId = asked as ConnectionId
    probes.push(connectionId)
    const down = shops.get(connectionId)?.mischief.down === 1
    return Promise.resolve(
      down
        ? err(issue('remote-down', { reason: 'no-connection' }))
        : ok({ accountName: 'Shop', apiVersion: '3' }),
    )
  }
  await setUpDesk(life.ctx)
  for (const id of [SECOND, THIRD])
    await life.ctx.db.connections.put(
      newConnection(id, { connectorId: 'vendure', name: id, settings: {} }, START),
    )
  await pass(2_000)
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

function cut(ids: readonly ConnectionId[], down: 0 | 1 = 1): void {
  for (const id of ids) {
    const shop = world.shops.get(id)
    if (shop) shop.mischief = { ...WELL_BEHAVED, down }
  }
}

const line = () => readConnectivity(life.ctx.db)
const unreached = async () => (await line()).unreachable.map((each) => each.connectionId)

describe('when one shop is not reached', () => {
  it('asks the others at once, and is offline when they are not reached either', async () => {
    cut(IDS)
    life.engine.syncNow(SHOP)
    await pass(1_000)
    expect(await line()).toMatchObject({ state: 'offline' })
    expect(probes.toSorted()).toEqual([SECOND, THIRD])
  })

  it('names it, stays online, and asks the others at most once a minute', async () => {
    cut([SHOP])
    for (let i = 0; i < 10; i++) {
      life.engine.syncNow(SHOP)
      await pass(3_000)
    }
    expect(await line()).toMatchObject({ state: 'online' })
    expect(await unreached()).toEqual([SHOP])
    expect(probes.toSorted()).toEqual([SECOND, THIRD])
    expect((await life.ctx.db.connections.get(SECOND))?.lastIssue).toBeNull()
  })

  it('forgets it once it is back, and all of them soon after the line is', async () => {
    cut(IDS)
    life.engine.syncNow()
    await pass(1_000)
    expect(await line()).toMatchObject({ state: 'offline' })
    cut(IDS, 0)
    life.engine.syncNow(SHOP)
    await pass(2_000)
    expect(await line()).toMatchObject({ state: 'online', unreachable: [] })
  })

  it('forgets it after a restart too, also where only a probe found it down and nobody pulls by itself', async () => {
    for (const id of IDS) await life.ctx.db.connections.update(id, { pullEveryMs: 0 })
    cut(IDS)
    life.engine.syncNow(SHOP)
    await pass(1_000)
    expect(await unreached()).toHaveLength(3)
    life.kill()
    cut(IDS, 0)
    life = await bringUp(world)
    await pass(61_000)
    expect(await line()).toMatchObject({ state: 'online', unreachable: [] })
  })
})
