import type { ConnectionId } from '#core/shared/ids.ts'
import { openDatabase, type CaravelDatabase } from '#renderer/data/database.ts'
import { breathe } from '#renderer/platform/breathe.ts'
import { systemClock, systemRng } from '#renderer/platform/clock.ts'
import { createIdSource } from '#renderer/platform/ids.ts'
import { whileLeading } from '#renderer/platform/leader.ts'
import { bundledRuleTables } from '#renderer/platform/rule-tables.ts'
import { workerCalls, type WorkerCalls } from '#renderer/platform/worker-port.ts'
import { createSyncEngine, type SyncEngine } from '#renderer/sync/engine.ts'
import type { FromWorker, ToWorker } from '#renderer/worker/messages.ts'

/** Entry of the data worker: it waits for its turn to lead, then runs the sync engine of one database. */

const scope = self as unknown as {
  postMessage(message: FromWorker): void
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null
}

let engine: SyncEngine | null = null
let resign: (() => Promise<void>) | null = null

scope.onmessage = ({ data }) => {
  if (data.kind === 'start') void start(data.dbName, data.port, data.aliveSince)
  else if (data.kind === 'sync-now') engine?.syncNow(data.connectionId as ConnectionId | undefined)
  else if (data.kind === 'kick') engine?.kick()
  else if (data.kind === 'network-hint') engine?.online(data.online)
  else void stop()
}

async function start(dbName: string, port: MessagePort, aliveSince: number): Promise<void> {
  const opened = await openDatabase(dbName)
  if (!opened.ok)
    return scope.postMessage({ kind: 'failed', reason: opened.error.reason ?? opened.error.code })
  const host = workerCalls(port)
  port.start()
  resign = whileLeading(`caravel-sync:${dbName}`, () => lead(opened.value, host, aliveSince))
}

function lead(db: CaravelDatabase, host: WorkerCalls, aliveSince: number): () => Promise<void> {
  engine = createSyncEngine({
    ...{ db, host, now: systemClock, rng: systemRng, newId: createIdSource(systemClock, systemRng) },
    rules: bundledRuleTables(),
    aliveSince,
    breathe,
    setTimer: (run, ms) => {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
    onError: (error) =>
      scope.postMessage({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) }),
  })
  engine.start()
  scope.postMessage({ kind: 'leading' })
  return async () => {
    await engine?.stop()
    engine = null
    db.close()
  }
}

async function stop(): Promise<void> {
  await resign?.()
  scope.postMessage({ kind: 'stopped' })
}
