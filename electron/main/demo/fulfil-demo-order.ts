import { GraphQLError } from 'graphql'
import type { DemoFulfillment, DemoOrder } from '#main/demo/demo-orders.ts'
import { NEXT_STATES, showFulfillment } from '#main/demo/show-demo-order.ts'

/** Shipping in a demo shop, with the refusals of a real Vendure in its words (tests/peers/vendure/README.md). */

export interface FulfillInput {
  lines: { orderLineId: string; quantity: number }[]
  handler: { code: string; arguments: { name: string; value: string }[] }
}

interface Shop {
  orders: DemoOrder[]
  onChange: () => void
}

const HANDLER = 'manual-fulfillment'

/** Leaves the order's state and `updatedAt` alone: only the transition moves the order. */
export function addFulfillment(shop: Shop, input: FulfillInput) {
  const wanted = input.lines.filter((line) => line.quantity > 0)
  if (wanted.length === 0)
    return refusal(
      'EmptyOrderLineSelectionError',
      'EMPTY_ORDER_LINE_SELECTION_ERROR',
      'At least one OrderLine must be specified',
    )
  const orders = ordersOf(shop, wanted)
  const tooMany = wanted.some((line) => line.quantity > openQuantity(orders, line.orderLineId))
  if (tooMany) {
    const message = 'One or more OrderItems are already part of a Fulfillment'
    return refusal('ItemsAlreadyFulfilledError', 'ITEMS_ALREADY_FULFILLED_ERROR', message)
  }
  if (input.handler.code !== HANDLER) {
    const code = 'INVALID_FULFILLMENT_HANDLER_ERROR'
    return refusal('InvalidFulfillmentHandlerError', code, `errorResult.${code}`)
  }
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
  for (const order of orders) order.fulfillments.push(fulfillment)
  shop.onChange()
  return showFulfillment(fulfillment)
}

export function transitionFulfillment(shop: Shop, { id, state }: { id: string; state: string }) {
  // Lines of two orders in one call give one fulfillment on both.
  const orders = shop.orders.filter((order) => order.fulfillments.some((one) => one.id === id))
  const found = orders.flatMap((order) => order.fulfillments).filter((one) => one.id === id)
  const fulfillment = found[0]
  if (fulfillment === undefined) throw notFound('Fulfillment', id)
  if (NEXT_STATES[fulfillment.state]?.includes(state) !== true) {
    const code = 'FULFILLMENT_STATE_TRANSITION_ERROR'
    return {
      ...refusal('FulfillmentStateTransitionError', code, `errorResult.${code}`),
      transitionError: `Cannot transition Fulfillment from "${fulfillment.state}" to "${state}"`,
      fromState: fulfillment.state,
      toState: state,
    }
  }
  for (const one of found) one.state = state
  // Of the real server too: `updatedAt` stays when the state moves.
  for (const order of orders) order.state = stateAfter(order, state)
  shop.onChange()
  return showFulfillment(fulfillment)
}

function ordersOf(shop: Shop, lines: FulfillInput['lines']): DemoOrder[] {
  const orders = new Set<DemoOrder>()
  for (const { orderLineId } of lines) {
    const order = shop.orders.find((one) => one.lines.some((line) => line.id === orderLineId))
    if (order === undefined) throw notFound('OrderLine', orderLineId)
    orders.add(order)
  }
  return [...orders]
}

/** How many pieces of a line no live fulfillment covers yet; none of a cancelled order. */
function openQuantity(orders: readonly DemoOrder[], lineId: string): number {
  const order = orders.find((one) => one.lines.some((line) => line.id === lineId))
  if (order === undefined) return 0
  return quantityOf(order, lineId) - quantityIn(order, lineId, ['Pending', 'Shipped', 'Delivered'])
}

function quantityOf(order: DemoOrder, lineId: string): number {
  return order.state === 'Cancelled' ? 0 : (order.lines.find((line) => line.id === lineId)?.quantity ?? 0)
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
    order.lines.every((line) => quantityIn(order, line.id, states) === quantityOf(order, line.id))
  if (moved === 'Shipped') return all(['Shipped', 'Delivered']) ? 'Shipped' : 'PartiallyShipped'
  if (moved === 'Delivered') return all(['Delivered']) ? 'Delivered' : 'PartiallyDelivered'
  return order.state
}

function refusal(typename: string, errorCode: string, message: string) {
  return { __typename: typename, errorCode, message }
}

function notFound(entity: string, id: string): GraphQLError {
  return new GraphQLError(`No ${entity} with the id "${id}" could be found`, {
    extensions: { code: 'ENTITY_NOT_FOUND' },
  })
}
