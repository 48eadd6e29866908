import { FULFILMENT_VOID, SHIPPABLE } from '#core/connectors/shopify/units.ts'
import type { FulfilmentOrderWire, FulfilmentWire, OrderWire } from '#core/connectors/shopify/wire.ts'

/** Fulfilments with exactly this tracking number; cancelled and failed ones do not count. */
export function findFulfilments(order: OrderWire, trackingNumber: string): FulfilmentWire[] {
  return order.fulfillments.filter(
    ({ status, trackingInfo }) =>
      !FULFILMENT_VOID.has(status) && trackingInfo.some(({ number }) => number === trackingNumber),
  )
}

/**
 * Fulfilment orders that can leave now, by location. A location that has sent this parcel already is left out: what came to it since is not
 * in the parcel.
 */
export function listShippable(
  toShip: readonly FulfilmentOrderWire[],
  sent: readonly FulfilmentWire[],
): string[][] {
  const done = new Set(sent.map(({ location }) => location?.id ?? ''))
  const groups = new Map<string, string[]>()
  for (const { id, status, assignedLocation, lineItems } of toShip) {
    const place = assignedLocation.location?.id ?? ''
    // Of a long one not every line is read: the shop itself refuses when nothing is left.
    const isLeft =
      lineItems.pageInfo.hasNextPage || lineItems.nodes.some(({ remainingQuantity }) => remainingQuantity > 0)
    if (!SHIPPABLE.has(status) || !isLeft || done.has(place)) continue
    groups.set(place, [...(groups.get(place) ?? []), id])
  }
  return [...groups.values()]
}
