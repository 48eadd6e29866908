import type { ConnectionId } from '#core/shared/ids.ts'
import type { Rng } from '#core/shared/ports.ts'
import type { Issue } from '#core/shared/issue.ts'
import { backoffMs, DEFAULT_BACKOFF, type BackoffPolicy } from '#core/sync/backoff.ts'

/** What is pulled of a shop; each in a pull of its own, so that a walk of a catalogue keeps no order waiting. */
export type PullSubject = 'orders' | 'listings'

/** What decides when a connection is pulled next. */
export interface PullState {
  connectionId: ConnectionId
  what: PullSubject
  /** Time between two pulls, as the person set it. */
  intervalMs: number
  /** End of the last pull, whatever it came to; null before the first. */
  lastEndedAt: number | null
  /** Failures since the last pull that went well. */
  failures: number
  /** Not before this moment: backoff, or what the remote asked for. */
  notBefore: number
  /** The remote's limit ended the last pull before its last page: it goes on as soon as it may, whatever the interval. */
  cutShort: boolean
  /** When a person asked for it, as long as no pull answers that; null when nobody waits. */
  requestedAt: number | null
  /** That request is for everything the shop has, not only for what changed. */
  whole: boolean
  running: boolean
  /** When a person asked for what the pull under way answers; null when nobody did, or none is. */
  servedAt: number | null
  /** The pull under way goes through everything the shop has. */
  walking: boolean
  /** Waits for sign-in, or switched off. */
  paused: boolean
}

/** When this connection's next pull is due; null while it runs or is paused. */
export function nextPullAt(state: PullState): number | null {
  if (state.running || state.paused) return null
  // A person who asks does not wait out our own backoff, but neither may break the remote's limit: the caller sets
  // `notBefore` from Retry-After, and clears a mere backoff with `requestPull`.
  if (state.requestedAt !== null) return Math.max(state.requestedAt, state.notBefore)
  if (state.cutShort) return state.notBefore
  const regular = state.lastEndedAt === null ? 0 : state.lastEndedAt + state.intervalMs
  return Math.max(regular, state.notBefore)
}

/** The connections to pull now: first those a person waits for, longest waiting first, then the most overdue. */
export function chooseDuePulls(states: readonly PullState[], now: number): PullState[] {
  return states
    .map((state) => ({ state, at: nextPullAt(state) }))
    .filter((each): each is { state: PullState; at: number } => each.at !== null && each.at <= now)
    .sort((a, b) => comparePulls(a, b))
    .map(({ state }) => state)
}

/** When the scheduler has to wake up for the next pull; null when none will come due by itself. */
export function nextWakeAt(states: readonly PullState[]): number | null {
  const times = states.map(nextPullAt).filter((at): at is number => at !== null)
  return times.length === 0 ? null : Math.min(...times)
}

/** Who asks again so soon, while the answer is on its way, asks for the same thing. */
export const SAME_WISH_MS = 2_000

/**
 * A person asked. A backoff of ours is forgotten; a limit the remote set stays (`remoteLimitUntil`, 0 when none). A request while a
 * pull is under way joins it, at once when it only repeats what is being answered, else with the next page (`notePage`). What that
 * pull cannot answer any more is left to one pull after it, however often it is asked for.
 */
export function requestPull(state: PullState, now: number, remoteLimitUntil = 0): PullState {
  const { running, servedAt, walking, requestedAt, whole } = state
  if (!running) return { ...state, requestedAt: requestedAt ?? now, whole: true, notBefore: remoteLimitUntil }
  if (servedAt !== null && now - servedAt < SAME_WISH_MS) return state
  return { ...state, requestedAt: requestedAt ?? now, whole: whole || !walking }
}

/** True while a person waits for this, be it under way or not. */
export function isAsked({ requestedAt, servedAt }: PullState): boolean {
  return requestedAt !== null || servedAt !== null
}

export function startPull(state: PullState): PullState {
  const walking = state.requestedAt !== null && state.whole
  return {
    ...state,
    running: true,
    cutShort: false,
    servedAt: state.requestedAt,
    requestedAt: null,
    whole: false,
    walking,
  }
}

/**
 * The pull under way asks for a page: of changes, or of a walk through everything. Changes come in order of time, so what the shop
 * changed before this moment is on this page or behind it, and an open request is answered by it. A request for everything is not;
 * and what changed behind a walk is not on its pages, so that such a request ends as one for changes after it.
 */
export function notePage(state: PullState, isWalk: boolean): PullState {
  if (isWalk) return { ...state, walking: true, whole: false }
  const isTooLittle = state.what === 'listings' && state.whole
  if (state.requestedAt === null || isTooLittle) return state
  return { ...state, servedAt: state.requestedAt, requestedAt: null }
}

/** Ends a pull; what was asked for and it did not answer stays asked for. `issue` null means it went well; auth pauses until sign-in, anything else waits by backoff. */
export function endPull(
  state: PullState,
  issue: Issue | null,
  now: number,
  rng: Rng,
  policy: BackoffPolicy = DEFAULT_BACKOFF,
): PullState {
  const ended = { ...state, running: false, servedAt: null, walking: false, lastEndedAt: now }
  if (issue === null) return { ...ended, failures: 0, notBefore: 0 }
  if (issue.code === 'auth') return { ...ended, failures: state.failures + 1, paused: true }
  if (issue.code === 'cancelled') return { ...ended, lastEndedAt: state.lastEndedAt }
  const failures = state.failures + 1
  const wait = Math.max(issue.retryAfterMs ?? 0, backoffMs(failures, rng, policy))
  return { ...ended, failures, notBefore: now + wait, cutShort: issue.code === 'rate-limited' }
}

function comparePulls(a: { state: PullState; at: number }, b: { state: PullState; at: number }): number {
  const left = a.state.requestedAt
  const right = b.state.requestedAt
  if (left !== null && right !== null && left !== right) return left - right
  if ((left === null) !== (right === null)) return left === null ? 1 : -1
  // Parcels wait for orders; nobody waits for a catalogue that nobody asked for.
  if (a.state.what !== b.state.what) return a.state.what === 'orders' ? -1 : 1
  if (a.at !== b.at) return a.at - b.at
  return a.state.connectionId < b.state.connectionId ? -1 : 1
}
