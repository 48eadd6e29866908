import { sha256Bytes } from '#core/shared/sha256.ts'
import type { Shipment } from '#core/shipping/shipment.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import type { FakeCarrier, Sale } from '#tests/simulation/fake-carrier.ts'

/**
 * Each intent was paid for once at most, and nothing was bought without one; what was paid for is stored with its bytes, or its row is
 * still in the outbox; a draft always has its row.
 */
export async function checkPurchases(db: CaravelDatabase, { sold }: FakeCarrier): Promise<string[]> {
  const shipments = await db.shipments.toArray()
  const rows = new Set<string>((await db.outbox.toArray()).map(({ id }) => id))
  const breaches = sold
    .filter(({ intentId }, i) => sold.findIndex((other) => other.intentId === intentId) !== i)
    .map(({ intentId }) => `intent ${intentId} was paid for twice`)
  for (const sale of sold) {
    const shipment = shipments.find(({ purchase }) => purchase?.intentId === sale.intentId)
    if (shipment === undefined) breaches.push(`${sale.trackingNumber} was bought without an intent`)
    else if (!rows.has(sale.intentId)) breaches.push(...(await checkKept(db, sale, shipment)))
  }
  for (const { id, state, purchase } of shipments) {
    if (purchase === undefined) continue
    if (state === 'draft' && !rows.has(purchase.intentId)) breaches.push(`draft ${id} has no row`)
    const paid = sold.some(({ intentId }) => intentId === purchase.intentId)
    if (!paid && purchase.remoteId !== null) breaches.push(`shipment ${id} was never bought`)
  }
  return breaches
}

async function checkKept(db: CaravelDatabase, sale: Sale, shipment: Shipment): Promise<string[]> {
  const { trackingNumber, documentId, purchase } = shipment
  const document = documentId === null ? undefined : await db.documents.get(documentId)
  const bytes = document === undefined ? '' : new TextDecoder().decode(document.bytes)
  const whole =
    trackingNumber === sale.trackingNumber &&
    purchase?.remoteId === sale.purchaseRemoteId &&
    bytes === atob(sale.label.base64) &&
    document?.sha256 === sha256Bytes(document?.bytes ?? new Uint8Array())
  if (!whole) return [`${sale.trackingNumber} was paid for and is not kept`]
  const order = await db.orders.get(shipment.orderIds[0] ?? '')
  const unsaid =
    order?.stage === 'cancelled' && shipment.state !== 'voided' && order.blocked !== 'label-unused'
  return unsaid && order.trackingNumber !== trackingNumber
    ? [`${sale.trackingNumber} is spare, and order ${order.id} does not say so`]
    : []
}
