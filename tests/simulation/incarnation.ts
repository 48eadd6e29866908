import type { OperationInput, OperationName, OperationOutput } from '#core/contracts/operations.ts'
import type { ConnectionId } from '#core/shared/ids.ts'
import type { IdSource, Rng } from '#core/shared/ports.ts'
import { issue } from '#core/shared/issue.ts'
import { err, type Result } from '#core/shared/result.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { createSyncEngine, type SyncEngine } from '#renderer/sync/engine.ts'
import type { BatchLimits } from '#core/sync/choose-batches.ts'
import { whileLeading } from '#renderer/platform/leader.ts'
import type { HostCalls } from '#renderer/platform/host.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { fakeMain, freshDatabase } from '#tests/support/test-desk.ts'
import type { FakeLocks } from '#tests/simulation/fake-locks.ts'
import { carrierLine, type FakeCarrier } from '#tests/simulation/fake-carrier.ts'
import type { DeskAction, StoryShop } from '#tests/simulation/story-shop.ts'
import { turns } from '#tests/simulation/turns.ts'
import type { VirtualClock } from '#tests/simulation/virtual-clock.ts'

export interface World<S extends StoryShop = StoryShop> {
  dbName: string
  clock: VirtualClock
  rng: Rng
  newId: IdSource
  shops: ReadonlyMap<ConnectionId, S>
  /** Where labels are bought, in stories that do. */
  carrier?: FakeCarrier
  /** See Setting. */
  restMs?: number
  actions?: readonly DeskAction[]
  batch?: BatchLimits
  /** Errors that the engine reported although nothing was killed. */
  defects: unknown[]
}

/** One life of a window: a connection to the database and a desk; ended by a kill, never by saying goodbye. */
export interface Life {
  ctx: UseCaseContext
  readonly dead: boolean
  /** Resolves when it dies. */
  died: Promise<void>
  /** Dies at its n-th step from now, where a step is an answer of the storage, the begin or end of a transaction, or a call to main. */
  dieAfter(steps: number | null): void
  /** From here on no call of this life comes back and nothing is written; what main was doing goes on. */
  kill(): void
}

export interface Incarnation extends Life {
  engine: SyncEngine
}

/** A window among others: only the one that leads has an engine. */
export interface DeskWindow extends Life {
  engine: SyncEngine | null
  /** Gives the lead to another window, if it had it. */
  resign(): Promise<void>
}

/** A life whose engine runs at once. */
export async function bringUp(world: World): Promise<Incarnation> {
  // Every other kill takes main along; else what main was doing may still arrive.
  const aliveSince = world.rng() < 0.5 ? world.clock.now() : 0
  const life = await beginLife(world)
  const engine = engineOf(world, life, aliveSince)
  engine.start()
  return Object.assign(life, { engine })
}

/** A life that waits for its turn to lead, as the app's own windows do. */
export async function openWindow(world: World, locks: FakeLocks, aliveSince: number): Promise<DeskWindow> {
  const life = await beginLife(world)
  const window: DeskWindow = Object.assign(life, { engine: null, resign: () => Promise.resolve() })
  const lead = (): (() => Promise<void>) => {
    const engine = engineOf(world, life, aliveSince)
    window.engine = engine
    engine.start()
    return async () => {
      await engine.stop()
      window.engine = null
    }
  }
  window.resign = whileLeading(`caravel-sync:${world.dbName}`, lead, locks.of(window))
  void life.died.then(() => locks.release(window))
  return window
}

async function beginLife(world: World): Promise<Life> {
  const db = await freshDatabase(world.dbName)
  let fuse: number | null = null
  let tellDeath = (): void => undefined
  const died = new Promise<void>((resolve) => (tellDeath = resolve))
  let dead = false
  const kill = (): void => {
    if (dead) return
    dead = true
    crash(db)
    tellDeath()
  }
  const step = (): void => {
    if (fuse !== null && --fuse <= 0) kill()
  }
  // Only the database in memory has a beat; on the real one lives end between turns.
  Object.assign(db, { beat: step })
  const life: Life = {
    ctx: {
      ...{ db, now: world.clock.now, rng: world.rng, newId: world.newId },
      rules: { destinations: null, rates: null },
      host: {} as HostCalls,
    },
    get dead() {
      return dead
    },
    died,
    dieAfter: (steps) => (fuse = steps),
    kill,
  }
  life.ctx.host = lineToMain(world, life, step)
  return life
}

/** The database in memory loses what is not committed; the real one can only be closed, which lets its transactions end. */
function crash(db: CaravelDatabase): void {
  if ('crash' in db) (db.crash as () => void)()
  else db.close()
}

function engineOf(world: World, life: Life, aliveSince: number): SyncEngine {
  return createSyncEngine({
    ...life.ctx,
    aliveSince,
    batchLimits: () => world.batch ?? null,
    breathe: () => turns(1),
    setTimer: (run, ms) => world.clock.setTimer(() => (life.dead ? undefined : run()), ms),
    onError: (error) => {
      if (!life.dead) world.defects.push(error)
    },
  })
}

/** Calls take a while, and after a kill they never come back. */
function lineToMain({ shops, rng, carrier }: World, life: Life, step: () => void): HostCalls {
  const pause = () => turns(Math.floor(rng() * 6))
  const answer = async <T>(run: () => T | Promise<T>): Promise<T> => {
    step()
    if (life.dead) return new Promise(() => undefined)
    await pause()
    const result = await run()
    await pause()
    if (!life.dead) step()
    return life.dead ? new Promise(() => undefined) : result
  }
  const gone = err(issue('not-found', { reason: 'connection' }))
  const ask =
    <N extends OperationName>(operation: N) =>
    ({ connectionId, ...input }: OperationInput<N> & { connectionId: string }) =>
      answer<Result<OperationOutput<N>>>(
        () =>
          shops.get(connectionId as ConnectionId)?.answer(operation, input as OperationInput<N>, pause) ??
          gone,
      )
  const main = fakeMain() as HostCalls
  return {
    ...main,
    'documents.render': (input) => answer(() => main['documents.render'](input)),
    'connector.test-connection': (input) => answer(() => main['connector.test-connection'](input)),
    'connector.pull-orders': ask('pull-orders'),
    'connector.read-orders': ask('read-orders'),
    'connector.confirm-shipment': ask('confirm-shipment'),
    'connector.cancel-order': ask('cancel-order'),
    'connector.note-order': ask('note-order'),
    'connector.pull-listings': ask('pull-listings'),
    'connector.read-listings': ask('read-listings'),
    'connector.pull-listing-rules': ask('pull-listing-rules'),
    'connector.push-listing': ask('push-listing'),
    'connector.push-price': ask('push-price'),
    'connector.push-prices': ask('push-prices'),
    'connector.read-batch': ask('read-batch'),
    'connector.push-stock': ask('push-stock'),
    ...(carrier === undefined ? {} : carrierLine(carrier, answer, pause)),
  }
}
