import type { Clock, IdSource, Rng } from '#core/shared/ports.ts'
import type { ConnectionId } from '#core/shared/ids.ts'
import type { Priority } from '#core/sync/priority.ts'
import type { BatchLimits } from '#core/sync/choose-batches.ts'
import type { PullGuard } from '#core/sync/guards.ts'
import type { RuleTables } from '#core/order/check-order.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import type { JudgedToday } from '#renderer/sync/judged-today.ts'
import type { OwnWrites } from '#renderer/sync/own-writes.ts'
import type { ConnectorCalls } from '#renderer/platform/worker-port.ts'

/** What the engine may touch. Tests and the simulation give their own. */
export interface SyncDeps {
  db: CaravelDatabase
  host: ConnectorCalls
  now: Clock
  rng: Rng
  newId: IdSource
  /** When the process that makes the calls was started, epoch ms: what an earlier one was sending is no longer on its way. */
  aliveSince: number
  rules: RuleTables
  /** Lets other work of this thread run between two pages. */
  breathe: () => Promise<void>
  /** Tests make batches smaller; else what the connectors say (core/connectors/manifests.ts). */
  batchLimits?: (connectorId: string) => BatchLimits | null
  /** Hears of what no Issue covers: storage that failed, defects. The engine goes on. */
  onError?: (error: unknown) => void
}

/** What pulls and pushes of one engine share beside. */
export interface PullDeps extends SyncDeps {
  writes: OwnWrites
  judged: JudgedToday
}

/** What a pull asks of whoever drives it, anew at every step: all of it may change while it runs. */
export interface PullLead {
  stopped: () => boolean
  /** It is about to ask for a page, of changes or of a walk through everything. */
  notePage: (isWalk: boolean) => void
  /** How urgent its next call is. */
  priority: () => Priority
}

/** One pull under way. */
export interface PullRun extends PullLead {
  deps: PullDeps
  id: ConnectionId
  guard: PullGuard
  /** Remote ids of everything that was on the pages. */
  seen: Set<string>
  /** Remote ids of all orders of the shop that are here, when this is its first pull; null otherwise. */
  here: Set<string> | null
}

/** Starts a timer; the result cancels it. */
export type SetTimer = (run: () => void, ms: number) => () => void
