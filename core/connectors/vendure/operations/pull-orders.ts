import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { Checkpoint, OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import { advanceCheckpoint } from '#core/sync/checkpoint.ts'
import type { Operation, Step } from '#core/connectors/_kit/operation.ts'
import { callGraphql, type GraphqlApi } from '#core/connectors/_kit/graphql.ts'
import { parseItems, readField, readRawId } from '#core/connectors/_kit/parse-items.ts'
import { adminApi } from '#core/connectors/vendure/issues.ts'
import { vendureManifest } from '#core/connectors/vendure/manifest.ts'
import { parseOrder } from '#core/connectors/vendure/mapping/order.ts'
import { readPrecision } from '#core/connectors/vendure/mapping/money.ts'
import { DRAFT_STATES } from '#core/connectors/vendure/units.ts'
import { ORDER_FIELDS, orderPlaceSchema, PRECISION_FIELDS } from '#core/connectors/vendure/wire.ts'
import {
  anchorHolds,
  formatCursor,
  nextCursor,
  OVERLAP_MS,
  parseCursor,
  type ItemPlace,
  type PageCursor,
} from '#core/connectors/vendure/operations/page-cursor.ts'

type Name = 'pull-orders'
type Output = OperationOutput<Name>

const QUERY = `query PullOrders($options: OrderListOptions) {
  ${PRECISION_FIELDS}
  orders(options: $options) { items {
    ${ORDER_FIELDS}
  } }
}`

/**
 * Orders by time of change, oldest first. Pages overlap on purpose and the same order may come twice; none is left out,
 * also when orders change between two pages. Whoever stores them must be idempotent.
 */
export const pullOrders: Operation<OperationInput<Name>, Output> = function* (input, context) {
  const cursor = startCursor(input)
  if (cursor === null) return err([issue('invalid-input', { reason: 'page-token', field: 'pageToken' })])
  const api = adminApi(context.settings)
  const take = takeOf(cursor, input.pageSize)
  const first = yield* readPage(api, cursor, take)
  if (!first.ok) return err([first.error])
  if (anchorHolds(cursor, first.value.places)) return ok(toOutput(input, cursor, take, first.value))
  // Orders moved while we paged by position: read this stretch again in one piece.
  const again = { ...cursor, skip: 0, anchor: null }
  const whole = yield* readPage(api, again, vendureManifest.limits.maxPageSize)
  if (!whole.ok) return err([whole.error])
  return ok(toOutput(input, again, vendureManifest.limits.maxPageSize, whole.value))
}

interface Page {
  raw: unknown[]
  places: ItemPlace[]
  precision: number
}

function* readPage(api: GraphqlApi, cursor: PageCursor, take: number): Step<Page> {
  const options = {
    take,
    skip: cursor.skip,
    // Only by time: Vendure builds ORDER BY in the order of its own schema, so a tie-break by id would come first.
    sort: { updatedAt: 'ASC' },
    filter: {
      // Carts are in the same table; a draft made by the shop's staff is not active.
      active: { eq: false },
      state: { notIn: DRAFT_STATES },
      ...(cursor.after === null ? {} : { updatedAt: { after: new Date(cursor.after).toISOString() } }),
    },
  }
  const answer = yield* callGraphql(api, {
    name: 'PullOrders',
    query: QUERY,
    variables: { options },
    effect: 'read',
  })
  if (!answer.ok) return answer
  return readPageData(answer.value)
}

function readPageData(data: Readonly<Record<string, unknown>>): Result<Page> {
  const raw = readField(data['orders'], 'items')
  if (!Array.isArray(raw))
    return err(issue('malformed', { reason: 'unreadable-answer', field: 'orders.items' }))
  return ok({ raw, places: raw.map(readPlace), precision: readPrecision(data['globalSettings']) })
}

function toOutput(input: OperationInput<Name>, cursor: PageCursor, take: number, page: Page): Output {
  const { items, rejected } = parseItems(page.raw, (item) => parseOrder(item, page.precision))
  const next = nextCursor(cursor, page.places, take)
  const newest = newestPlace(page.places)
  return {
    orders: items,
    rejected,
    checkpoint: newest === null ? null : advanceCheckpoint(input.checkpoint, newest),
    nextPage: next === null ? null : formatCursor(next),
  }
}

function startCursor(input: OperationInput<Name>): PageCursor | null {
  if (input.pageToken !== null) return parseCursor(input.pageToken)
  const after = input.checkpoint === null ? null : input.checkpoint.updatedAt - OVERLAP_MS
  return { after, skip: 0, anchor: null }
}

/** One more than asked for when the first one is only there to be recognised. */
function takeOf(cursor: PageCursor, pageSize: number): number {
  return Math.min(pageSize + (cursor.anchor === null ? 0 : 1), vendureManifest.limits.maxPageSize)
}

function readPlace(raw: unknown): ItemPlace {
  const place = orderPlaceSchema.safeParse(raw)
  return place.success ? place.data : { id: readRawId(raw), updatedAt: null }
}

function newestPlace(places: readonly ItemPlace[]): Checkpoint | null {
  return places.reduce<Checkpoint | null>(
    (newest, { id, updatedAt }) =>
      updatedAt === null ? newest : advanceCheckpoint(newest, { id, updatedAt }),
    null,
  )
}
