import { err, ok } from '#core/shared/result.ts'
import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import { advanceCheckpoint } from '#core/sync/checkpoint.ts'
import type { Operation } from '#core/connectors/_kit/operation.ts'
import { parseItems } from '#core/connectors/_kit/parse-items.ts'
import { parseOrder } from '#core/connectors/shopify/mapping/order.ts'
import { queryOrders } from '#core/connectors/shopify/operations/query-orders.ts'
import { askForFewer } from '#core/connectors/shopify/operations/read-list.ts'
import {
  formatToken,
  newestPlace,
  nextToken,
  searchSince,
  startToken,
} from '#core/connectors/shopify/operations/page-token.ts'

type Name = 'pull-orders'

/**
 * Orders by time of change, oldest first. A payment, a parcel, a cancellation and an edit all move that time, so there is nothing to sweep.
 * What changes while pages are read moves to the end of the list; stretches overlap, so an order may come twice, and none is left out.
 */
export const pullOrders: Operation<OperationInput<Name>, OperationOutput<Name>> = function* (input) {
  const token = startToken(input)
  if (!token.ok) return err([token.error])
  const query = searchSince(token.value)
  const page = yield* askForFewer(Math.min(input.pageSize, token.value.first ?? MOST_AT_ONCE), (first) =>
    queryOrders(first, token.value.cursor, query),
  )
  if (!page.ok) return err([page.error])
  const { raw, next, first } = page.value
  const newest = newestPlace(raw)
  const { items, rejected } = parseItems(raw, parseOrder)
  const came = { first, count: raw.length, newest: newest?.updatedAt ?? null }
  return ok({
    orders: items,
    rejected,
    checkpoint: newest === null ? null : advanceCheckpoint(input.checkpoint, newest),
    nextPage: next === null ? null : formatToken(nextToken(token.value, next, came)),
  })
}

const MOST_AT_ONCE = 100
