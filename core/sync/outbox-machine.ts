import type { Rng } from '#core/shared/ports.ts'
import { issue as makeIssue, type Issue, type IssueCode } from '#core/shared/issue.ts'
import type { OutboxRow, OutboxState } from '#core/sync/outbox.ts'
import { backoffMs, DEFAULT_BACKOFF, type BackoffPolicy } from '#core/sync/backoff.ts'

/**
 * What may happen to a row, by state. A row leaves only by `settleSuccess` (the remote has it) or when a person drops
 * it; no transition of this table loses one.
 */
export const OUTBOX_TRANSITIONS: Readonly<Record<OutboxState, readonly OutboxState[]>> = {
  queued: ['leased'],
  leased: ['queued', 'accepted', 'waiting', 'blocked-conflict', 'blocked-auth', 'needs-attention'],
  accepted: ['queued', 'needs-attention'],
  waiting: ['leased', 'queued'],
  'blocked-conflict': ['queued'],
  'blocked-auth': ['queued'],
  'needs-attention': ['queued'],
}

/** Where each kind of failure leads. `settle` says how long: the remote's word, backoff, or time for a write to show. */
const AFTER_ISSUE: Readonly<Record<IssueCode, { state: OutboxState; settle?: 'backoff' | 'settling' }>> = {
  auth: { state: 'blocked-auth' },
  'rate-limited': { state: 'waiting', settle: 'backoff' },
  'remote-down': { state: 'waiting', settle: 'backoff' },
  'outcome-unknown': { state: 'waiting', settle: 'settling' },
  'invalid-input': { state: 'needs-attention' },
  unsupported: { state: 'needs-attention' },
  malformed: { state: 'needs-attention' },
  'not-found': { state: 'needs-attention' },
  conflict: { state: 'blocked-conflict' },
  cancelled: { state: 'queued' },
}

/** Issues after which the remote's state is known, because it judged this very change. */
const CONCLUSIVE: ReadonlySet<IssueCode> = new Set(['invalid-input', 'unsupported', 'not-found', 'conflict'])

/** How long a new change stays on this machine, so that its undo means something while the line is up. */
export const UNDO_GRACE_MS = 5_000
/** A write whose answer was lost may take this long to show when it is read back. */
export const SETTLING_MS = 3_000
/** A batch whose making was broken off may still be at the remote, and carried out this much later: its changes are not sent again before. */
export const BATCH_SETTLING_MS = 15 * 60_000
/** How long one attempt may take before it counts as lost. */
export const LEASE_MS = 120_000

/** True when the table allows it. */
export function canMove(from: OutboxState, to: OutboxState): boolean {
  return OUTBOX_TRANSITIONS[from].includes(to)
}

/**
 * Takes the row for one attempt. Store the result (strict durability) before the request leaves: `inFlight` is how a
 * crash in mid-call is known to be an unknown outcome.
 */
export function lease(row: OutboxRow, now: number, leaseMs: number = LEASE_MS): OutboxRow {
  return {
    ...move(row, 'leased'),
    inFlight: true,
    attempts: row.attempts + 1,
    leaseUntil: now + leaseMs,
    ...(row.batch === undefined ? {} : { batch: 'alone' as const }),
  }
}

/** True while an attempt may have been carried out, and nobody knows. */
export function mayHaveArrived({ inFlight, lastIssue }: Pick<OutboxRow, 'inFlight' | 'lastIssue'>): boolean {
  return inFlight || lastIssue?.code === 'outcome-unknown'
}

/**
 * A row from a copy that may be older than the last attempt: an export, a backup, the journal of a lost store. What costs money twice is
 * asked for before it is sent; other kinds read first anyway.
 */
export function asOldCopy(row: OutboxRow): OutboxRow {
  if (row.kind !== 'buy-label') return row
  const state = row.state === 'leased' ? 'waiting' : row.state
  const lastIssue = makeIssue('outcome-unknown', { reason: 'old-copy' })
  const from = row.payload.attempted?.from ?? row.createdAt
  const payload = { ...row.payload, attempted: { from, to: null } }
  return { ...row, payload, state, inFlight: true, lastIssue, leaseUntil: 0 }
}

