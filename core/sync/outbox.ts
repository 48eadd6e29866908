import type { ConnectionId, OutboxId } from '#core/shared/ids.ts'
import type { Issue } from '#core/shared/issue.ts'

/**
 * Where a change that must reach a remote stands.
 * queued: may go from `nextAttemptAt` on (a new change rests a moment, so that it can be undone) ·
 * leased: being sent · waiting: will be tried again at `nextAttemptAt` ·
 * blocked-conflict: a person must choose · blocked-auth: the connection asks for sign-in ·
 * needs-attention: the remote refused it; a person must look.
 */
export const OUTBOX_STATES = [
  'queued',
  'leased',
  'waiting',
  'blocked-conflict',
  'blocked-auth',
  'needs-attention',
] as const
export type OutboxState = (typeof OUTBOX_STATES)[number]

/** What is sent, by kind. More kinds join here. */
export interface OutboxPayloads {
  'confirm-shipment': {
    orderRemoteId: string
    trackingNumber: string
    carrier: string
  }
}
export type OutboxKind = keyof OutboxPayloads

/** One change on its way to a remote. It is deleted only when the remote has it, or a person drops it. */
export interface OutboxRow<K extends OutboxKind = OutboxKind> {
  /** Also the intent id that stays the same over every attempt. */
  id: OutboxId
  connectionId: ConnectionId
  /** Rows of one entity leave in the order they were made; entities do not wait for each other. */
  entityKey: string
  /** What a person calls the entity, e.g. the order number. */
  entityLabel: string
  kind: K
  payload: OutboxPayloads[K]
  state: OutboxState
  /** A person keeps it back; it is not sent while true, whatever the state. */
  held: boolean
  /** Written before the request leaves; while true the remote may or may not have it. */
  inFlight: boolean
  attempts: number
  createdAt: number
  nextAttemptAt: number
  leaseUntil: number
  lastIssue: Issue | null
}
