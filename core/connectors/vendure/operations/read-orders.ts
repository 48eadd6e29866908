import { err, ok } from '#core/shared/result.ts'
import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import type { Operation } from '#core/connectors/_kit/operation.ts'
import { findMissing, parseItems } from '#core/connectors/_kit/parse-items.ts'
import { adminApi } from '#core/connectors/vendure/issues.ts'
import { parseOrder } from '#core/connectors/vendure/mapping/order.ts'
import { queryOrders } from '#core/connectors/vendure/operations/query-orders.ts'

type Name = 'read-orders'

/**
 * These orders as they are now, in whatever state: most changes of an order (payment, shipment, a new address) do not move
 * its `updatedAt`, so only reading it again shows them.
 */
export const readOrders: Operation<OperationInput<Name>, OperationOutput<Name>> = function* (input, context) {
  const asked = [...new Set(input.remoteIds)]
  const page = yield* queryOrders(adminApi(context.settings), 'ReadOrders', {
    take: asked.length,
    // Only carts are left out: they are nobody's orders yet.
    filter: { id: { in: asked }, active: { eq: false } },
  })
  if (!page.ok) return err([page.error])
  const { items, rejected } = parseItems(page.value.raw, (item) => parseOrder(item, page.value.precision))
  return ok({ orders: items, rejected, missing: findMissing(asked, page.value.raw) })
}
