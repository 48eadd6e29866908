import { isCancelled } from '#core/connectors/amazon/mapping/line.ts'
import { isVoid } from '#core/connectors/amazon/mapping/order.ts'
import type { OrderWire, PackageWire } from '#core/connectors/amazon/wire.ts'

/** The parcel with exactly this tracking number; a cancelled one does not count. */
export function findPackage({ packages }: OrderWire, trackingNumber: string): PackageWire | null {
  return packages.find((parcel) => !isVoid(parcel) && parcel.trackingNumber === trackingNumber) ?? null
}

/** What is left to send, as a shipment confirmation names it. */
export function listUnsent({ orderItems }: OrderWire): { orderItemId: string; quantity: number }[] {
  return orderItems
    .map((item) => ({ orderItemId: item.orderItemId, quantity: unsentOf(item) }))
    .filter(({ quantity }) => quantity > 0)
}

function unsentOf(item: OrderWire['orderItems'][number]): number {
  return item.fulfillment?.quantityUnfulfilled ?? (isCancelled(item) ? 0 : item.quantityOrdered)
}

/**
 * The number by which Amazon knows a parcel within its order: told again, it edits that parcel instead of making a second one. The same intent
 * always has the same number (FNV-1a, 31 bits, never 0).
 */
export function packageReferenceOf(intentId: string): string {
  let hash = 0x811c9dc5
  for (const character of intentId) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  return String((hash >>> 1) + 1)
}