/**
 * Between which moments requests of a purchase may have left, up to now. A row that says nothing of them (it is from before they were
 * noted, or from a copy) may have been tried at any time since it was made.
 */
export function attemptsOf(
  { createdAt, payload: { attempted } }: Pick<OutboxRow<'buy-label'>, 'createdAt' | 'payload'>,
  now: number,
): { from: number; to: number } {
  const from = attempted?.from ?? createdAt
  const to = attempted?.to ?? now
  // The clock may have been set back between them.
  return { from: Math.min(from, to), to: Math.max(from, to) }
}

/** The row with one more attempt, that leaves now. */
export function withAttempt(row: OutboxRow<'buy-label'>, now: number): OutboxRow<'buy-label'> {
  const isFirst = row.payload.attempted === undefined && !row.payload.mayHaveArrived
  const { from, to } = isFirst ? { from: now, to: now } : attemptsOf(row, now)
  const attempted = { from: Math.min(from, now), to: Math.max(to, now) }
  return { ...row, payload: { ...row.payload, attempted } }
}

/**
 * A row from a file, which may be months old. A difference of stock says nothing of what it was made from, so sent again it would count
 * again: it waits until a person releases or drops it. So does a label that was to be given back, which may be on a parcel by now. Others
 * as `asOldCopy`.
 */
export function asFileCopy(row: OutboxRow): OutboxRow {
  if (row.kind === 'void-label') return { ...row, held: true }
  if (row.kind !== 'push-stock') return asOldCopy(row)
  const state = row.state === 'leased' ? 'waiting' : row.state
  const lastIssue = makeIssue('outcome-unknown', { reason: 'old-stock' })
  return { ...row, state, held: true, lastIssue, leaseUntil: 0 }
}

/** The remote has the change: the row leaves the outbox. */
export function settleSuccess(row: OutboxRow): { remove: OutboxRow['id'] } {
  if (row.state !== 'leased') throw new Error(`outbox row ${row.id} settled while ${row.state}`)
  return { remove: row.id }
}

/**
 * The remote took the change and does not show it yet: the row waits until a reading shows it, or a person sends it again. By itself it
 * never goes twice: the first may still be carried out, over what others do meanwhile.
 */
export function settleAccepted(row: OutboxRow, now: number): OutboxRow {
  return {
    ...move(row, 'accepted'),
    inFlight: row.kind === 'push-stock',
    lastIssue: null,
    nextAttemptAt: now,
    leaseUntil: 0,
  }
}

/** It is in a batch that the remote works on; what became of it is in the batch's report, and in a reading. */
export function settleBatched(
  row: OutboxRow,
  batch: { remoteId: string; place: number },
  now: number,
): OutboxRow {
  return { ...settleAccepted(row, now), batch }
}

/** No batch has it, and none will: it goes by itself, or (`again`) with a later batch. */
export function settleUnbatched(row: OutboxRow, now: number, again: boolean): OutboxRow {
  const free = {
    ...move(row, 'queued'),
    ...{ inFlight: false, lastIssue: null, nextAttemptAt: now, leaseUntil: 0 },
  }
  return { ...free, batch: again ? undefined : 'alone' }
}

/** Nobody knows whether there is a batch with it: it goes by itself, once one would have been carried out. */
export function settleBatchLost(row: OutboxRow, issue: Issue, now: number): OutboxRow {
  const lost = { inFlight: true, lastIssue: { ...issue, retryAfterMs: BATCH_SETTLING_MS }, leaseUntil: 0 }
  return { ...move(row, 'waiting'), ...lost, nextAttemptAt: now + BATCH_SETTLING_MS, batch: 'making' }
}

/** The batch is done. Refused in it: a person must look. Else it waits for a reading that shows it. */
export function settleReported(row: OutboxRow, refusal: Issue | null): OutboxRow {
  if (refusal === null) return { ...row, batch: 'alone' }
  return { ...move(row, 'needs-attention'), batch: 'alone', inFlight: false, lastIssue: refusal }
}

