import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import type { Priority } from '#core/sync/priority.ts'
import { isVoidAsked, withVoiding } from '#core/shipping/shipment.ts'
import { loadOutboxRow } from '#renderer/data/repos/outbox.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { whatever } from '#renderer/sync/purchase.ts'
import type { RowAnswer } from '#renderer/sync/row-answer.ts'
import type { SyncDeps } from '#renderer/sync/sync-deps.ts'

/** A bought label on its way back, and its answers, as of a purchase (docs/adr/0014): voided, refused, unknown. */

type VoidRow = OutboxRow<'void-label'>
type VoidAnswer = Extract<RowAnswer, { row: { kind: 'void-label' } }>

/**
 * One attempt to give a label back. What may have been voided is asked for again under the same intent: a carrier voids once and says
 * `already-voided` then. Null when the row is no longer this attempt's.
 */
export async function sendVoid(
  deps: SyncDeps,
  row: VoidRow,
  priority: Priority,
): Promise<Result<VoidAnswer> | null> {
  const refused = await openVoid(deps, row)
  if (refused !== null) return refused === 'not-ours' ? null : err(refused)
  const { connectionId, id: intentId, payload } = row
  const input = { connectionId, priority, intentId, purchaseRemoteId: payload.purchaseRemoteId }
  const answer = await whatever(deps.host['connector.void-label'](input))
  return answer.ok ? ok({ row, value: answer.value }) : err(asOutcome(answer.error))
}

/** A carrier that says it is too late has refused; an answer that cannot be read may say anything. */
function asOutcome(from: Issue): Issue {
  const { code, retryAfterMs, remoteCode = code, remoteMessage } = from
  if (code === 'conflict')
    return issue('invalid-input', { reason: 'void-refused', remoteCode, remoteMessage })
  if (code === 'malformed')
    return issue('outcome-unknown', { reason: 'void-unclear', retryAfterMs, remoteCode, remoteMessage })
  return from
}

/**
 * The last look before the label is worth nothing: it is still here and did not leave the house, and from now on it is not used. Where
 * an earlier attempt may have arrived, only the carrier knows what the label is worth, and it is asked whatever happened here.
 */
function openVoid(deps: SyncDeps, row: VoidRow): Promise<Issue | 'not-ours' | null> {
  const { db, now } = deps
  return inUnit(db, { stores: ['outbox', 'shipments'], durability: 'strict' }, async () => {
    const current = await loadOutboxRow(db, row.id)
    const ours = current?.state === 'leased' && current.attempts === row.attempts
    if (!ours || current.leaseUntil <= now()) return 'not-ours'
    const shipment = await db.shipments.get(row.payload.shipmentId)
    if (shipment === undefined || shipment.state === 'voided') return null
    if (shipment.state === 'handed_over') {
      const isOpen = current.lastIssue?.code === 'outcome-unknown'
      return isOpen ? null : issue('invalid-input', { reason: 'label-handed-over' })
    }
    if (!isVoidAsked(shipment))
      await db.shipments.put(
        withVoiding(shipment, { intentId: row.id, state: 'asked', refusal: null }, now()),
      )
    return null
  })
}
