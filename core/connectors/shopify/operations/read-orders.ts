import { err, ok } from '#core/shared/result.ts'
import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import type { Operation } from '#core/connectors/_kit/operation.ts'
import { findMissing, parseItems } from '#core/connectors/_kit/parse-items.ts'
import { parseOrder } from '#core/connectors/shopify/mapping/order.ts'
import { queryOrdersById } from '#core/connectors/shopify/operations/query-orders.ts'
import { askInParts } from '#core/connectors/shopify/operations/read-list.ts'

type Name = 'read-orders'

const AT_ONCE = 50

/** These orders as they are now, in whatever state. */
export const readOrders: Operation<OperationInput<Name>, OperationOutput<Name>> = function* ({ remoteIds }) {
  const asked = [...new Set(remoteIds)]
  const read = yield* askInParts(asked, AT_ONCE, queryOrdersById)
  if (!read.ok) return err([read.error])
  const raw = read.value.flat()
  const { items, rejected } = parseItems(raw, parseOrder)
  return ok({ orders: items, rejected, missing: findMissing(asked, raw) })
}
