import { issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import type { Step } from '#core/connectors/_kit/operation.ts'
import { callGraphql, type GraphqlApi } from '#core/connectors/_kit/graphql.ts'
import { readField } from '#core/connectors/_kit/parse-items.ts'
import { readPrecision } from '#core/connectors/vendure/mapping/money.ts'
import { ORDER_FIELDS, PRECISION_FIELDS } from '#core/connectors/vendure/wire.ts'

/** Vendure's `OrderListOptions`. */
export interface OrderListOptions {
  take: number
  skip?: number
  sort?: { updatedAt: 'ASC' } | { id: 'ASC' }
  filter: Readonly<Record<string, unknown>>
}

export interface OrderPage {
  /** Items not parsed yet. */
  raw: unknown[]
  /** Digits of the shop's money. */
  precision: number
}

/** Asks for a list of orders with everything that an order of ours needs; `name` is for the trace. */
export function* queryOrders(
  api: GraphqlApi,
  name: 'PullOrders' | 'ReadOrders',
  options: OrderListOptions,
): Step<OrderPage> {
  const query = `query ${name}($options: OrderListOptions) {
  ${PRECISION_FIELDS}
  orders(options: $options) { items {
    ${ORDER_FIELDS}
  } }
}`
  const answer = yield* callGraphql(api, { name, query, variables: { options }, effect: 'read' })
  if (!answer.ok) return answer
  const raw = readField(answer.value['orders'], 'items')
  if (!Array.isArray(raw))
    return err(issue('malformed', { reason: 'unreadable-answer', field: 'orders.items' }))
  return ok({ raw, precision: readPrecision(answer.value['globalSettings']) })
}
