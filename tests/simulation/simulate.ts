import 'fake-indexeddb/auto'
import type { ConnectionId } from '#core/shared/ids.ts'
import { seededRng } from '#core/shared/seeded-rng.ts'
import { createIdSource } from '#renderer/platform/ids.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import type { HostCalls } from '#renderer/platform/host.ts'
import { newConnection } from '#renderer/usecases/connect-shop.ts'
import { editProductCustoms } from '#renderer/usecases/edit-product-customs.ts'
import { DESK_ACTIONS, QUIET_BUYER } from '#tests/simulation/actions.ts'
import { connectCarrier } from '#tests/simulation/carrier-actions.ts'
import { FakeCarrier } from '#tests/simulation/fake-carrier.ts'
import { FakeShop } from '#tests/simulation/fake-shop.ts'
import type { World } from '#tests/simulation/incarnation.ts'
import { LISTING_ACTIONS } from '#tests/simulation/listing-actions.ts'
import { runOnOneThread } from '#tests/simulation/one-thread.ts'
import { Story } from '#tests/simulation/story.ts'
import type { Setting, StoryShop } from '#tests/simulation/story-shop.ts'
import { turns } from '#tests/simulation/turns.ts'
import { VirtualClock } from '#tests/simulation/virtual-clock.ts'
import { freshDatabase, MUG, SENDER, SHOP, START, setUpDesk } from '#tests/support/test-desk.ts'

/** What was exercised, to see that a run was no walk in the park. */
export interface SimulationStats {
  kills: number
  /** How often a window that was open already took the lead over. */
  takeovers: number
  jumps: number
  orders: number
  effects: number
  /** Texts, prices and amounts that reached a shop. */
  pushes: number
  /** Cancellations and notes that did. */
  orderWrites: number
  conflicts: number
  calls: number
  batches: number
  /** Labels that were sold, and how often one was looked for after its answer was lost. */
  purchases: number
  searches: number
  /** Labels that the carrier took back. */
  refunds: number
}

export interface SimulationReport {
  seed: number
  /** Empty when everything held. */
  breaches: string[]
  stats: SimulationStats
  /** Of everything that is stored in the end: two runs of a seed are the same story. '' when it was not asked for. */
  digest: string
}

/** Whose orders a story is about. */
export const STORY_SHOPS = [SHOP, '0000000000shop002' as ConnectionId] as const
/** Short and dense: a fault that needs a long story is rarer than one that needs many. */
const STEPS = 28

runOnOneThread()

/** One whole story of a desk, its shops and a bad line, with the real engine, real use cases and real storage code. */
export async function simulate(
  seed: number,
  { digest = true, setting = FAKE_SHOPS }: { digest?: boolean; setting?: Setting } = {},
): Promise<SimulationReport> {
  const world = makeWorld(seed, setting)
  const eye = await freshDatabase(world.dbName)
  const story = new Story(world, eye)
  try {
    await begin(world, story, eye)
    for (let i = 0; i < STEPS; i++) await story.step()
    const breaches = await story.comeToRest()
    return { seed, breaches, stats: statsOf(world, story), digest: digest ? story.digest : '' }
  } finally {
    story.end()
    await eye.delete()
  }
}

/** Two shops in memory, played by their answers. */
const FAKE_SHOPS: Setting = {
  makeShops({ rng, clock }) {
    const deps = { rng, now: clock.real, setTimer: clock.setTimer, usual: { shipTo: QUIET_BUYER } }
    return new Map(STORY_SHOPS.map((id, at) => [id, new FakeShop({ ...deps, quietClock: at === 0 })]))
  },
  restMs: 60_000,
  actions: [...DESK_ACTIONS, ...LISTING_ACTIONS],
}

function makeWorld(seed: number, { makeShops, ...rest }: Setting): World {
  const clock = new VirtualClock(START)
  const rng = seededRng(seed)
  return {
    dbName: `simulation-${seed}-${performance.now()}`,
    clock,
    rng,
    newId: createIdSource(clock.now, rng),
    shops: makeShops({ rng, clock }),
    carrier: new FakeCarrier({ rng, now: clock.real, setTimer: clock.setTimer }),
    ...rest,
    defects: [],
  }
}

/** A desk that is set up already; its first window opens, and finds two shops that it has not read yet. */
async function begin(world: World, story: Story, db: CaravelDatabase): Promise<void> {
  const { rng, newId, clock } = world
  const ctx = {
    db,
    now: clock.now,
    rng,
    newId,
    rules: { destinations: null, rates: null },
    host: {} as HostCalls,
  }
  await setUpDesk(ctx, { ...SENDER, phone: '' })
  for (const [id, { connectorId }] of world.shops)
    await db.connections.put(
      newConnection(id, { connectorId, name: `Shop ${id}`, settings: {} }, clock.now()),
    )
  await connectCarrier(ctx)
  await editProductCustoms(ctx, { sku: 'MUG', customs: MUG })
  for (const shop of world.shops.values()) shop.fill()
  const window = await story.open()
  while (window.engine === null) await turns(1)
  await window.engine.settled()
}

function statsOf({ shops, carrier }: World, story: Story): SimulationStats {
  const sum = (count: (shop: StoryShop) => number): number =>
    [...shops.values()].reduce((total, shop) => total + count(shop), 0)
  return {
    ...{ kills: story.kills, takeovers: story.takeovers, jumps: story.jumps },
    orders: sum((shop) => shop.orders.size),
    effects: sum((shop) => shop.effects.length),
    pushes: sum(({ catalogue }) => catalogue.effects.length),
    orderWrites: sum(({ orderWrites }) => orderWrites.length),
    conflicts: story.conflicts,
    calls: sum((shop) => shop.calls),
    batches: sum(({ batches = 0 }) => batches),
    purchases: carrier?.sold.length ?? 0,
    searches: carrier?.searches ?? 0,
    refunds: carrier?.refunds.length ?? 0,
  }
}
