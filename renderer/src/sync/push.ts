import type { OutboxId } from '#core/shared/ids.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import type { Result } from '#core/shared/result.ts'
import { err } from '#core/shared/result.ts'
import type { OperationOutput } from '#core/contracts/operations.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import { expireLeases, isLeaseOver, lease } from '#core/sync/outbox-machine.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { loadOutbox, loadOutboxRow, setAside } from '#renderer/data/repos/outbox.repo.ts'
import { ownRefusalAsCancelled } from '#renderer/sync/local-issue.ts'
import { settleConfirmed, settleRefused } from '#renderer/sync/settle.ts'
import type { PullDeps, SyncDeps } from '#renderer/sync/sync-deps.ts'

/**
 * Reads the outbox for a round of sending: rows that do not parse are set aside, leases that ran out (a crash, a
 * closed lid) become open questions.
 */
export async function prepareRound({ db, now, aliveSince }: SyncDeps): Promise<OutboxRow[]> {
  const at = now()
  const { rows, unreadable } = await loadOutbox(db)
  const expired = rows.some((row) => isLeaseOver(row, at, aliveSince))
  if (unreadable.length === 0 && !expired) return rows
  return inUnit(db, { stores: ['outbox', 'quarantine'], durability: 'strict' }, async () => {
    const fresh = await loadOutbox(db)
    await setAside(db, fresh.unreadable, at)
    const after = expireLeases(fresh.rows, at, aliveSince)
    await db.outbox.bulkPut(after.filter((row, i) => row !== fresh.rows[i]))
    return after
  })
}

/**
 * Sends one row: the lease is on disk before the request leaves, so that a crash in mid-call is known to be an
 * unknown outcome. Whatever comes back is settled in one transaction. Returns what stood in the way, or null.
 */
export async function pushRow(deps: PullDeps, id: OutboxId): Promise<Issue | null> {
  const leased = await takeLease(deps, id)
  if (leased === null) return null
  const reply = await send(deps, leased)
  if (reply.ok) {
    deps.writes.note(leased.connectionId, leased.payload.orderRemoteId)
    await settleConfirmed(deps, leased, reply.value)
  } else await settleRefused(deps, leased, reply.error)
  return reply.ok ? null : reply.error
}

/** Null when a person held, dropped or sent it since it was chosen. */
function takeLease({ db, now }: SyncDeps, id: OutboxId): Promise<OutboxRow | null> {
  return inUnit(db, { stores: ['outbox'], durability: 'strict' }, async () => {
    const row = await loadOutboxRow(db, id)
    if (row === undefined || row.held || (row.state !== 'queued' && row.state !== 'waiting')) return null
    const leased = lease(row, now())
    await db.outbox.put(leased)
    return leased
  })
}

async function send(
  { host }: SyncDeps,
  row: OutboxRow,
): Promise<Result<OperationOutput<'confirm-shipment'>>> {
  try {
    const call = host['connector.confirm-shipment']({
      connectionId: row.connectionId,
      intentId: row.id,
      ...row.payload,
    })
    return ownRefusalAsCancelled(await call)
  } catch {
    return err(issue('outcome-unknown', { reason: 'call-broken-off' }))
  }
}
