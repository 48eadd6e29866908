import type { ConnectionId, OutboxId } from '#core/shared/ids.ts'
import type { Issue } from '#core/shared/issue.ts'
import { breakerState, CLOSED_BREAKER } from '#core/sync/breaker.ts'
import { chooseProbes, nextProbeAt } from '#core/sync/connectivity.ts'
import { chooseSends, nextSendAt } from '#core/sync/choose-sends.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import { BATCH_SETTLING_MS } from '#core/sync/outbox-machine.ts'
import { priorityOfSend } from '#core/sync/priority.ts'
import type { PullState } from '#core/sync/schedule.ts'
import type { Connection } from '#renderer/data/records.ts'
import { BatchRounds } from '#renderer/sync/batch-rounds.ts'
import { noteCall, probeAtOnce } from '#renderer/sync/breaker-watch.ts'
import { JudgedToday } from '#renderer/sync/judged-today.ts'
import { inUse, LineWatch } from '#renderer/sync/line-watch.ts'
import { COOL_MS, ownRefusalAsCancelled } from '#renderer/sync/local-issue.ts'
import { pullConnection } from '#renderer/sync/pull.ts'
import { pullListings } from '#renderer/sync/pull-listings.ts'
import { isClosed, PullStates } from '#renderer/sync/pull-states.ts'
import { OutboxView } from '#renderer/sync/outbox-view.ts'
import { pushRow } from '#renderer/sync/push.ts'
import { retryQuarantined, type RetryReport } from '#renderer/sync/retry-quarantined.ts'
import { settleMsOf } from '#renderer/sync/settle-ms.ts'
import { OwnWrites } from '#renderer/sync/own-writes.ts'
import { Settling } from '#renderer/sync/settling.ts'
import type { PullDeps, PullLead, SetTimer, SyncDeps } from '#renderer/sync/sync-deps.ts'

/** Changes of one shop that may be on their way at once. */
const SENDS_PER_CONNECTION = 2
const FAILED_REST_MS = 5_000

/** Of each shop, when the changes that were just begun are on their way. */
type Leaving = ReadonlyMap<ConnectionId, readonly Promise<void>[]>

/** What runs, what waits and since when; each round starts what is due. Nothing here survives a restart, nothing needs to. */
export class SyncRounds {
  readonly #deps: PullDeps
  readonly #lookAgain: () => void
  readonly #setTimer: SetTimer
  readonly #line: LineWatch
  readonly #outbox: OutboxView
  readonly #pulls = new PullStates()
  /** Until when a remote asked to be left alone. */
  readonly #limits = new Map<ConnectionId, number>()
  /** Until when sends of a shop pause, because a call did not even leave this machine. */
  readonly #cooling = new Map<ConnectionId, number>()
  readonly #sending = new Set<OutboxId>()
  readonly #settling: Settling
  readonly #batches: BatchRounds
  readonly #running = new Set<Promise<void>>()
  /** When a shop was asked last only to know about the line. */
  readonly #probes = new Map<ConnectionId, number>()
  #requested: Set<ConnectionId> | 'all' = new Set()
  /** The time at the last look. */
  #lookedAt = 0
  #open = false
  #readOnly = false

  constructor(deps: SyncDeps & { setTimer: SetTimer }, lookAgain: () => void) {
    this.#deps = { ...deps, writes: new OwnWrites(), judged: new JudgedToday() }
    this.#lookAgain = lookAgain
    this.#setTimer = deps.setTimer
    this.#line = new LineWatch(deps)
    this.#outbox = new OutboxView(deps)
    this.#batches = new BatchRounds(this.#deps)
    this.#settling = new Settling(deps.setTimer, lookAgain)
  }

  get busy(): boolean {
    return this.#running.size > 0
  }

  open(): void {
    this.#open = true
  }

  close(): void {
    this.#open = false
  }

  /** While the disk is nearly full nothing is pulled; what is unsent still leaves. */
  setReadOnly(readOnly: boolean): void {
    this.#readOnly = readOnly
  }

