import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import type { RemoteOrder } from '#core/order/order.ts'
import type { Step } from '#core/connectors/_kit/operation.ts'
import { callGraphql } from '#core/connectors/_kit/graphql.ts'
import { parseWith, readField } from '#core/connectors/_kit/parse-items.ts'
import { adminApi } from '#core/connectors/shopify/api.ts'
import { toRemoteOrder } from '#core/connectors/shopify/mapping/order.ts'
import { fillLines } from '#core/connectors/shopify/operations/query-orders.ts'
import {
  fulfilmentOrderWireSchema,
  orderFields,
  orderWireSchema,
  type FulfilmentOrderWire,
  type OrderWire,
} from '#core/connectors/shopify/wire.ts'

const READ = `query ReadOrder($id: ID!) {
  order(id: $id) {
    ${orderFields(50)}
    toShip: fulfillmentOrders(first: 20) { nodes {
      id status assignedLocation { location { id } }
      lineItems(first: 30) { nodes { remainingQuantity } pageInfo { hasNextPage } }
    } }
  }
}`

export interface ReadOrder {
  wire: OrderWire
  order: RemoteOrder
  /** What its locations still have to send, or had. */
  toShip: FulfilmentOrderWire[]
}

/** The order that is about to be changed, or just was. */
export function* readOneOrder(id: string): Step<ReadOrder> {
  const variables = { id }
  const answer = yield* callGraphql(adminApi, { name: 'ReadOrder', query: READ, variables, effect: 'read' })
  if (!answer.ok) return answer
  const raw = answer.value['order']
  if (raw === null) return err(issue('not-found', { reason: 'order', field: 'orderRemoteId' }))
  const whole = yield* fillLines([raw])
  if (!whole.ok) return whole
  const wire = parseWith(orderWireSchema, whole.value[0])
  if (!wire.ok) return err(malformedOrder(wire.error))
  const nodes = readField(readField(raw, 'toShip'), 'nodes')
  if (!Array.isArray(nodes)) return err(malformedOrder('fulfillmentOrders: not a list'))
  const toShip: FulfilmentOrderWire[] = []
  for (const node of nodes) {
    const parsed = parseWith(fulfilmentOrderWireSchema, node)
    // One that cannot be read may be the one that is to be shipped.
    if (!parsed.ok) return err(malformedOrder(`fulfillmentOrders: ${parsed.error}`))
    toShip.push(parsed.value)
  }
  const order = toRemoteOrder(wire.value)
  return order.ok ? ok({ wire: wire.value, order: order.value, toShip }) : err(malformedOrder(order.error))
}

function malformedOrder(message: string): Issue {
  return issue('malformed', { reason: 'unreadable-order', remoteMessage: message })
}
