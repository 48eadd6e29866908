import { requeue, SETTLING_MS } from '#core/sync/outbox-machine.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'

/**
 * Puts a row back on its way because a person says so. When an earlier attempt's outcome is unknown, its write may still
 * be about to show: then it goes only after the settling time, or reading it back would find nothing and write twice.
 */
export function sendAgain(row: OutboxRow, now: number): OutboxRow {
  if (row.state === 'queued') return { ...row, nextAttemptAt: Math.min(row.nextAttemptAt, now) }
  if (!row.inFlight) return requeue(row, now)
  const settled = now + SETTLING_MS
  return {
    ...row,
    state: 'waiting',
    nextAttemptAt: row.state === 'waiting' ? Math.min(row.nextAttemptAt, settled) : settled,
  }
}
