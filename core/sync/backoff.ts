import type { Rng } from '#core/shared/ports.ts'

export interface BackoffPolicy {
  /** Ceiling of the first wait. */
  baseMs: number
  /** No wait is longer. */
  capMs: number
}

/** Two seconds, doubling up to five minutes: a shop that was rebuilt is noticed within one coffee. */
export const DEFAULT_BACKOFF: BackoffPolicy = { baseMs: 2_000, capMs: 300_000 }

/** The longest wait after so many attempts; `attempts` counts from 1. */
export function backoffCeiling(attempts: number, policy: BackoffPolicy = DEFAULT_BACKOFF): number {
  const doublings = Math.min(Math.max(attempts, 1) - 1, 40)
  return Math.min(policy.capMs, policy.baseMs * 2 ** doublings)
}

/**
 * How long to wait before the next attempt, in whole ms: exponential with full jitter (uniform between 0 and the
 * ceiling), so that rows that failed together do not come back together.
 */
export function backoffMs(attempts: number, rng: Rng, policy: BackoffPolicy = DEFAULT_BACKOFF): number {
  return Math.floor(rng() * backoffCeiling(attempts, policy))
}
