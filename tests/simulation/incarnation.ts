import type { ConnectionId } from '#core/shared/ids.ts'
import type { IdSource, Rng } from '#core/shared/ports.ts'
import { issue } from '#core/shared/issue.ts'
import { err } from '#core/shared/result.ts'
import { createSyncEngine, type SyncEngine } from '#renderer/sync/engine.ts'
import type { HostCalls } from '#renderer/platform/host.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { turns } from '#tests/simulation/turns.ts'
import { fakeMain, freshDatabase } from '#tests/support/test-desk.ts'
import type { FakeShop } from '#tests/simulation/fake-shop.ts'
import type { VirtualClock } from '#tests/simulation/virtual-clock.ts'

export interface World {
  dbName: string
  clock: VirtualClock
  rng: Rng
  newId: IdSource
  shops: ReadonlyMap<ConnectionId, FakeShop>
  /** Errors that the engine reported although nothing was killed. */
  defects: unknown[]
}

/** One life of the program: a database connection, an engine, a desk; ended by a kill, never by saying goodbye. */
export interface Incarnation {
  ctx: UseCaseContext
  engine: SyncEngine
  /** From here on no call of this life comes back and nothing is written; what main was doing goes on. */
  kill(): void
}

export async function bringUp(world: World): Promise<Incarnation> {
  const db = await freshDatabase(world.dbName)
  const life = { dead: false }
  const host = lineToMain(world, life)
  const { now, setTimer } = world.clock
  const ctx: UseCaseContext = {
    db,
    host,
    now,
    rng: world.rng,
    newId: world.newId,
    rules: { basics: null, rates: null },
  }
  const engine = createSyncEngine({
    ...ctx,
    // Every other kill takes main along; else what main was doing may still arrive.
    aliveSince: world.rng() < 0.5 ? now() : 0,
    breathe: () => turns(1),
    setTimer: (run, ms) => setTimer(() => (life.dead ? undefined : run()), ms),
    onError: (error) => {
      if (!life.dead) world.defects.push(error)
    },
  })
  engine.start()
  return {
    ctx,
    engine,
    kill: () => {
      life.dead = true
      db.close()
    },
  }
}

/** Calls take a while, and after a kill they never come back. */
function lineToMain({ shops, rng }: World, life: { dead: boolean }): HostCalls {
  const pause = () => turns(Math.floor(rng() * 6))
  const answer = async <T>(run: () => T | Promise<T>): Promise<T> => {
    if (life.dead) return new Promise(() => undefined)
    await pause()
    const result = await run()
    await pause()
    return life.dead ? new Promise(() => undefined) : result
  }
  const shopOf = (id: ConnectionId): FakeShop | undefined => shops.get(id)
  const gone = err(issue('not-found', { reason: 'connection' }))
  const main = fakeMain() as HostCalls
  return {
    ...main,
    'documents.render-label': (input) => answer(() => main['documents.render-label'](input)),
    'connector.test-connection': (input) => answer(() => main['connector.test-connection'](input)),
    'connector.pull-orders': ({ connectionId, ...input }) =>
      answer(() => shopOf(connectionId as ConnectionId)?.pull(input) ?? gone),
    'connector.read-orders': ({ connectionId, ...input }) =>
      answer(() => shopOf(connectionId as ConnectionId)?.read(input) ?? gone),
    'connector.confirm-shipment': ({ connectionId, ...input }) =>
      answer(() => shopOf(connectionId as ConnectionId)?.confirm(input, pause) ?? gone),
  }
}