  /** Resolves when what runs now has ended. */
  async idle(): Promise<void> {
    await Promise.all(this.#running)
  }

  /** A row or a shop changed, whoever did it. */
  noteChange(): void {
    this.#outbox.noteChange()
  }

  /** The next look takes nothing from memory. */
  readAnew(): void {
    this.#outbox.forget()
  }

  request(id?: ConnectionId): void {
    this.readAnew()
    if (id === undefined) this.#requested = 'all'
    else if (this.#requested !== 'all') this.#requested.add(id)
  }

  /** Reads again what could not be read. */
  retryQuarantined(ids: readonly string[]): Promise<RetryReport> {
    return retryQuarantined(this.#deps, ids)
  }

  /** The network may have changed. When it may be back, what waited only for it is tried. */
  async hint(online: boolean): Promise<void> {
    await this.#line.hint(online)
    if (!online) return
    this.#requestFailed()
    await this.#line.wakeRows()
    this.readAnew()
  }

  /** Starts everything that is due; returns when the next thing will be, or null. */
  async begin(): Promise<number | null> {
    const connections = await this.#deps.db.connections.toArray()
    const rows = await this.#outbox.rows()
    if (!this.#open) return null
    this.#followClock()
    this.#settling.begin(rows, settleIn(connections))
    await probeAtOnce(this.#deps, this.#refresh(connections))
    this.#startPulls(this.#startSends(rows, connections))
    await this.#probeDue(inUse(connections))
    return this.#nextAt(rows, connections)
  }

  /** The clock was set back: what is planned moves along with it. */
  #followClock(): void {
    const now = this.#deps.now()
    const by = this.#lookedAt - now
    this.#lookedAt = now
    if (by <= 0) return
    this.#pulls.planEarlier(by)
    this.#batches.planEarlier(by)
    for (const moments of [this.#limits, this.#cooling, this.#probes])
      for (const [id, at] of moments) moments.set(id, at - by)
  }

  /** Takes in what connections say now; returns those that a person asked for. */
  #refresh(connections: Connection[]): ConnectionId[] {
    const now = this.#deps.now()
    this.#pulls.refresh(connections, now)
    const asked = this.#requested === 'all' ? connections.map(({ id }) => id) : [...this.#requested]
    this.#requested = new Set()
    this.#pulls.request(asked, now, this.#limits)
    return asked
  }

  #startPulls(leaving: Leaving): void {
    if (this.#readOnly) return
    for (const state of this.#pulls.due(this.#deps.now())) this.#startPull(state, leaving)
  }

  /** What is due to be sent goes first: the first page is asked for when these changes are on their way. */
  #startPull(state: PullState, leaving: Leaving): void {
    const id = state.connectionId
    this.#pulls.start(state)
    this.#run(
      async () => {
        await Promise.all(leaving.get(id) ?? [])
        const issue = await this.#pull(state)
        this.#noteLimit(id, issue)
        this.#pulls.end(state, issue, this.#deps.now(), this.#deps.rng)
        await this.#heard(id, issue)
      },
      () => this.#pulls.abandon(state, this.#deps.now(), this.#deps.rng),
    )
  }

  #pull(state: PullState): Promise<Issue | null> {
    const lead: PullLead = {
      stopped: () => !this.#open || this.#readOnly,
      notePage: (isWalk) => this.#pulls.notePage(state, isWalk),
      priority: () => this.#pulls.priorityOf(state),
    }
    const { connectionId, what, requestedAt, whole } = state
    if (what === 'orders') return pullConnection(this.#deps, connectionId, lead)
    return pullListings(this.#deps, connectionId, { ...lead, whole: requestedAt !== null && whole })
  }

  /** Starts what may leave now; the result says of each shop when these changes are on their way. */
  #startSends(rows: readonly OutboxRow[], connections: Connection[]): Leaving {
    const closed = connections
      .filter((each) => isClosed(each) || each.readOnly === true || this.#breaker(each) === 'open')
      .map(({ id }) => id)
    const single = new Set(
      connections.filter((each) => this.#breaker(each) === 'half-open').map(({ id }) => id),
    )
    const known = new Set(connections.map(({ id }) => id))
    const orphaned = rows.map((row) => row.connectionId).filter((id) => !known.has(id))
    const cooling = [...this.#cooling].filter(([, until]) => until > this.#deps.now()).map(([id]) => id)
    const skip = new Set([...closed, ...orphaned, ...cooling])
    const batched = this.#startBatches(rows, connections, new Set([...skip, ...single]))
    const limits = { perConnection: SENDS_PER_CONNECTION, skip, single, batched }
    const leaving = new Map<ConnectionId, Promise<void>[]>()
    const settleMs = settleIn(connections)
    for (const row of chooseSends(rows, this.#deps.now(), limits)) {
      if (this.#sending.has(row.id) || this.#settling.has(row.id)) continue
      const left = new Promise<void>((resolve) => this.#startSend(row, settleMs(row), resolve))
      leaving.set(row.connectionId, [...(leaving.get(row.connectionId) ?? []), left])
    }
    return leaving
  }

  /** Many prices leave together where the remote takes them so; what became of earlier ones is asked for. */
  #startBatches(
    rows: readonly OutboxRow[],
    connections: Connection[],
    skip: ReadonlySet<ConnectionId>,
  ): ReadonlySet<OutboxId> {
    const inUseNow = new Set(inUse(connections))
    return this.#batches.begin(rows, {
      ...{ connections, skip },
      closed: new Set(connections.map(({ id }) => id).filter((id) => !inUseNow.has(id))),
      busy: (id) => this.#sending.has(id) || this.#settling.has(id),
      run: (work, after) => this.#run(work, after),
      heard: (id, issue) => {
        this.readAnew()
        this.#noteLimit(id, issue)
        return this.#heard(id, issue)
      },
      lost: (ids) => this.#settling.hold(ids, BATCH_SETTLING_MS),
      priorityOf: (id) => priorityOfSend('push-price', this.#pulls.isAsked(id)),
    })
  }

  #startSend({ id, connectionId, kind }: OutboxRow, settleMs: number, onLeft: () => void): void {
    this.#sending.add(id)
    this.#run(
      async () => {
        const priority = priorityOfSend(kind, this.#pulls.isAsked(connectionId))
        const issue = await pushRow(this.#deps, id, { priority, onLeft })
        // What a failure means for the rows beside it is in the store.
        if (issue === null) this.#outbox.remove(id)
        else this.readAnew()
        if (issue?.code === 'outcome-unknown') this.#settling.hold([id], settleMs)
        this.#noteLimit(connectionId, issue)
        await this.#heard(connectionId, issue)
      },
      () => {
        this.#sending.delete(id)
        onLeft()
      },
    )
  }

  /** A call ended: what it says about the line, and who else is to be asked because of it. */
  async #heard(id: ConnectionId, issue: Issue | null): Promise<void> {
    const connections = await this.#deps.db.connections.toArray()
    const connection = connections.find((each) => each.id === id)
    if (connection !== undefined) await noteCall(this.#deps, connection, issue)
    const asked = inUse(connections)
    const back = await this.#line.note(id, issue, asked)
    if (!back) return this.#probeDue(asked)
    this.#requestFailed()
    const { unreachable } = await this.#line.current()
    this.#probe(unreachable.map((each) => each.connectionId).filter((each) => asked.includes(each)))
  }

  /** Shops whose last pull failed are pulled at once: the line may be back. */
  #requestFailed(): void {
    for (const id of this.#pulls.failed()) this.request(id)
  }

  /** Tells a shop that is down from a line that is cut, and notices that either is back. */
  async #probeDue(connections: readonly ConnectionId[]): Promise<void> {
    const busy = this.#pulls.running()
    const facts = { connections, lastProbeAt: this.#probes, now: this.#deps.now() }
    this.#probe(chooseProbes(await this.#line.current(), { ...facts, busy: new Set(busy) }))
  }

  /** Asks shops who they take us for: reads only, and stores nothing but what it says about the line. */
  #probe(ids: readonly ConnectionId[]): void {
    for (const id of this.#open ? ids : []) {
      this.#probes.set(id, this.#deps.now())
      const ask = async (): Promise<void> => {
        const call = this.#deps.host['connector.test-connection']({ connectionId: id })
        const answer = ownRefusalAsCancelled(await call)
        await this.#heard(id, answer.ok ? null : answer.error)
      }
      this.#run(ask, () => undefined)
    }
  }

  #noteLimit(id: ConnectionId, issue: Issue | null): void {
    if (issue?.retryAfterMs !== undefined) this.#limits.set(id, this.#deps.now() + issue.retryAfterMs)
    if (issue?.code === 'cancelled') this.#cooling.set(id, this.#deps.now() + COOL_MS)
  }

  /** Only what lies ahead: what is due and was not started waits for something else, whose end looks again. */
  async #nextAt(rows: readonly OutboxRow[], connections: readonly Connection[]): Promise<number | null> {
    const now = this.#deps.now()
    const asking = { connections: inUse(connections), lastProbeAt: this.#probes, now }
    const probeAt = nextProbeAt(await this.#line.current(), asking)
    const probes = connections.map((each) => each.breaker?.probeAt ?? 0).filter((at) => at > now)
    const ahead = rows.filter((row) => (row.state === 'leased' ? row.leaseUntil : row.nextAttemptAt) > now)
    const cooled = [...this.#cooling.values()].filter((until) => until > now)
    const readAt = this.#outbox.nextReadAt
    const times = [
      this.#readOnly ? null : this.#pulls.nextAt(),
      nextSendAt(ahead),
      probeAt,
      readAt,
      this.#batches.nextAt(now),
      ...cooled,
      ...probes,
    ]
    const finite = times.filter((at): at is number => at !== null && Number.isFinite(at))
    return finite.length === 0 ? null : Math.min(...finite)
  }

  #breaker({ breaker = CLOSED_BREAKER }: Connection) {
    return breakerState(breaker, this.#deps.now())
  }

  #run(work: () => Promise<void>, after: () => void): void {
    const running: Promise<void> = work()
      .then(after, (error: unknown) => this.#failed(error, after))
      .finally(() => {
        this.#running.delete(running)
        this.#lookAgain()
      })
    this.#running.add(running)
  }

  /** Storage failed in mid-work. Nothing was half written; the same work is found again, but not at once: it may well fail again. */
  #failed(error: unknown, after: () => void): void {
    this.#deps.onError?.(error)
    this.#setTimer(() => {
      after()
      this.#lookAgain()
    }, FAILED_REST_MS)
  }
}

/** See `settleMsOf`. */
function settleIn(connections: readonly Connection[]): (row: OutboxRow) => number {
  const connectors = new Map(connections.map(({ id, connectorId }) => [id, connectorId]))
  return (row) => settleMsOf(row, connectors.get(row.connectionId) ?? '')
}
