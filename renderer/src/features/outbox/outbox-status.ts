import type { Issue } from '#core/shared/issue.ts'
import type { OutboxRow, OutboxState } from '#core/sync/outbox.ts'
import type { Tone } from '#renderer/ui/tone.ts'

export type OutboxStatus = OutboxState | 'held' | 'read-only'

const TONES: Record<OutboxStatus, Tone> = {
  held: 'quiet',
  'read-only': 'quiet',
  queued: 'moving',
  leased: 'moving',
  accepted: 'moving',
  waiting: 'waiting',
  'blocked-conflict': 'refused',
  'blocked-auth': 'waiting',
  'needs-attention': 'refused',
}

/** One word for a waiting change; what a person keeps back, itself or with all of its shop, is called so whatever its state. */
export function outboxStatus(row: OutboxRow, isReadOnly: boolean): { status: OutboxStatus; tone: Tone } {
  const waits = row.state === 'queued' || row.state === 'waiting'
  const status = row.held ? 'held' : isReadOnly && waits ? 'read-only' : row.state
  return { status, tone: TONES[status] }
}

/** What its shop answered last; nothing for one that waits for a choice, whatever went wrong before that. */
export function lastAnswer({ state, lastIssue }: OutboxRow): Issue | null {
  return state === 'blocked-conflict' && lastIssue?.code !== 'conflict' ? null : lastIssue
}
