import type { ConnectionId, OutboxId } from '#core/shared/ids.ts'
import type { Issue } from '#core/shared/issue.ts'
import { findManifest } from '#core/connectors/manifests.ts'
import { breakerState, CLOSED_BREAKER } from '#core/sync/breaker.ts'
import { planEarlier } from '#core/sync/clock-set-back.ts'
import { chooseProbes, nextProbeAt } from '#core/sync/connectivity.ts'
import { chooseSends, nextSendAt } from '#core/sync/choose-sends.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import {
  chooseDuePulls,
  endPull,
  nextWakeAt,
  requestPull,
  startPull,
  type PullState,
  type PullSubject,
} from '#core/sync/schedule.ts'
import type { Connection } from '#renderer/data/records.ts'
import { noteCall, probeAtOnce } from '#renderer/sync/breaker-watch.ts'
import { LineWatch } from '#renderer/sync/line-watch.ts'
import { COOL_MS, ownRefusalAsCancelled } from '#renderer/sync/local-issue.ts'
import { pullConnection } from '#renderer/sync/pull.ts'
import { pullListings } from '#renderer/sync/pull-listings.ts'
import { OutboxView } from '#renderer/sync/outbox-view.ts'
import { pushRow } from '#renderer/sync/push.ts'
import { retryQuarantined, type RetryReport } from '#renderer/sync/retry-quarantined.ts'
import { OwnWrites } from '#renderer/sync/own-writes.ts'
import { Settling } from '#renderer/sync/settling.ts'
import type { PullDeps, SetTimer, SyncDeps } from '#renderer/sync/sync-deps.ts'

/** Changes of one shop that may be on their way at once. */
const SENDS_PER_CONNECTION = 2

/** Listings change less often than orders come in, and a pull of them costs more. */
const LISTINGS_EVERY_MS = 10 * 60_000

/** What runs, what waits and since when; each round starts what is due. Nothing here survives a restart, nothing needs to. */
export class SyncRounds {
  readonly #deps: PullDeps
  readonly #lookAgain: () => void
  readonly #line: LineWatch
  readonly #outbox: OutboxView
  readonly #pulls = new Map<PullKey, PullState>()
  /** Until when a remote asked to be left alone. */
  readonly #limits = new Map<ConnectionId, number>()
  /** Until when sends of a shop pause, because a call did not even leave this machine. */
  readonly #cooling = new Map<ConnectionId, number>()
  readonly #sending = new Set<OutboxId>()
  readonly #settling: Settling
  readonly #running = new Set<Promise<void>>()
  /** When a shop was asked last only to know about the line. */
  readonly #probes = new Map<ConnectionId, number>()
  #requested: Set<ConnectionId> | 'all' = new Set()
  /** The time at the last look. */
  #lookedAt = 0
  #open = false
  #readOnly = false

