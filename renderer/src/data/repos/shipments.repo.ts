import type { OrderId } from '#core/shared/ids.ts'
import type { Shipment } from '#core/shipping/shipment.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'

/**
 * The parcel that counts for an order: the newest that was not voided. Tracking numbers are unique in the store, so a
 * shipment is only stored once it has one.
 */
export async function currentShipment(db: CaravelDatabase, orderId: OrderId): Promise<Shipment | null> {
  const all = await db.shipments.where('orderIds').equals(orderId).sortBy('id')
  return all.filter((shipment) => shipment.state !== 'voided').at(-1) ?? null
}
