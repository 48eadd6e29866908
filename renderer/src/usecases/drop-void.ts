import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import { advanceShipment, isVoidAsked, withVoiding } from '#core/shipping/shipment.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

type VoidRow = OutboxRow<'void-label'>

/** Nobody wishes to give the label back any more: it is as good as before. That a carrier refused it stays said. Needs `shipments`. */
export async function keepLabel({ db, now }: UseCaseContext, { id, payload }: VoidRow): Promise<void> {
  const shipment = await db.shipments.get(payload.shipmentId)
  if (shipment?.purchase?.voiding?.intentId !== id || !isVoidAsked(shipment)) return
  await db.shipments.put(withVoiding(shipment, null, now()))
}

/** The drop is taken back, where there is still a label to give back (`conflict.label-gone`). Needs `shipments`. */
export async function askAgain({ db, now }: UseCaseContext, row: VoidRow): Promise<Result<null>> {
  const shipment = await db.shipments.get(row.payload.shipmentId)
  const canGo = shipment !== undefined && advanceShipment(shipment, 'voided', now()).ok
  if (!canGo || shipment.state === 'voided') return err(issue('conflict', { reason: 'label-gone' }))
  const refusal = row.state === 'needs-attention' ? row.lastIssue : null
  const state = refusal === null ? 'asked' : 'refused'
  await db.shipments.put(withVoiding(shipment, { intentId: row.id, state, refusal }, now()))
  return ok(null)
}