  constructor(deps: SyncDeps & { setTimer: SetTimer }, lookAgain: () => void) {
    this.#deps = { ...deps, writes: new OwnWrites() }
    this.#lookAgain = lookAgain
    this.#line = new LineWatch(deps)
    this.#outbox = new OutboxView(deps)
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
    this.#settling.begin(rows)
    await probeAtOnce(this.#deps, this.#refresh(connections))
    for (const state of chooseDuePulls(this.#pullable(), this.#deps.now())) this.#startPull(state)
    this.#startSends(rows, connections)
    await this.#probeDue()
    return this.#nextAt(rows, connections)
  }

  /** The clock was set back: what is planned moves along with it. */
  #followClock(): void {
    const now = this.#deps.now()
    const by = this.#lookedAt - now
    this.#lookedAt = now
    if (by <= 0) return
    for (const [id, state] of this.#pulls) this.#pulls.set(id, planEarlier(state, by))
    for (const moments of [this.#limits, this.#cooling, this.#probes])
      for (const [id, at] of moments) moments.set(id, at - by)
  }

  /** Takes in what connections say now; returns those that a person asked for. */
  #refresh(connections: Connection[]): ConnectionId[] {
    const known = new Set(connections.map(({ id }) => id))
    for (const [key, { connectionId }] of this.#pulls) if (!known.has(connectionId)) this.#pulls.delete(key)
    for (const connection of connections)
      for (const what of subjectsOf(connection)) {
        const fresh = freshPullState(connection, what, this.#deps.now())
        const state = this.#pulls.get(keyOf(fresh)) ?? fresh
        this.#pulls.set(keyOf(fresh), {
          ...{ ...state, intervalMs: fresh.intervalMs, paused: isClosed(connection) },
        })
      }
    const asked = this.#requested === 'all' ? [...known] : [...this.#requested]
    this.#requested = new Set()
    for (const [key, state] of this.#pulls) {
      const id = state.connectionId
      if (asked.includes(id))
        this.#pulls.set(key, requestPull(state, this.#deps.now(), this.#limits.get(id) ?? 0))
    }
    return asked
  }

  #pullable(): PullState[] {
    return this.#readOnly ? [] : [...this.#pulls.values()]
  }

  #startPull(state: PullState): void {
    const id = state.connectionId
    const key = keyOf(state)
    this.#pulls.set(key, startPull(state))
    this.#run(
      async () => {
        const issue = await this.#pull(state)
        const now = this.#deps.now()
        this.#noteLimit(id, issue)
        const current = this.#pulls.get(key)
        if (current !== undefined)
          this.#pulls.set(key, this.#cooled(endPull(current, issue, now, this.#deps.rng), issue))
        await this.#heard(id, issue)
      },
      () => {
        const current = this.#pulls.get(key)
        if (current?.running === true)
          this.#pulls.set(key, endPull(current, { code: 'remote-down' }, this.#deps.now(), this.#deps.rng))
      },
    )
  }

  #pull({ connectionId, what, requestedAt }: PullState): Promise<Issue | null> {
    const stopped = (): boolean => !this.#open || this.#readOnly
    if (what === 'orders') return pullConnection(this.#deps, connectionId, stopped)
    return pullListings(this.#deps, connectionId, { whole: requestedAt !== null, stopped })
  }

  #startSends(rows: readonly OutboxRow[], connections: Connection[]): void {
    const closed = connections
      .filter((each) => isClosed(each) || this.#breaker(each) === 'open')
      .map(({ id }) => id)
    const single = new Set(
      connections.filter((each) => this.#breaker(each) === 'half-open').map(({ id }) => id),
    )
    const known = new Set(connections.map(({ id }) => id))
    const orphaned = rows.map((row) => row.connectionId).filter((id) => !known.has(id))
    const cooling = [...this.#cooling].filter(([, until]) => until > this.#deps.now()).map(([id]) => id)
    const skip = new Set([...closed, ...orphaned, ...cooling])
    const limits = { perConnection: SENDS_PER_CONNECTION, skip, single }
    for (const row of chooseSends(rows, this.#deps.now(), limits)) {
      if (this.#sending.has(row.id) || this.#settling.has(row.id)) continue
      this.#sending.add(row.id)
      this.#run(
        async () => {
          const issue = await pushRow(this.#deps, row.id)
          // What a failure means for the rows beside it is in the store.
          if (issue === null) this.#outbox.remove(row.id)
          else this.readAnew()
          if (issue?.code === 'outcome-unknown') this.#settling.hold(row.id)
          this.#noteLimit(row.connectionId, issue)
          await this.#heard(row.connectionId, issue)
        },
        () => this.#sending.delete(row.id),
      )
    }
  }

  /** A call ended: what it says about the line, and who else is to be asked because of it. */
  async #heard(id: ConnectionId, issue: Issue | null): Promise<void> {
    await noteCall(this.#deps, id, issue)
    const back = await this.#line.note(id, issue)
    if (!back) return this.#probeDue()
    this.#requestFailed()
    const { unreachable } = await this.#line.current()
    const inUse = await this.#line.inUse()
    this.#probe(unreachable.map((each) => each.connectionId).filter((each) => inUse.includes(each)))
  }

  /** Shops whose last pull failed are pulled at once: the line may be back. */
  #requestFailed(): void {
    for (const { connectionId, failures } of this.#pulls.values())
      if (failures > 0) this.request(connectionId)
  }

  /** Tells a shop that is down from a line that is cut, and notices that either is back. */
  async #probeDue(): Promise<void> {
    const busy = [...this.#pulls.values()].filter(({ running }) => running).map((each) => each.connectionId)
    const facts = { connections: await this.#line.inUse(), lastProbeAt: this.#probes, now: this.#deps.now() }
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

  /** What never left this machine is due again at once; without a pause that would be a busy loop. */
  #cooled(state: PullState, issue: Issue | null): PullState {
    return issue?.code === 'cancelled' ? { ...state, notBefore: this.#deps.now() + COOL_MS } : state
  }

  #noteLimit(id: ConnectionId, issue: Issue | null): void {
    if (issue?.retryAfterMs !== undefined) this.#limits.set(id, this.#deps.now() + issue.retryAfterMs)
    if (issue?.code === 'cancelled') this.#cooling.set(id, this.#deps.now() + COOL_MS)
  }

  /** Only what lies ahead: what is due and was not started waits for something else, whose end looks again. */
  async #nextAt(rows: readonly OutboxRow[], connections: readonly Connection[]): Promise<number | null> {
    const now = this.#deps.now()
    const asking = { connections: await this.#line.inUse(), lastProbeAt: this.#probes, now }
    const probeAt = nextProbeAt(await this.#line.current(), asking)
    const probes = connections.map((each) => each.breaker?.probeAt ?? 0).filter((at) => at > now)
    const ahead = rows.filter((row) => (row.state === 'leased' ? row.leaseUntil : row.nextAttemptAt) > now)
    const cooled = [...this.#cooling.values()].filter((until) => until > now)
    const readAt = this.#outbox.nextReadAt
    const times = [nextWakeAt(this.#pullable()), nextSendAt(ahead), probeAt, readAt, ...cooled, ...probes]
    const finite = times.filter((at): at is number => at !== null && Number.isFinite(at))
    return finite.length === 0 ? null : Math.min(...finite)
  }

  #breaker({ breaker = CLOSED_BREAKER }: Connection) {
    return breakerState(breaker, this.#deps.now())
  }

  #run(work: () => Promise<void>, after: () => void): void {
    const running: Promise<void> = work()
      .catch(this.#failed)
      .finally(() => {
        after()
        this.#running.delete(running)
        this.#lookAgain()
      })
    this.#running.add(running)
  }

  /** Storage failed in mid-work. Nothing was half written; the next round finds the same work again. */
  readonly #failed = (error: unknown): void => this.#deps.onError?.(error)
}

type PullKey = `${ConnectionId} ${PullSubject}`

function keyOf({ connectionId, what }: Pick<PullState, 'connectionId' | 'what'>): PullKey {
  return `${connectionId} ${what}`
}

/** What this shop's connector can be asked for. */
function subjectsOf({ connectorId }: Connection): PullSubject[] {
  const offered = findManifest(connectorId)?.capabilities ?? ['pull-orders']
  const subjects: PullSubject[] = []
  // A carrier has no orders.
  if (offered.includes('pull-orders')) subjects.push('orders')
  if (offered.includes('pull-listings')) subjects.push('listings')
  return subjects
}

/**
 * A shop that is pulled only by hand is not pulled at start either. One whose last pull of orders did not come to its end (the
 * app was closed or killed, the shop was down) goes on at once.
 */
function freshPullState(connection: Connection, what: PullSubject, now: number): PullState {
  const byHand = connection.pullEveryMs === 0
  const orders = byHand ? connection.lastPullAt : lastWholePull(connection)
  const last = what === 'orders' ? orders : (connection.catalogue?.lastPullAt ?? null)
  const intervalMs = intervalOf(connection)
  return {
    ...{ connectionId: connection.id, what },
    intervalMs: what === 'orders' ? intervalMs : Math.max(intervalMs, LISTINGS_EVERY_MS),
    // A moment ahead is from before the clock was set back.
    lastEndedAt: last === null ? (byHand ? now : null) : Math.min(last, now),
    ...{ failures: 0, notBefore: 0, requestedAt: null, running: false, paused: false },
  }
}

function lastWholePull({ lastPullAt, lastSuccessAt, pageToken }: Connection): number | null {
  const whole = lastPullAt !== null && (lastSuccessAt ?? 0) >= lastPullAt && pageToken === null
  return whole ? lastPullAt : null
}

/** Nothing is pulled or sent: switched off, waits for a sign-in, or a person has to look first. */
function isClosed({ paused, needsSignIn, alarm }: Connection): boolean {
  return paused || needsSignIn || alarm !== undefined
}

function intervalOf({ pullEveryMs }: Connection): number {
  return pullEveryMs > 0 ? pullEveryMs : Number.POSITIVE_INFINITY
}
