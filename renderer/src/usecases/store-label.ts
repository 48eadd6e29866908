import type { PaperMedia } from '#core/documents/document-request.ts'
import { MEDIA } from '#core/documents/media.ts'
import type { OrderId, ShipmentId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { advanceShipment, numberOf, type Shipment } from '#core/shipping/shipment.ts'
import { inUnit, ORDER_STORES } from '#renderer/data/unit-of-work.ts'
import { addActivity, ofOrder } from '#renderer/data/repos/activity.repo.ts'
import { loadOrder, saveOrders } from '#renderer/data/repos/orders.repo.ts'
import type { StoredDocument } from '#renderer/data/records.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

export interface DrawnLabel {
  orderId: OrderId
  shipmentId: ShipmentId
  bytes: Uint8Array
  sha256: string
  medium: PaperMedia['label']
}

/**
 * Stores a label's bytes, its shipment's state and the order's stage together. A label that another call stored first is
 * given back. Issues: `not-found.shipment`, `conflict.shipment-move` when it was voided meanwhile, `conflict.stage` when the
 * order is no longer to be shipped (the bytes are stored all the same).
 */
export function storeLabel(
  { db, newId, now }: UseCaseContext<never>,
  drawn: DrawnLabel,
): Promise<Result<{ shipment: Shipment; document: StoredDocument }>> {
  return inUnit(
    db,
    { stores: [...ORDER_STORES, 'shipments', 'documents'], durability: 'strict' },
    async () => {
      const shipment = await db.shipments.get(drawn.shipmentId)
      if (shipment === undefined) return err(issue('not-found', { reason: 'shipment' }))
      const there = shipment.documentId === null ? undefined : await db.documents.get(shipment.documentId)
      if (there !== undefined) return ok({ shipment, document: there })
      const { width: widthMm, height: heightMm } = MEDIA[drawn.medium]
      const document: StoredDocument = {
        ...{ id: newId<'document'>(), kind: 'label', mime: 'application/pdf', createdAt: now() },
        ...{ orderId: drawn.orderId, shipmentId: shipment.id, title: numberOf(shipment) },
        ...{ bytes: drawn.bytes, sha256: drawn.sha256, widthMm, heightMm },
      }
      const labelled = advanceShipment(shipment, 'label_stored', now(), { documentId: document.id })
      if (!labelled.ok) return labelled
      await db.documents.add(document)
      await db.shipments.put(labelled.value)
      const order = await loadOrder(db, drawn.orderId)
      if (!order.ok || order.value.stage !== 'to_ship')
        return err(issue('conflict', { reason: 'stage', field: 'stage' }))
      const { service } = shipment
      await saveOrders(db, [{ ...order.value, stage: 'label_ready', service, updatedAt: now() }])
      await addActivity(db, newId, [
        {
          ...ofOrder(order.value),
          at: now(),
          what: 'label-stored',
          values: { number: numberOf(shipment) },
          by: 'here',
        },
      ])
      return ok({ shipment: labelled.value, document })
    },
  )
}
