import 'fake-indexeddb/auto'
import type { ConnectionId } from '#core/shared/ids.ts'
import { seededRng } from '#core/shared/seeded-rng.ts'
import { compareCheckpoints, type PullCheckpoint } from '#core/sync/checkpoint.ts'
import { createIdSource } from '#renderer/platform/ids.ts'
import { newConnection } from '#renderer/usecases/connect-shop.ts'
import { answerAlarm } from '#renderer/usecases/answer-alarm.ts'
import { releaseOutboxRow } from '#renderer/usecases/release-outbox-row.ts'
import { editProductCustoms } from '#renderer/usecases/edit-product-customs.ts'
import { DESK_ACTIONS, signInEverywhere, stirLine, stirShop } from '#tests/simulation/actions.ts'
import { FakeShop, WELL_BEHAVED } from '#tests/simulation/fake-shop.ts'
import { bringUp, type Incarnation, type World } from '#tests/simulation/incarnation.ts'
import { findBreaches } from '#tests/simulation/invariants.ts'
import { runOnOneThread } from '#tests/simulation/one-thread.ts'
import { turns } from '#tests/simulation/turns.ts'
import { VirtualClock } from '#tests/simulation/virtual-clock.ts'
import { MUG, SHOP, START, setUpDesk } from '#tests/support/test-desk.ts'

export interface SimulationReport {
  seed: number
  /** Empty when everything held. */
  breaches: string[]
  /** What was exercised, to see that a run was no walk in the park. */
  stats: { kills: number; orders: number; effects: number; calls: number }
}

const SECOND_SHOP = '0000000000shop002' as ConnectionId
/** Short and dense: a fault that needs a long story is rarer than one that needs many. */
const STEPS = 32

runOnOneThread()

/** One whole story of a desk, its shops and a bad line, with the real engine, real use cases and real storage code. */
export async function simulate(seed: number): Promise<SimulationReport> {
  const world = makeWorld(seed)
  const story = new Story(world, await firstLife(world))
  for (let i = 0; i < STEPS; i++) await story.step()
  const breaches = await story.comeToRest()
  const shops = [...world.shops.values()]
  const sum = (count: (shop: FakeShop) => number): number =>
    shops.reduce((total, shop) => total + count(shop), 0)
  story.life.kill()
  return {
    seed,
    breaches,
    stats: {
      kills: story.kills,
      orders: sum((s) => s.orders.size),
      effects: sum((s) => s.effects.length),
      calls: sum((s) => s.calls),
    },
  }
}

function makeWorld(seed: number): World {
  const clock = new VirtualClock(START)
  const rng = seededRng(seed)
  const deps = { rng, now: clock.now, setTimer: clock.setTimer }
  const shops = new Map(
    [SHOP, SECOND_SHOP].map((id) => [id, new FakeShop({ ...deps, quietClock: id === SHOP })]),
  )
  return {
    dbName: `simulation-${seed}-${performance.now()}`,
    clock,
    rng,
    newId: createIdSource(clock.now, rng),
    shops,
    defects: [],
  }
}

async function firstLife(world: World): Promise<Incarnation> {
  const life = await bringUp(world)
  await setUpDesk(life.ctx)
  await life.ctx.db.connections.put(
    newConnection(SECOND_SHOP, { connectorId: 'vendure', name: 'Second', settings: {} }, world.clock.now()),
  )
  await editProductCustoms(life.ctx, { sku: 'MUG', customs: MUG })
  // Not from nothing: there are orders on the desk when the trouble begins.
  for (const shop of world.shops.values()) for (let i = 0; i < 5; i++) shop.add()
  life.engine.syncNow()
  await life.engine.settled()
  return life
}

class Story {
  life: Incarnation
  kills = 0
  readonly #world: World
  readonly #breaches: string[] = []
  readonly #furthest = new Map<string, PullCheckpoint>()

  constructor(world: World, life: Incarnation) {
    this.#world = world
    this.life = life
  }

  async step(): Promise<void> {
    const { rng } = this.#world
    const dice = rng()
    if (dice < 0.25) stirShop(this.#world)
    else if (dice < 0.35) stirLine(this.#world)
    else if (dice < 0.75) await this.#actAtTheDesk()
    else if (dice < 0.8) this.life.engine.syncNow()
    else if (dice < 0.82) await this.#answerAlarms()
    else if (dice < 0.84) await signInEverywhere(this.life, this.#world)
    else if (dice < 0.87) await this.#kill()
    await turns(Math.floor(rng() * 20))
    if (rng() < 0.6) this.#world.clock.step(Math.floor(rng() * 60_000))
    await this.#watchCheckpoints()
  }

  /** Heals everything, then lets time pass until nothing is left to do. */
  async comeToRest(): Promise<string[]> {
    for (const shop of this.#world.shops.values()) shop.mischief = WELL_BEHAVED
    await signInEverywhere(this.life, this.#world)
    for (const { id, held } of await this.life.ctx.db.outbox.toArray())
      if (held) await releaseOutboxRow(this.life.ctx, { id })
    for (let i = 0; i < 40 && (i < 2 || (await this.#isBusy())); i++) {
      await this.#answerAlarms()
      this.life.engine.syncNow()
      await this.life.engine.settled()
      await turns(20)
      for (let left = 60_000; left > 0;) left -= Math.max(1, this.#world.clock.step(left))
      await this.life.engine.settled()
    }
    await this.#watchCheckpoints()
    const defects = this.#world.defects.map(
      (error) => `defect: ${error instanceof Error ? error.stack : String(error)}`,
    )
    return [...this.#breaches, ...defects, ...(await findBreaches(this.life.ctx.db, this.#world.shops))]
  }

  /** A person looks at what a pull was stopped for, and takes it. */
  async #answerAlarms(): Promise<void> {
    for (const { id, alarm } of await this.life.ctx.db.connections.toArray())
      if (alarm !== undefined) await answerAlarm(this.life.ctx, { connectionId: id, take: true })
  }

  /** Rows that only a person can move on do not count. */
  async #isBusy(): Promise<boolean> {
    const rows = await this.life.ctx.db.outbox.toArray()
    return rows.some(({ state }) => state === 'queued' || state === 'leased' || state === 'waiting')
  }

  /** Half of the time the next thing happens while this one is still under way. */
  async #actAtTheDesk(): Promise<void> {
    const { rng, defects } = this.#world
    const act = DESK_ACTIONS[Math.floor(rng() * DESK_ACTIONS.length)]
    const { ctx } = this.life
    const done = act?.(ctx, rng).catch((error: unknown) => {
      if (ctx === this.life.ctx && ctx.db.isOpen()) defects.push(error)
    })
    if (rng() < 0.6) await Promise.race([done, turns(200)])
  }

  async #kill(): Promise<void> {
    this.kills++
    this.life.kill()
    await turns(5)
    this.life = await bringUp(this.#world)
  }

  async #watchCheckpoints(): Promise<void> {
    for (const { id, checkpoint } of await this.life.ctx.db.connections.toArray()) {
      const before = this.#furthest.get(id)
      if (before !== undefined && (checkpoint === null || compareCheckpoints(checkpoint, before) < 0))
        this.#breaches.push(`checkpoint of ${id} moved back`)
      if (checkpoint !== null) this.#furthest.set(id, checkpoint)
    }
  }
}
