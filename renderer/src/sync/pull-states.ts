import type { ConnectionId } from '#core/shared/ids.ts'
import type { Issue } from '#core/shared/issue.ts'
import type { Rng } from '#core/shared/ports.ts'
import { findManifest, leastPullMs } from '#core/connectors/manifests.ts'
import { planEarlier } from '#core/sync/clock-set-back.ts'
import { priorityOfPull, type Priority } from '#core/sync/priority.ts'
import {
  chooseDuePulls,
  endPull,
  isAsked,
  nextWakeAt,
  notePage,
  requestPull,
  startPull,
  type PullState,
  type PullSubject,
} from '#core/sync/schedule.ts'
import type { Connection } from '#renderer/data/records.ts'
import { COOL_MS } from '#renderer/sync/local-issue.ts'

/** Listings change less often than orders come in, and a pull of them costs more. */
const LISTINGS_EVERY_MS = 10 * 60_000

type PullKey = `${ConnectionId} ${PullSubject}`

/** When each shop is pulled next, and what a pull under way answers. Nothing here survives a restart, nothing needs to. */
export class PullStates {
  readonly #states = new Map<PullKey, PullState>()

  /** Takes in what connections say now. */
  refresh(connections: readonly Connection[], now: number): void {
    const known = new Set(connections.map(({ id }) => id))
    for (const [key, { connectionId }] of this.#states) if (!known.has(connectionId)) this.#states.delete(key)
    for (const connection of connections)
      for (const what of subjectsOf(connection)) {
        const fresh = freshPullState(connection, what, now)
        const state = this.#states.get(keyOf(fresh)) ?? fresh
        this.#states.set(keyOf(fresh), {
          ...{ ...state, intervalMs: fresh.intervalMs, paused: isClosed(connection) },
        })
      }
  }

  /** A person asked for these shops; `limits` is until when a remote wants to be left alone. */
  request(ids: readonly ConnectionId[], now: number, limits: ReadonlyMap<ConnectionId, number>): void {
    const asked = new Set(ids)
    for (const [key, state] of this.#states)
      if (asked.has(state.connectionId))
        this.#states.set(key, requestPull(state, now, limits.get(state.connectionId) ?? 0))
  }

  due(now: number): PullState[] {
    return chooseDuePulls([...this.#states.values()], now)
  }

  nextAt(): number | null {
    return nextWakeAt([...this.#states.values()])
  }

  start(state: PullState): void {
    this.#change(state, startPull)
  }

  /** It asks for a page. */
  notePage(state: PullState, isWalk: boolean): void {
    this.#change(state, (current) => notePage(current, isWalk))
  }

  end(state: PullState, issue: Issue | null, now: number, rng: Rng): void {
    this.#change(state, (current) => cooled(endPull(current, issue, now, rng), issue, now))
  }

  /** Ends it when it broke off before it could say how. */
  abandon(state: PullState, now: number, rng: Rng): void {
    this.#change(state, (current) =>
      current.running ? endPull(current, { code: 'remote-down' }, now, rng) : current,
    )
  }

  priorityOf(state: PullState): Priority {
    const current = this.#states.get(keyOf(state)) ?? state
    return priorityOfPull(current.what, isAsked(current))
  }

  /** A person waits for what is pulled of its orders. */
  isAsked(connectionId: ConnectionId): boolean {
    const orders = this.#states.get(keyOf({ connectionId, what: 'orders' }))
    return orders !== undefined && isAsked(orders)
  }

  /** Shops that are being pulled. */
  running(): ConnectionId[] {
    return this.#idsOf(({ running }) => running)
  }

  /** Shops whose last pull failed. */
  failed(): ConnectionId[] {
    return this.#idsOf(({ failures }) => failures > 0)
  }

  /** The clock was set back: what is planned moves along with it. */
  planEarlier(by: number): void {
    for (const [key, state] of this.#states) this.#states.set(key, planEarlier(state, by))
  }

  #idsOf(which: (state: PullState) => boolean): ConnectionId[] {
    return [...this.#states.values()].filter(which).map(({ connectionId }) => connectionId)
  }

  #change(state: PullState, step: (current: PullState) => PullState): void {
    const current = this.#states.get(keyOf(state))
    if (current !== undefined) this.#states.set(keyOf(state), step(current))
  }
}

function keyOf({ connectionId, what }: Pick<PullState, 'connectionId' | 'what'>): PullKey {
  return `${connectionId} ${what}`
}

/** What never left this machine is due again at once; without a pause that would be a busy loop. */
function cooled(state: PullState, issue: Issue | null, now: number): PullState {
  return issue?.code === 'cancelled' ? { ...state, notBefore: now + COOL_MS } : state
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
    ...{ failures: 0, notBefore: 0, cutShort: false, requestedAt: null, whole: false },
    ...{ running: false, servedAt: null, walking: false, paused: false },
  }
}

function lastWholePull({ lastPullAt, lastSuccessAt, pageToken }: Connection): number | null {
  const whole = lastPullAt !== null && (lastSuccessAt ?? 0) >= lastPullAt && pageToken === null
  return whole ? lastPullAt : null
}

/** Nothing is pulled or sent: switched off, waits for a sign-in, or a person has to look first. */
export function isClosed({ paused, needsSignIn, alarm, disconnectedAt }: Connection): boolean {
  return paused || needsSignIn || alarm !== undefined || disconnectedAt !== undefined
}

function intervalOf({ connectorId, pullEveryMs }: Connection): number {
  return pullEveryMs > 0 ? Math.max(pullEveryMs, leastPullMs(connectorId)) : Number.POSITIVE_INFINITY
}
