import { err, ok } from '#core/shared/result.ts'
import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import type { Operation } from '#core/connectors/_kit/operation.ts'
import { parseOrder } from '#core/connectors/amazon/mapping/order.ts'
import { getOrder } from '#core/connectors/amazon/operations/read-one-order.ts'

type Name = 'read-orders'
type Output = OperationOutput<Name>

/** These orders as they are now, in whatever state. Amazon gives them one by one. */
export const readOrders: Operation<OperationInput<Name>, Output> = function* ({ remoteIds }, context) {
  const output: Output = { orders: [], rejected: [], missing: [] }
  for (const remoteId of new Set(remoteIds)) {
    const raw = yield* getOrder(remoteId, context)
    if (!raw.ok) {
      if (raw.error.reason !== 'order') return err([raw.error])
      output.missing.push(remoteId)
      continue
    }
    const order = parseOrder(raw.value)
    if (order.ok) output.orders.push(order.value)
    else output.rejected.push({ remoteId, reason: order.error.slice(0, 500), raw: raw.value })
  }
  return ok(output)
}
