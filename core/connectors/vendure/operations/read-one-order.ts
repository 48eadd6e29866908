import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import type { RemoteOrder } from '#core/order/order.ts'
import type { Step } from '#core/connectors/_kit/operation.ts'
import { callGraphql, type GraphqlApi } from '#core/connectors/_kit/graphql.ts'
import { parseWith } from '#core/connectors/_kit/parse-items.ts'
import { readPrecision } from '#core/connectors/vendure/mapping/money.ts'
import { toRemoteOrder } from '#core/connectors/vendure/mapping/order.ts'
import {
  ORDER_FIELDS,
  orderWireSchema,
  PRECISION_FIELDS,
  type OrderWire,
} from '#core/connectors/vendure/wire.ts'

const READ = `query ReadOrder($id: ID!) {
  ${PRECISION_FIELDS}
  order(id: $id) {
    ${ORDER_FIELDS}
  }
}`

export interface ReadOrder {
  wire: OrderWire
  order: RemoteOrder
}

/** The order that is about to be changed, or just was. */
export function* readOneOrder(api: GraphqlApi, id: string): Step<ReadOrder> {
  const answer = yield* callGraphql(api, {
    name: 'ReadOrder',
    query: READ,
    variables: { id },
    effect: 'read',
  })
  if (!answer.ok) return answer
  const raw = answer.value['order']
  if (raw === null) return err(issue('not-found', { reason: 'order', field: 'orderRemoteId' }))
  const wire = parseWith(orderWireSchema, raw)
  if (!wire.ok) return err(malformedOrder(wire.error))
  const order = toRemoteOrder(wire.value, readPrecision(answer.value['globalSettings']))
  return order.ok ? ok({ wire: wire.value, order: order.value }) : err(malformedOrder(order.error))
}

function malformedOrder(message: string): Issue {
  return issue('malformed', { reason: 'unreadable-order', remoteMessage: message })
}
