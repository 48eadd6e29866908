import { issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import type { Checkpoint, OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import { advanceCheckpoint } from '#core/sync/checkpoint.ts'
import type { OpContext, Operation, Step } from '#core/connectors/_kit/operation.ts'
import { parseItems, readField } from '#core/connectors/_kit/parse-items.ts'
import { callAmazon } from '#core/connectors/amazon/api.ts'
import { parseOrder } from '#core/connectors/amazon/mapping/order.ts'
import { readSettings } from '#core/connectors/amazon/settings.ts'
import { INCLUDED_DATA, orderPlaceSchema } from '#core/connectors/amazon/wire.ts'
import { formatToken, parseToken, type PageToken } from '#core/connectors/amazon/operations/page-token.ts'

type Name = 'pull-orders'
type Input = OperationInput<Name>

/** How far before a known time a pull begins again: an order's change may be found a moment after its time. */
const OVERLAP_MS = 5 * 60_000

/** How far back the first pull looks. Amazon has orders of two years, and asks that buyers' data be kept for a month. */
const FIRST_PULL_MS = 30 * 86_400_000

const MOST_AT_ONCE = 100

/**
 * Orders by time of change. Where the stretch ends is left to Amazon (two minutes before its own clock), so that a wrong clock here asks for
 * nothing that cannot be had. Every change moves an order's time, so there is nothing to sweep.
 */
export const pullOrders: Operation<Input, OperationOutput<Name>> = function* (input, context) {
  const token = startToken(input, context)
  const page = yield* searchOrders(token, input.pageSize, context)
  if (!page.ok) return err([page.error])
  const { raw, next } = page.value
  const newest = advanceCheckpoint(token.newest, newestPlace(raw))
  const { items, rejected } = parseItems(raw, parseOrder, 'orderId')
  const isLast = next === null
  return ok({
    orders: items,
    rejected,
    checkpoint: isLast && newest !== null ? advanceCheckpoint(input.checkpoint, newest) : null,
    nextPage: isLast ? null : formatToken({ ...token, token: next, newest }),
  })
}

function startToken({ pageToken, checkpoint }: Input, { now }: OpContext): PageToken {
  const kept = pageToken === null ? null : parseToken(pageToken, now)
  if (kept !== null) return kept
  const since = checkpoint === null ? now - FIRST_PULL_MS : checkpoint.updatedAt - OVERLAP_MS
  return { since, token: null, begunAt: now, newest: null }
}

function* searchOrders(
  { since, token }: PageToken,
  pageSize: number,
  context: OpContext,
): Step<{ raw: unknown[]; next: string | null }> {
  const account = readSettings(context.settings)
  if (!account.ok) return account
  const marketplaceIds = account.value.marketplaces.map(({ id }) => id)
  const answer = yield* callAmazon(
    {
      ...{ name: 'SearchOrders', method: 'GET', path: '/orders/2026-01-01/orders', effect: 'read' },
      query: {
        lastUpdatedAfter: new Date(since).toISOString(),
        marketplaceIds: marketplaceIds.length === 0 ? undefined : marketplaceIds,
        maxResultsPerPage: Math.min(pageSize, MOST_AT_ONCE),
        paginationToken: token ?? undefined,
        includedData: INCLUDED_DATA,
      },
    },
    context,
  )
  if (!answer.ok) return answer
  const raw = readField(answer.value, 'orders')
  const next = readField(readField(answer.value, 'pagination'), 'nextToken') ?? null
  if (!Array.isArray(raw) || (next !== null && typeof next !== 'string'))
    return err(issue('malformed', { reason: 'unreadable-answer', field: 'orders' }))
  return ok({ raw, next: next === '' ? null : next })
}

function newestPlace(raw: readonly unknown[]): Checkpoint | null {
  return raw.reduce<Checkpoint | null>((newest, item) => {
    const place = orderPlaceSchema.safeParse(item)
    if (!place.success) return newest
    return advanceCheckpoint(newest, { updatedAt: place.data.lastUpdatedTime, id: place.data.orderId })
  }, null)
}
