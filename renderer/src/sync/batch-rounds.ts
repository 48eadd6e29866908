import type { ConnectionId, OutboxId } from '#core/shared/ids.ts'
import type { Issue } from '#core/shared/issue.ts'
import { chooseBatches, type Batch } from '#core/sync/choose-batches.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import type { Priority } from '#core/sync/priority.ts'
import { batchLimits } from '#core/connectors/manifests.ts'
import type { Connection } from '#renderer/data/records.ts'
import { pushBatch } from '#renderer/sync/push-batch.ts'
import { batchKey, openBatches, readBatch, type OpenBatch } from '#renderer/sync/read-batch.ts'
import type { PullDeps } from '#renderer/sync/sync-deps.ts'

/** A batch takes a remote some minutes: asked for soon, then less and less often. */
const FIRST_LOOK_MS = 15_000
const LONGEST_REST_MS = 10 * 60_000

interface Looking {
  at: number
  restMs: number
}

/** Which connections may be used, and what is on its way. */
export interface BatchRound {
  connections: readonly Connection[]
  /** Those that must not be used for changes, or for one call at most. */
  skip: ReadonlySet<ConnectionId>
  /** Those that must not be asked at all. */
  closed: ReadonlySet<ConnectionId>
  busy: (id: OutboxId) => boolean
  run: (work: () => Promise<void>, after: () => void) => void
  heard: (id: ConnectionId, issue: Issue | null) => Promise<void>
  /** Whether there is a batch with them nobody knows. */
  lost: (ids: readonly OutboxId[]) => void
  priorityOf: (id: ConnectionId) => Priority
}

/** Batches that are made, and those that remotes work on. Nothing here survives a restart: the rows say what is open. */
export class BatchRounds {
  readonly #deps: PullDeps
  /** Rows that are on their way into one. */
  readonly #making = new Set<OutboxId>()
  /** Until when a remote takes no more of them. */
  readonly #pauses = new Map<ConnectionId, number>()
  readonly #looks = new Map<string, Looking>()
  readonly #reading = new Set<string>()

  constructor(deps: PullDeps) {
    this.#deps = deps
  }

  /** Starts what is due. The result are the rows that leave in a batch, and so not by themselves. */
  begin(rows: readonly OutboxRow[], round: BatchRound): ReadonlySet<OutboxId> {
    const now = this.#deps.now()
    this.#startReads(rows, round, now)
    const connectors = new Map(round.connections.map((each) => [each.id, each.connectorId]))
    const limitsOf = this.#deps.batchLimits ?? batchLimits
    if (round.connections.every(({ connectorId }) => limitsOf(connectorId) === null)) return this.#making
    const paused = [...this.#pauses].filter(([, until]) => until > now).map(([id]) => id)
    const { batches, gathering } = chooseBatches(rows, now, {
      limitsOf: (id) => limitsOf(connectors.get(id) ?? ''),
      skip: new Set([...round.skip, ...paused]),
      busy: (id) => this.#making.has(id) || round.busy(id),
    })
    for (const batch of batches) this.#startBatch(batch, round)
    return new Set([...this.#making, ...gathering])
  }

  /** When the next batch is to be asked for, or may be made; null when there is none. */
  nextAt(now: number): number | null {
    const looks = [...this.#looks].flatMap(([key, { at }]) => (this.#reading.has(key) ? [] : [at]))
    const times = [...looks, ...this.#pauses.values()].filter((at) => at > now)
    return times.length === 0 ? null : Math.min(...times)
  }

  /** The clock was set back: what is planned moves along with it. */
  planEarlier(by: number): void {
    for (const [id, until] of this.#pauses) this.#pauses.set(id, until - by)
    for (const [key, look] of this.#looks) this.#looks.set(key, { ...look, at: look.at - by })
  }

  #startBatch(batch: Batch, { run, heard, lost, priorityOf }: BatchRound): void {
    const { connectionId, ids } = batch
    for (const id of ids) this.#making.add(id)
    run(
      async () => {
        const issue = await pushBatch(this.#deps, batch, priorityOf(connectionId))
        if (issue?.code === 'outcome-unknown') lost(ids)
        const isLimit = issue?.code === 'rate-limited'
        if (isLimit)
          this.#pauses.set(connectionId, this.#deps.now() + (issue.retryAfterMs ?? LONGEST_REST_MS))
        await heard(connectionId, isLimit ? null : issue)
      },
      () => ids.forEach((id) => this.#making.delete(id)),
    )
  }

  #startReads(rows: readonly OutboxRow[], round: BatchRound, now: number): void {
    const open = openBatches(rows)
    const keys = new Set(open.map(batchKey))
    for (const key of this.#looks.keys())
      if (!keys.has(key) && !this.#reading.has(key)) this.#looks.delete(key)
    for (const batch of open) {
      const key = batchKey(batch)
      if (!this.#looks.has(key)) this.#looks.set(key, { at: now + FIRST_LOOK_MS, restMs: FIRST_LOOK_MS })
      const isDue = (this.#looks.get(key)?.at ?? 0) <= now
      if (isDue && !this.#reading.has(key) && !round.closed.has(batch.connectionId))
        this.#startRead(batch, round)
    }
  }

  #startRead(batch: OpenBatch, { run, heard }: BatchRound): void {
    const key = batchKey(batch)
    this.#reading.add(key)
    run(
      async () => {
        const answer = await readBatch(this.#deps, batch)
        await heard(batch.connectionId, answer.ok ? null : answer.error)
      },
      () => {
        this.#reading.delete(key)
        const restMs = Math.min(LONGEST_REST_MS, (this.#looks.get(key)?.restMs ?? FIRST_LOOK_MS) * 1.5)
        this.#looks.set(key, { at: this.#deps.now() + restMs, restMs })
      },
    )
  }
}
