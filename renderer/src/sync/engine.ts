import type { ConnectionId } from '#core/shared/ids.ts'
import type { RetryReport } from '#renderer/sync/retry-quarantined.ts'
import { SyncRounds } from '#renderer/sync/rounds.ts'
import type { Connection } from '#renderer/data/records.ts'
import type { SetTimer, SyncDeps } from '#renderer/sync/sync-deps.ts'
import { watchAtOnce } from '#renderer/data/queries/watch.ts'

export interface EngineDeps extends SyncDeps {
  setTimer: SetTimer
}

export interface SyncEngine {
  start(): void
  /** Takes nothing new and waits for what is on its way. */
  stop(): Promise<void>
  /** Pulls now, one shop or all. */
  syncNow(connectionId?: ConnectionId): void
  /** Something changed: look for work at once. */
  kick(): void
  /** The system says so; a reason to try, or to show that nothing will go. */
  online(hint: boolean): void
  /** The disk is nearly full, or has room again. */
  setReadOnly(readOnly: boolean): void
  /** Reads again what could not be read, by the ids of the quarantine. */
  retryQuarantined(ids: readonly string[]): Promise<RetryReport>
  /** Resolves when nothing runs and nothing is due; for tests. */
  settled(): Promise<void>
}

/**
 * Drives pulls and pushes: one look at a time, on every change of the outbox or of connections, on request and when
 * the next thing falls due. One engine per database (platform/leader.ts).
 */
export function createSyncEngine(deps: EngineDeps): SyncEngine {
  const rounds = new SyncRounds(deps, look)
  let running = false
  let looking: Promise<void> | null = null
  let again = false
  let cancelTimer = (): void => undefined
  let watching = { unsubscribe: (): void => undefined }

  function look(): void {
    if (!running) return
    again = true
    looking ??= lookUntilQuiet().finally(() => (looking = null))
  }

  const lookAfter = (change: () => void) => () => {
    change()
    look()
  }

  async function lookUntilQuiet(): Promise<void> {
    while (again && running) {
      again = false
      await rounds.begin().then(setNextTimer, onError)
    }
  }

  function setNextTimer(nextAt: number | null): void {
    cancelTimer()
    if (nextAt !== null && running) cancelTimer = deps.setTimer(look, untilThen(nextAt - deps.now()))
  }

  function onError(error: unknown): void {
    deps.onError?.(error)
    if (running) setNextTimer(deps.now() + 5_000)
  }

  async function quiet(): Promise<void> {
    while (looking !== null || rounds.busy) await Promise.all([looking, rounds.idle()])
  }

  return {
    start() {
      running = true
      rounds.open()
      watching = watchWork(deps, look, () => rounds.noteChange(), onError)
      look()
    },
    async stop() {
      running = false
      cancelTimer()
      watching.unsubscribe()
      rounds.close()
      await quiet()
    },
    syncNow: (connectionId) => lookAfter(() => rounds.request(connectionId))(),
    kick: lookAfter(() => rounds.readAnew()),
    online(hint) {
      void rounds.hint(hint).then(look, onError)
    },
    setReadOnly: (readOnly) => lookAfter(() => rounds.setReadOnly(readOnly))(),
    retryQuarantined: (ids) => rounds.retryQuarantined(ids),
    settled: quiet,
  }
}

/** A wait that a timer can be set to. */
function untilThen(ms: number): number {
  return Math.max(0, Math.min(ms, 2 ** 31 - 1))
}

/**
 * Looks at every change that can make work: new or released rows, and what a person says about shops. What pulls note of
 * themselves in their shop's record, with each page, is no reason to look.
 */
function watchWork(
  { db }: SyncDeps,
  look: () => void,
  noteRows: () => void,
  onError: (error: unknown) => void,
) {
  // What is watched is the whole range, however little of it is read.
  const rows = watchAtOnce(() => db.outbox.orderBy('id').limit(1).toArray()).subscribe(() => {
    noteRows()
    look()
  }, onError)
  let before = ''
  const shops = watchAtOnce(() => db.connections.toArray()).subscribe((connections) => {
    const now = JSON.stringify(connections.map(wordOf))
    if (now !== before) look()
    before = now
  }, onError)
  return {
    unsubscribe() {
      rows.unsubscribe()
      shops.unsubscribe()
    },
  }
}

/** What of a shop decides whether there is work. */
function wordOf({ id, pullEveryMs, alarm, breaker, ...open }: Connection): unknown {
  const { paused, needsSignIn, readOnly, disconnectedAt } = open
  return [id, pullEveryMs, paused, needsSignIn, readOnly, disconnectedAt, alarm?.at, breaker?.probeAt]
}
