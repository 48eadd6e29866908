import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { Checkpoint, OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import { advanceCheckpoint } from '#core/sync/checkpoint.ts'
import type { HttpRequest, HttpResponse, Operation, Step } from '#core/connectors/_kit/operation.ts'
import type { GraphqlApi } from '#core/connectors/_kit/graphql.ts'
import { parseItems, readRawId } from '#core/connectors/_kit/parse-items.ts'
import { adminApi } from '#core/connectors/vendure/issues.ts'
import { vendureManifest } from '#core/connectors/vendure/manifest.ts'
import { parseOrder } from '#core/connectors/vendure/mapping/order.ts'
import { DRAFT_STATES } from '#core/connectors/vendure/units.ts'
import { orderPlaceSchema } from '#core/connectors/vendure/wire.ts'
import { queryOrders, type OrderPage } from '#core/connectors/vendure/operations/query-orders.ts'
import {
  nextSweep,
  readSweepPage,
  startSweep,
  type SweepCursor,
} from '#core/connectors/vendure/operations/sweep-orders.ts'
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
type Input = OperationInput<Name>
type Output = OperationOutput<Name>

/**
 * Orders by time of change, oldest first, then the sweep over what is open (sweep-orders.ts). Pages overlap on purpose and
 * the same order may come twice; none is left out, also when orders change between two pages. Whoever stores them must be
 * idempotent, and take the same time of change with another state as news.
 */
export const pullOrders: Operation<Input, Output> = function* (input, context) {
  const cursor = startCursor(input)
  if (cursor === null) return err([issue('invalid-input', { reason: 'page-token', field: 'pageToken' })])
  const api = adminApi(context.settings)
  return cursor.phase === 'sweep' ? yield* sweep(api, cursor, input) : yield* pullChanges(api, cursor, input)
}

type Page = Generator<HttpRequest, Result<Output, Issue[]>, HttpResponse>

function* pullChanges(api: GraphqlApi, cursor: PageCursor, input: Input): Page {
  const take = takeOf(cursor, input.pageSize)
  const first = yield* readChanges(api, cursor, take)
  if (!first.ok) return err([first.error])
  if (anchorHolds(cursor, first.value.places)) return ok(toOutput(input, cursor, take, first.value))
  // Orders moved while we paged by position: read this stretch again in one piece.
  const again = { ...cursor, skip: 0, anchor: null }
  const whole = yield* readChanges(api, again, vendureManifest.limits.maxPageSize)
  if (!whole.ok) return err([whole.error])
  return ok(toOutput(input, again, vendureManifest.limits.maxPageSize, whole.value))
}

function* sweep(api: GraphqlApi, cursor: SweepCursor, { pageSize }: Input): Page {
  const page = yield* readSweepPage(api, cursor, pageSize)
  if (!page.ok) return err([page.error])
  const next = nextSweep(cursor, page.value.raw.length, pageSize)
  return ok({
    ...parsePage(page.value),
    // Says nothing of how far the changes were read.
    checkpoint: null,
    nextPage: next === null ? null : formatCursor(next),
  })
}

interface ChangesPage extends OrderPage {
  places: ItemPlace[]
}

function* readChanges(api: GraphqlApi, cursor: PageCursor, take: number): Step<ChangesPage> {
  const page = yield* queryOrders(api, 'PullOrders', {
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
  })
  return page.ok ? ok({ ...page.value, places: page.value.raw.map(readPlace) }) : page
}

function toOutput(input: Input, cursor: PageCursor, take: number, page: ChangesPage): Output {
  const newest = newestPlace(page.places)
  return {
    ...parsePage(page),
    checkpoint: newest === null ? null : advanceCheckpoint(input.checkpoint, newest),
    nextPage: formatCursor(nextCursor(cursor, page.places, take) ?? startSweep(cursor.since)),
  }
}

function parsePage({ raw, precision }: OrderPage): Pick<Output, 'orders' | 'rejected'> {
  const { items, rejected } = parseItems(raw, (item) => parseOrder(item, precision))
  return { orders: items, rejected }
}

function startCursor(input: Input): PageCursor | SweepCursor | null {
  if (input.pageToken !== null) return parseCursor(input.pageToken)
  const after = input.checkpoint === null ? null : input.checkpoint.updatedAt - OVERLAP_MS
  return { phase: 'changes', since: after, after, skip: 0, anchor: null }
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
