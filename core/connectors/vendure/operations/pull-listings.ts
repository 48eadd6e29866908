import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { Issue } from '#core/shared/issue.ts'
import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import { advanceCheckpoint } from '#core/sync/checkpoint.ts'
import type { HttpRequest, HttpResponse, Operation, Settings } from '#core/connectors/_kit/operation.ts'
import {
  jointCheckpoint,
  judgePage,
  parseCatalogueCursor,
  startList,
  type CatalogueCursor,
  type ChangesCursor,
  type WalkCursor,
} from '#core/connectors/vendure/operations/catalogue-cursor.ts'
import { OVERLAP_MS } from '#core/connectors/vendure/operations/page-cursor.ts'
import { readChangedPlaces } from '#core/connectors/vendure/operations/query-changed-places.ts'
import { readNewestChange } from '#core/connectors/vendure/operations/query-newest-change.ts'
import { listOptions, readPlaces, takeOf } from '#core/connectors/vendure/operations/catalogue-list.ts'
import {
  parseListings,
  queryListings,
  queryListingsById,
} from '#core/connectors/vendure/operations/query-listings.ts'
import { cataloguePlaceSchema } from '#core/connectors/vendure/wire.ts'

type Name = 'pull-listings'
type Input = OperationInput<Name>
type Output = OperationOutput<Name>
type Page = Generator<HttpRequest, Result<Output, Issue[]>, HttpResponse>

/**
 * Without a checkpoint the whole catalogue, with one the products that changed or whose variants did. Pages overlap on
 * purpose and the same product may come twice. Whoever stores them must be idempotent.
 */
export const pullListings: Operation<Input, Output> = function* (input, context) {
  const cursor = yield* startCursor(input, context.settings)
  if (!cursor.ok) return err([cursor.error])
  return cursor.value.phase === 'walk'
    ? yield* walk(cursor.value, input, context.settings)
    : yield* pullChanges(cursor.value, input, context.settings)
}

function* startCursor(
  { pageToken, checkpoint }: Input,
  settings: Settings,
): Generator<HttpRequest, Result<CatalogueCursor>, HttpResponse> {
  if (pageToken !== null) {
    const parsed = parseCatalogueCursor(pageToken)
    return parsed === null
      ? err(issue('invalid-input', { reason: 'page-token', field: 'pageToken' }))
      : ok(parsed)
  }
  if (checkpoint !== null) {
    const list = startList(checkpoint.updatedAt - OVERLAP_MS)
    return ok({ phase: 'changes', products: list, variants: list })
  }
  const start = yield* readNewestChange(settings)
  return start.ok ? ok({ phase: 'walk', start: start.value, list: startList(null) }) : start
}

function* walk(cursor: WalkCursor, { pageSize }: Input, settings: Settings): Page {
  const take = takeOf(cursor.list, pageSize, MOST_LISTINGS)
  const page = yield* queryListings(
    settings,
    'PullListings',
    listOptions(cursor.list, take, 'createdAt', 'slug'),
  )
  if (!page.ok) return err([page.error])
  const places = readPlaces(page.value.raw, cataloguePlaceSchema, ({ id, createdAt }) => ({
    id,
    updatedAt: createdAt,
  }))
  const { next, atEnd } = judgePage(cursor.list, places, take)
  return ok({
    ...parseListings(page.value),
    // Only now: a walk that breaks off has to begin again.
    checkpoint: atEnd ? cursor.start : null,
    nextPage: atEnd ? null : JSON.stringify({ ...cursor, list: next }),
  })
}

function* pullChanges(cursor: ChangesCursor, input: Input, settings: Settings): Page {
  const changed = yield* readChangedPlaces(settings, cursor, Math.max(1, Math.floor(input.pageSize / 2)))
  if (!changed.ok) return err([changed.error])
  const { products, variants, ids, rejected } = changed.value
  const done = products.atEnd && variants.atEnd
  const newest = jointCheckpoint(products, variants)
  const output: Output = {
    listings: [],
    rejected,
    checkpoint: newest === null ? null : advanceCheckpoint(input.checkpoint, newest),
    nextPage: done
      ? null
      : JSON.stringify({ phase: 'changes', products: products.next, variants: variants.next }),
  }
  if (ids.length === 0) return ok(output)
  // Those deleted meanwhile do not come; the next walk of the catalogue misses them.
  const page = yield* queryListingsById(settings, ids)
  if (!page.ok) return err([page.error])
  const parsed = parseListings(page.value)
  return ok({ ...output, listings: parsed.listings, rejected: [...rejected, ...parsed.rejected] })
}

/** As the contract has it. */
const MOST_LISTINGS = 500
