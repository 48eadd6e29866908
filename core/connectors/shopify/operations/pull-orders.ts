import { issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import type { Checkpoint, OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import { advanceCheckpoint } from '#core/sync/checkpoint.ts'
import type { Operation, Step } from '#core/connectors/_kit/operation.ts'
import { parseItems } from '#core/connectors/_kit/parse-items.ts'
import { parseOrder } from '#core/connectors/shopify/mapping/order.ts'
import { orderPlaceSchema } from '#core/connectors/shopify/wire.ts'
import { queryOrders, type OrdersPage } from '#core/connectors/shopify/operations/query-orders.ts'
import {
  formatToken,
  nextToken,
  OVERLAP_MS,
  parseToken,
  type PageToken,
} from '#core/connectors/shopify/operations/page-token.ts'

type Name = 'pull-orders'
type Input = OperationInput<Name>

/**
 * Orders by time of change, oldest first. A payment, a parcel, a cancellation and an edit all move that time, so there is nothing to sweep.
 * What changes while pages are read moves to the end of the list; stretches overlap, so an order may come twice, and none is left out.
 */
export const pullOrders: Operation<Input, OperationOutput<Name>> = function* (input) {
  const token = startToken(input)
  if (token === null) return err([issue('invalid-input', { reason: 'page-token', field: 'pageToken' })])
  const page = yield* readPage(token, input.pageSize)
  if (!page.ok) return err([page.error])
  const { raw, next } = page.value
  const newest = newestPlace(raw)
  const { items, rejected } = parseItems(raw, parseOrder)
  return ok({
    orders: items,
    rejected,
    checkpoint: newest === null ? null : advanceCheckpoint(input.checkpoint, newest),
    nextPage:
      next === null ? null : formatToken(nextToken(token, next, raw.length, newest?.updatedAt ?? null)),
  })
}

function startToken({ pageToken, checkpoint }: Input): PageToken | null {
  if (pageToken !== null) return parseToken(pageToken)
  return { since: checkpoint === null ? null : checkpoint.updatedAt - OVERLAP_MS, cursor: null, seen: 0 }
}

/** Asks for fewer when the shop finds the page too dear; how much an order costs only it knows. */
function* readPage({ since, cursor }: PageToken, pageSize: number): Step<OrdersPage> {
  const query = since === null ? null : `updated_at:>='${new Date(since).toISOString()}'`
  for (let first = Math.min(pageSize, MOST_AT_ONCE); ; first = Math.ceil(first / 2)) {
    const page = yield* queryOrders(first, cursor, query)
    if (page.ok || first === 1 || page.error.reason !== 'query-too-large') return page
  }
}

const MOST_AT_ONCE = 100

function newestPlace(raw: readonly unknown[]): Checkpoint | null {
  return raw.reduce<Checkpoint | null>((newest, item) => {
    const place = orderPlaceSchema.safeParse(item)
    return place.success ? advanceCheckpoint(newest, place.data) : newest
  }, null)
}
