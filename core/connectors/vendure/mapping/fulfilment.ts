import type { FulfilmentWire, OrderWire } from '#core/connectors/vendure/wire.ts'
import { FULFILMENT_SENT, FULFILMENT_VOID } from '#core/connectors/vendure/units.ts'

/** The fulfilment with exactly this tracking number, one that was sent first; cancelled ones do not count. */
export function findFulfilment(order: OrderWire, trackingNumber: string): FulfilmentWire | null {
  const same = order.fulfillments.filter(
    ({ state, trackingCode }) => trackingCode === trackingNumber && state !== FULFILMENT_VOID,
  )
  return same.find(({ state }) => FULFILMENT_SENT.has(state)) ?? same[0] ?? null
}

/** What no fulfilment covers yet, as Vendure's `OrderLineInput`s. */
export function listUnfulfilled(order: OrderWire): { orderLineId: string; quantity: number }[] {
  const covered = new Map<string, number>()
  for (const { state, lines } of order.fulfillments) {
    if (state === FULFILMENT_VOID) continue
    for (const line of lines)
      covered.set(line.orderLineId, (covered.get(line.orderLineId) ?? 0) + line.quantity)
  }
  return order.lines
    .map(({ id, quantity }) => ({ orderLineId: id, quantity: quantity - (covered.get(id) ?? 0) }))
    .filter(({ quantity }) => quantity > 0)
}
