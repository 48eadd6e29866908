import { DEFAULT_BACKOFF } from '#core/sync/backoff.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import type { PullState } from '#core/sync/schedule.ts'

/**
 * A clock that was wrong and is put right goes back, by minutes or by years. What was to happen at a moment of the old time must
 * not wait until the clock comes there again.
 */

/** What was planned by a clock that was ahead by so much. */
export function planEarlier(state: PullState, by: number): PullState {
  const earlier = (at: number | null): number | null => (at === null ? null : at - by)
  return {
    ...state,
    lastEndedAt: earlier(state.lastEndedAt),
    requestedAt: earlier(state.requestedAt),
    servedAt: earlier(state.servedAt),
    notBefore: state.notBefore - by,
  }
}

/** A row that waits longer than any row is ever told to was planned by another clock: it is due. */
export function withoutStrayWait(row: OutboxRow, now: number): OutboxRow {
  const longest = Math.max(DEFAULT_BACKOFF.capMs, row.lastIssue?.retryAfterMs ?? 0) + 1_000
  return row.nextAttemptAt > now + longest ? { ...row, nextAttemptAt: now } : row
}
