import type { LabelMime } from '#core/documents/label-file.ts'
import type { Medium } from '#core/documents/media.ts'
import { checkShipmentNews } from '#core/order/shipment-news.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { Shipment } from '#core/shipping/shipment.ts'
import { inUnit, ORDER_STORES } from '#renderer/data/unit-of-work.ts'
import { addActivity, ofOrder } from '#renderer/data/repos/activity.repo.ts'
import { loadOrder, saveOrders } from '#renderer/data/repos/orders.repo.ts'
import { currentShipment } from '#renderer/data/repos/shipments.repo.ts'
import type { StoredDocument } from '#renderer/data/records.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { previewLabel } from '#renderer/usecases/make-label.ts'
import type { LabelPlan, ParcelFacts } from '#renderer/usecases/plan-label.ts'
import { sha256Hex } from '#renderer/usecases/print-document.ts'

export interface CarrierLabel extends ParcelFacts {
  orderId: Shipment['orderIds'][number]
  trackingNumber: string
  /** As the buyer and the shop are told. */
  service: string
  mime: LabelMime
  /** As main gave them: cut out for the medium, or a carrier's ZPL byte for byte. */
  bytes: Uint8Array
  medium: Medium
}

/**
 * Keeps a label that was bought elsewhere as the order's own: shipment, bytes and the order's stage in one strict transaction. What would
 * keep a label of ours from being made does not keep this one out: it is paid for. Issues: `invalid-input` of number and service,
 * `invalid-input.weight-unknown`, `conflict.stage`, `conflict.blocked`, `conflict.label-exists`, `conflict.number-used`.
 */
export async function keepCarrierLabel(
  ctx: UseCaseContext<never>,
  input: CarrierLabel,
): Promise<Result<{ shipment: Shipment; document: StoredDocument }, Issue[]>> {
  const named = checkShipmentNews({ trackingNumber: input.trackingNumber, carrier: input.service })
  if (!named.ok) return err([named.error])
  if (!(input.grossGrams > 0))
    return err([issue('invalid-input', { reason: 'weight-unknown', field: 'grossGrams' })])
  const checked = await previewLabel(ctx, input)
  if (!checked.ok) return checked
  const { trackingNumber, carrier: service } = named.value
  const sha256 = await sha256Hex(input.bytes)
  const label = { ...input, trackingNumber, service, sha256 }
  const kept = await store(ctx, label, checked.value.plan)
  return kept.ok ? kept : err([kept.error])
}

function store(
  { db, newId, now }: UseCaseContext<never>,
  label: CarrierLabel & { sha256: string },
  { declaration, ruleIds }: LabelPlan,
): Promise<Result<{ shipment: Shipment; document: StoredDocument }>> {
  const stores = [...ORDER_STORES, 'shipments', 'documents'] as const
  return inUnit(db, { stores, durability: 'strict' }, async () => {
    const { orderId, trackingNumber, service, grossGrams } = label
    const loaded = await loadOrder(db, orderId)
    if (!loaded.ok) return loaded
    const order = loaded.value
    if (order.stage !== 'to_ship') return err(issue('conflict', { reason: 'stage', field: 'stage' }))
    if (order.blocked !== null)
      return err(issue('conflict', { reason: 'blocked', field: order.blockedField }))
    if ((await currentShipment(db, orderId)) !== null)
      return err(issue('conflict', { reason: 'label-exists' }))
    if ((await db.shipments.where('trackingNumber').equals(trackingNumber).count()) > 0)
      return err(issue('conflict', { reason: 'number-used', field: 'trackingNumber' }))
    const at = now()
    const shipmentId = newId<'shipment'>()
    const document: StoredDocument = {
      ...{ id: newId<'document'>(), kind: 'label', mime: label.mime, createdAt: at, orderId, shipmentId },
      ...{ title: trackingNumber, bytes: label.bytes, sha256: label.sha256 },
      ...{ widthMm: label.medium.width, heightMm: label.medium.height },
    }
    const shipment: Shipment = {
      ...{ id: shipmentId, orderIds: [orderId], connectionId: order.connectionId, poolId: null, service },
      ...{ trackingNumber, state: 'label_stored', documentId: document.id, createdAt: at, updatedAt: at },
      ...{ grossGrams, sizeMm: label.sizeMm ?? null, declaration, ruleIds },
    }
    await db.documents.add(document)
    await db.shipments.add(shipment)
    await saveOrders(db, [{ ...order, stage: 'label_ready', trackingNumber, service, updatedAt: at }])
    const values = { number: trackingNumber }
    await addActivity(db, newId, [{ ...ofOrder(order), at, what: 'label-stored', values, by: 'here' }])
    return ok({ shipment, document })
  })
}
