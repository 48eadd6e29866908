import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { OutboxKind, OutboxRow } from '#core/sync/outbox.ts'
import { mayHaveArrived } from '#core/sync/outbox-machine.ts'
import { isBeingBought } from '#core/shipping/shipment.ts'
import { currentShipment } from '#renderer/data/repos/shipments.repo.ts'
import type { OrderId } from '#core/shared/ids.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/**
 * What may have been paid for, or given back, is not forgotten: `conflict.may-have-bought`, `conflict.may-have-voided` until the carrier
 * has said what became of it.
 */
export function mayDrop(row: OutboxRow): Result<null> {
  const reason = MAY_HAVE[row.kind]
  return reason !== undefined && mayHaveArrived(row) ? err(issue('conflict', { reason })) : ok(null)
}

const MAY_HAVE: Partial<Record<OutboxKind, string>> = {
  'buy-label': 'may-have-bought',
  'void-label': 'may-have-voided',
}

/** Nothing was asked of the carrier, or nothing sold: the draft is void. Needs `shipments`. */
export async function voidDraft({ db, now }: UseCaseContext, row: OutboxRow<'buy-label'>): Promise<void> {
  const draft = await db.shipments.get(row.payload.shipmentId)
  if (draft !== undefined && isBeingBought(draft))
    await db.shipments.put({ ...draft, state: 'voided', updatedAt: now() })
}

/** The drop is taken back; not when the order has got another parcel meanwhile (`conflict.label-exists`). Needs `shipments`. */
export async function reviveDraft(
  { db, now }: UseCaseContext,
  row: OutboxRow<'buy-label'>,
): Promise<Result<null>> {
  const orderId = row.entityKey.replace(/^order:/, '') as OrderId
  if ((await currentShipment(db, orderId)) !== null) return err(issue('conflict', { reason: 'label-exists' }))
  const draft = await db.shipments.get(row.payload.shipmentId)
  const asked = draft?.purchase?.asked ?? null
  if (draft === undefined || asked === null || draft.documentId !== null)
    return err(issue('not-found', { reason: 'shipment' }))
  await db.shipments.put({ ...draft, state: 'draft', updatedAt: now() })
  return ok(null)
}
