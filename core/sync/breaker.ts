import type { CallOutcome } from '#core/sync/connectivity.ts'

/**
 * Keeps a shop that does not take anything from being asked for every waiting change in turn. `open`: nothing is sent until
 * `probeAt`; then one change goes as a probe, and what becomes of it decides for all.
 */
export interface Breaker {
  /** Calls in a row that failed on the way or at the shop. */
  failures: number
  /** Epoch ms; null while closed. */
  probeAt: number | null
}

export const CLOSED_BREAKER: Breaker = { failures: 0, probeAt: null }

/** So many failures in a row open it. */
export const OPENS_AFTER = 5
const FIRST_PAUSE_MS = 30_000
const LONGEST_PAUSE_MS = 10 * 60_000

export type BreakerState = 'closed' | 'open' | 'half-open'

export function breakerState({ probeAt }: Breaker, now: number): BreakerState {
  if (probeAt === null) return 'closed'
  // No pause is that long: the clock was set back since.
  const isStray = probeAt > now + LONGEST_PAUSE_MS
  return now < probeAt && !isStray ? 'open' : 'half-open'
}

/**
 * After a call to the shop: `failed` when the line or its server did not do their part (a refusal of one change is no failure of
 * the shop). The same object when nothing changed.
 */
export function afterCall(breaker: Breaker, outcome: 'worked' | 'failed' | 'none', now: number): Breaker {
  if (outcome === 'none') return breaker
  if (outcome === 'worked') return breaker.failures === 0 ? breaker : CLOSED_BREAKER
  const failures = breaker.failures + 1
  if (failures < OPENS_AFTER) return { failures, probeAt: null }
  // Calls that were on their way when it opened do not lengthen the pause.
  if (breakerState(breaker, now) === 'open') return breaker
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures - OPENS_AFTER, 10))
  return { failures, probeAt: now + pause }
}

/** A person asked: the next change goes at once. */
export function probeNow(breaker: Breaker, now: number): Breaker {
  return breakerState(breaker, now) === 'open' ? { ...breaker, probeAt: now } : breaker
}

/** Where a call's word about the line and its issue lead. */
export function breakerOutcome(line: CallOutcome, code: string | null): 'worked' | 'failed' | 'none' {
  if (line === 'none' || code === 'rate-limited' || code === 'auth') return 'none'
  return line === 'unreachable' || code === 'remote-down' || code === 'outcome-unknown' ? 'failed' : 'worked'
}
