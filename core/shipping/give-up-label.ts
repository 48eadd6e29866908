import { without } from '#core/shared/without.ts'
import type { Order } from '#core/order/order.ts'
import { numberOf, type Shipment } from '#core/shipping/shipment.ts'

/** The order once this label of it is void: to ship again if it was only that, and free of a label that was one too many. */
export function giveUpLabel(order: Order, label: Pick<Shipment, 'trackingNumber'>, now: number): Order {
  const stage = order.stage === 'label_ready' ? 'to_ship' : order.stage
  // Who shipped it another way has put another number there.
  const trackingNumber = order.trackingNumber === numberOf(label) ? '' : order.trackingNumber
  const rest = without(order, 'spareLabel')
  // The label of a parcel that is gone stays what it was.
  const asBefore = stage === 'to_ship' ? without(rest, 'service', 'labelCost', 'printedAt') : rest
  return { ...asBefore, stage, trackingNumber, updatedAt: now }
}