/** The attempt failed: where the row stands now. Never drops it. */
export function settleIssue(
  row: OutboxRow,
  issue: Issue,
  now: number,
  rng: Rng,
  {
    policy = DEFAULT_BACKOFF,
    settlingMs = SETTLING_MS,
  }: { policy?: BackoffPolicy; settlingMs?: number } = {},
): OutboxRow {
  const { state, settle } = AFTER_ISSUE[issue.code]
  // An earlier attempt's lost answer stays an open question until the remote gives a clear one.
  const stillUnknown = wasUnknown(row) && !CONCLUSIVE.has(issue.code)
  const backoff = settle === undefined ? 0 : backoffMs(row.attempts, rng, policy)
  const least = settle === 'settling' ? settlingMs : 0
  return {
    ...move(row, state),
    inFlight: issue.code === 'outcome-unknown' || stillUnknown,
    lastIssue: stillUnknown && issue.code !== 'outcome-unknown' ? keepUnknown(issue) : issue,
    nextAttemptAt: settle === undefined ? row.nextAttemptAt : now + waitFor(issue, backoff, least),
    leaseUntil: 0,
  }
}

/** True when nobody can be sending the row any more: its time ran out, or the process that took it is gone. */
export function isLeaseOver(row: OutboxRow, now: number, aliveSince: number): boolean {
  if (row.state !== 'leased') return false
  // No lease is that long: the clock was set back since.
  const isStray = row.leaseUntil > now + 2 * LEASE_MS
  return isStray || row.leaseUntil <= now || row.leaseUntil - LEASE_MS < aliveSince
}

/**
 * Leases that are over (a crash, a closed lid): whether the remote has those rows is unknown. Others unchanged.
 * `aliveSince` is when the process that makes the calls was started.
 */
export function expireLeases(rows: readonly OutboxRow[], now: number, aliveSince: number): OutboxRow[] {
  return rows.map((row) => (isLeaseOver(row, now, aliveSince) ? expire(row, now) : row))
}

/** Back in the queue: after sign-in, after a person decided or corrected it, or when they say "try again". */
export function requeue(row: OutboxRow, now: number): OutboxRow {
  if (row.state === 'leased') throw new Error(`outbox row ${row.id} is being sent; settle it first`)
  if (row.state === 'queued') return row
  const batch = row.batch === undefined ? {} : { batch: 'alone' as const }
  return { ...move(row, 'queued'), nextAttemptAt: now, ...batch }
}

/** The line is back: a row that waited only for that goes now; a limit set by the remote stays. */
export function wake(row: OutboxRow, now: number): OutboxRow {
  if (row.state !== 'waiting' || row.lastIssue?.retryAfterMs !== undefined) return row
  if (row.lastIssue?.code === 'remote-down')
    return { ...row, nextAttemptAt: Math.min(row.nextAttemptAt, now) }
  if (!wasUnknown(row)) return row
  return { ...row, nextAttemptAt: Math.min(row.nextAttemptAt, now + SETTLING_MS) }
}

function expire(row: OutboxRow, now: number): OutboxRow {
  const lastIssue = makeIssue('outcome-unknown', { reason: 'lease-expired' })
  if (row.batch === 'making') return settleBatchLost(row, lastIssue, now)
  return {
    ...move(row, 'waiting'),
    inFlight: true,
    lastIssue,
    // A process that has just died may have written a moment ago.
    nextAttemptAt: row.leaseUntil <= now ? now : now + SETTLING_MS,
    leaseUntil: 0,
  }
}

/** The remote's wish is a floor; jitter comes on top, or every row it slowed down would return in the same instant. */
function waitFor(issue: Issue, backoff: number, least: number): number {
  if (issue.retryAfterMs !== undefined) return Math.max(least, issue.retryAfterMs) + Math.min(backoff, 1_000)
  return Math.max(least, backoff)
}

function wasUnknown(row: OutboxRow): boolean {
  return row.lastIssue?.code === 'outcome-unknown'
}

function keepUnknown(issue: Issue): Issue {
  return makeIssue('outcome-unknown', {
    reason: 'not-read-back',
    retryAfterMs: issue.retryAfterMs,
    remoteCode: issue.remoteCode ?? issue.code,
    remoteMessage: issue.remoteMessage,
  })
}

function move(row: OutboxRow, to: OutboxState): OutboxRow {
  if (!canMove(row.state, to)) throw new Error(`outbox row ${row.id} cannot go from ${row.state} to ${to}`)
  return { ...row, state: to }
}
