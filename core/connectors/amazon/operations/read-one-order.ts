import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { RemoteOrder } from '#core/order/order.ts'
import type { OpContext, Step } from '#core/connectors/_kit/operation.ts'
import { parseWith, readField } from '#core/connectors/_kit/parse-items.ts'
import { callAmazon } from '#core/connectors/amazon/api.ts'
import { toRemoteOrder } from '#core/connectors/amazon/mapping/order.ts'
import { INCLUDED_DATA, orderWireSchema, type OrderWire } from '#core/connectors/amazon/wire.ts'

export interface ReadOrder {
  wire: OrderWire
  order: RemoteOrder
}

/** The order as Amazon sends it, not parsed yet. Issue `not-found.order` where there is none. */
export function* getOrder(id: string, context: OpContext): Step<unknown> {
  const path = `/orders/2026-01-01/orders/${encodeURIComponent(id)}`
  const answer = yield* callAmazon(
    { ...{ name: 'GetOrder', method: 'GET', path, effect: 'read' }, query: { includedData: INCLUDED_DATA } },
    context,
  )
  if (answer.ok) {
    const raw = readField(answer.value, 'order')
    return typeof raw === 'object' && raw !== null ? ok(raw) : err(malformedOrder('order: not there'))
  }
  const { error } = answer
  return err(error.code === 'not-found' ? { ...error, reason: 'order', field: 'orderRemoteId' } : error)
}

/** The order that is about to be changed, or just was. */
export function* readOneOrder(id: string, context: OpContext): Step<ReadOrder> {
  const raw = yield* getOrder(id, context)
  return raw.ok ? parseOne(raw.value) : raw
}

function parseOne(raw: unknown): Result<ReadOrder> {
  const wire = parseWith(orderWireSchema, raw)
  if (!wire.ok) return err(malformedOrder(wire.error))
  const order = toRemoteOrder(wire.value)
  return order.ok ? ok({ wire: wire.value, order: order.value }) : err(malformedOrder(order.error))
}

function malformedOrder(message: string): Issue {
  return issue('malformed', { reason: 'unreadable-order', remoteMessage: message })
}
