import { GraphQLError } from 'graphql'
import { liveQuantity, unsentQuantity, type DemoFulfillment, type DemoOrder } from '#main/demo/demo-orders.ts'
import type { DemoShopState, DemoShopWorld } from '#main/demo/demo-shop-state.ts'
import { countedVariant, putBackToSend, takeFromShelf } from '#main/demo/move-demo-stock.ts'
import { notFound, refusal } from '#main/demo/refuse-demo-request.ts'
import { NEXT_STATES, showFulfillment } from '#main/demo/show-demo-order.ts'

/** Shipping in a demo shop, with the refusals of a real Vendure in its words (tests/peers/vendure/README.md). */

export interface FulfillInput {
  lines: { orderLineId: string; quantity: number }[]
  handler: { code: string; arguments: { name: string; value: string }[] }
}

const HANDLER = 'manual-fulfillment'

/** Leaves the order's state and `updatedAt` alone: only the transition moves the order. */
export function addFulfillment({ state, onChange }: DemoShopWorld, input: FulfillInput) {
  const wanted = input.lines.filter((line) => line.quantity > 0)
  const orders = ordersOf(state, wanted)
  const refused = refuseFulfillment(state, orders, wanted, input.handler.code)
  if (refused !== null) return refused
  const argument = (name: string) => input.handler.arguments.find((one) => one.name === name)?.value
  const method = argument('method')
  if (method === undefined) throw new GraphQLError('NOT NULL constraint failed: fulfillment.method')
  const [first] = orders as [DemoOrder]
  const fulfillment: DemoFulfillment = {
    id: `${first.id}${String(first.fulfillments.length + 1).padStart(2, '0')}`,
    state: 'Pending',
    method,
    trackingCode: argument('trackingCode') ?? '',
    lines: wanted,
  }
  for (const order of orders) {
    order.fulfillments.push(fulfillment)
    takeFromShelf(state, order, wanted)
  }
  onChange()
  return showFulfillment(fulfillment)
}

function refuseFulfillment(
  state: DemoShopState,
  orders: readonly DemoOrder[],
  wanted: FulfillInput['lines'],
  handler: string,
) {
  if (wanted.length === 0) {
    const message = 'At least one OrderLine must be specified'
    return refusal('EmptyOrderLineSelectionError', 'EMPTY_ORDER_LINE_SELECTION_ERROR', message)
  }
  if (wanted.some((line) => line.quantity > openQuantity(orders, line.orderLineId))) {
    const message = 'One or more OrderItems are already part of a Fulfillment'
    return refusal('ItemsAlreadyFulfilledError', 'ITEMS_ALREADY_FULFILLED_ERROR', message)
  }
  for (const { orderLineId, quantity } of wanted) {
    const line = orders.flatMap(({ lines }) => lines).find(({ id }) => id === orderLineId)
    const variant = line === undefined ? null : countedVariant(state, line)
    if (line === undefined || variant === null || variant.stockOnHand >= quantity) continue
    const message = `Cannot create a Fulfillment as "${line.name}" has insufficient stockOnHand (${variant.stockOnHand})`
    return {
      ...refusal('InsufficientStockOnHandError', 'INSUFFICIENT_STOCK_ON_HAND_ERROR', message),
      productVariantId: variant.id,
      productVariantName: line.name,
      stockOnHand: variant.stockOnHand,
    }
  }
  if (handler === HANDLER) return null
  return refusal('InvalidFulfillmentHandlerError', 'INVALID_FULFILLMENT_HANDLER_ERROR')
}

export function transitionFulfillment(
  { state, onChange }: DemoShopWorld,
  { id, state: next }: { id: string; state: string },
) {
  // Lines of two orders in one call give one fulfillment on both.
  const orders = state.orders.filter((order) => order.fulfillments.some((one) => one.id === id))
  const found = orders.flatMap((order) => order.fulfillments).filter((one) => one.id === id)
  const fulfillment = found[0]
  if (fulfillment === undefined) throw notFound('Fulfillment', id)
  if (NEXT_STATES[fulfillment.state]?.includes(next) !== true) {
    return {
      ...refusal('FulfillmentStateTransitionError', 'FULFILLMENT_STATE_TRANSITION_ERROR'),
      transitionError: `Cannot transition Fulfillment from "${fulfillment.state}" to "${next}"`,
      fromState: fulfillment.state,
      toState: next,
    }
  }
  for (const one of found) one.state = next
  // Of the real server too: `updatedAt` stays when the state moves.
  for (const order of orders) {
    // The goods of a cancelled order are back already.
    if (next === 'Cancelled' && order.state !== 'Cancelled') putBackToSend(state, order, fulfillment.lines)
    order.state = stateAfter(order, next)
  }
  onChange()
  return showFulfillment(fulfillment)
}

function ordersOf({ orders }: DemoShopState, lines: FulfillInput['lines']): DemoOrder[] {
  const found = new Set<DemoOrder>()
  for (const { orderLineId } of lines) {
    const order = orders.find((one) => one.lines.some((line) => line.id === orderLineId))
    if (order === undefined) throw notFound('OrderLine', orderLineId)
    found.add(order)
  }
  return [...found]
}

/** How many pieces of a line no live fulfillment covers yet; none of a cancelled order. */
function openQuantity(orders: readonly DemoOrder[], lineId: string): number {
  for (const order of orders) {
    const line = order.lines.find(({ id }) => id === lineId)
    if (line !== undefined) return unsentQuantity(order, line)
  }
  return 0
}

function quantityIn(order: DemoOrder, lineId: string, states: readonly string[]): number {
  return order.fulfillments
    .filter((one) => states.includes(one.state))
    .flatMap((one) => one.lines)
    .filter((line) => line.orderLineId === lineId)
    .reduce((sum, line) => sum + line.quantity, 0)
}

function stateAfter(order: DemoOrder, moved: string): string {
  const all = (states: readonly string[]) =>
    order.lines.every((line) => quantityIn(order, line.id, states) === liveQuantity(order, line))
  if (moved === 'Shipped') return all(['Shipped', 'Delivered']) ? 'Shipped' : 'PartiallyShipped'
  if (moved === 'Delivered') return all(['Delivered']) ? 'Delivered' : 'PartiallyDelivered'
  return order.state
}
