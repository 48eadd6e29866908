import { isCart, liveQuantity, unsentQuantity, type DemoOrder } from '#main/demo/demo-orders.ts'
import { addEntry } from '#main/demo/note-demo-order.ts'
import type { DemoShopState, DemoShopWorld } from '#main/demo/demo-shop-state.ts'
import { putBackToSell, release } from '#main/demo/move-demo-stock.ts'
import { notFound, refusal } from '#main/demo/refuse-demo-request.ts'

/** Cancelling in a demo shop, with the results of a real Vendure 3.7.3 (tried there). */

export interface CancelInput {
  orderId: string
  lines?: { orderLineId: string; quantity: number }[] | null
  cancelShipping?: boolean | null
  reason?: string | null
}

/** The order afterwards, or Vendure's refusal. Without `lines` the whole order goes. */
export function cancelDemoOrder(world: DemoShopWorld, input: CancelInput) {
  const { state, now, onChange } = world
  const order = state.orders.find(({ id }) => id === input.orderId)
  if (order === undefined) throw notFound('Order', input.orderId)
  const lines =
    input.lines ?? order.lines.map((line) => ({ orderLineId: line.id, quantity: liveQuantity(order, line) }))
  // A cart has nothing to give back: it is only closed.
  const isWholeCart = isCart(order) && (input.lines ?? null) === null
  const refused = isWholeCart ? null : refuseCancel(state, order, lines)
  if (refused !== null) return refused
  if (!isWholeCart) takeLinesBack(state, order, lines)
  const from = order.state
  if (order.lines.every((line) => liveQuantity(order, line) === 0) || isWholeCart) order.state = 'Cancelled'
  if (input.cancelShipping === true) order.shippingCancelled = true
  const at = now()
  order.updatedAt = at
  const shippingCancelled = input.cancelShipping === true
  addEntry(state, order, 'ORDER_CANCELLATION', at, { lines, reason: input.reason ?? null, shippingCancelled })
  if (order.state !== from) {
    addEntry(state, order, 'ORDER_STATE_TRANSITION', at, { from, to: order.state })
  }
  onChange()
  return order
}

function refuseCancel(
  state: DemoShopState,
  order: DemoOrder,
  lines: readonly { orderLineId: string; quantity: number }[],
) {
  if (lines.reduce((sum, { quantity }) => sum + quantity, 0) === 0) {
    const message = 'At least one OrderLine must be specified'
    return refusal('EmptyOrderLineSelectionError', 'EMPTY_ORDER_LINE_SELECTION_ERROR', message)
  }
  const own = (id: string) => order.lines.find((line) => line.id === id)
  for (const { orderLineId } of lines) {
    if (own(orderLineId) !== undefined) continue
    const isKnown = state.orders.some((one) => one.lines.some(({ id }) => id === orderLineId))
    if (!isKnown) throw notFound('OrderLine', orderLineId)
    return refusal('MultipleOrderError', 'MULTIPLE_ORDER_ERROR')
  }
  if (isCart(order)) {
    const code = 'CANCEL_ACTIVE_ORDER_ERROR'
    return { ...refusal('CancelActiveOrderError', code), orderState: order.state }
  }
  const tooMany = lines.some(({ orderLineId, quantity }) => {
    const line = own(orderLineId)
    return line === undefined || quantity > liveQuantity(order, line)
  })
  if (!tooMany) return null
  const message = 'The specified quantity is greater than the available OrderItems'
  return refusal('QuantityTooGreatError', 'QUANTITY_TOO_GREAT_ERROR', message)
}

/** What was not sent yet is released, what was sent is on the shelf again. */
function takeLinesBack(
  state: DemoShopState,
  order: DemoOrder,
  lines: readonly { orderLineId: string; quantity: number }[],
): void {
  for (const { orderLineId, quantity } of lines) {
    const line = order.lines.find(({ id }) => id === orderLineId)
    if (line === undefined) continue
    const unsent = Math.min(quantity, unsentQuantity(order, line))
    release(state, order, [{ orderLineId, quantity: unsent }])
    putBackToSell(state, order, [{ orderLineId, quantity: quantity - unsent }])
    line.cancelled = (line.cancelled ?? 0) + quantity
  }
}
