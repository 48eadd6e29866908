import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { Checkpoint, OperationInput, OperationOutput, RejectedItem } from '#core/contracts/operations.ts'
import type { RemoteListing } from '#core/listing/listing.ts'
import { advanceCheckpoint } from '#core/sync/checkpoint.ts'
import type { OpContext, Operation, Step } from '#core/connectors/_kit/operation.ts'
import { listingPlaceSchema } from '#core/connectors/amazon/listing-wire.ts'
import {
  formatCursor,
  moveOn,
  parseCursor,
  type ListingCursor,
} from '#core/connectors/amazon/operations/listing-cursor.ts'
import { mergeListings } from '#core/connectors/amazon/operations/merge-listings.ts'
import {
  MOST_AT_ONCE,
  readSeller,
  searchListings,
} from '#core/connectors/amazon/operations/query-listings.ts'

type Name = 'pull-listings'
type Input = OperationInput<Name>

/** How far before a known time a pull begins again: a change may be found a moment after its time. */
const OVERLAP_MS = 5 * 60_000

const NEWEST_FIRST = { sortBy: 'lastUpdatedDate', sortOrder: 'DESC' } as const

/**
 * Every marketplace in turn, page by page; each SKU comes with what all marketplaces have of it. One SKU may come twice. What is deleted
 * shows only in a walk of the whole catalogue, by not being met.
 */
export const pullListings: Operation<Input, OperationOutput<Name>> = function* (input, context) {
  const begun = yield* startCursor(input, context)
  if (!begun.ok) return err([begun.error])
  const take = Math.min(input.pageSize, MOST_AT_ONCE)
  const listings = new Map<string, RemoteListing>()
  const rejected: RejectedItem[] = []
  let cursor: ListingCursor | null = begun.value
  for (let count = 0; cursor !== null && count + take <= input.pageSize;) {
    const page: Result<ReadPage> = yield* readPage(cursor, take, context)
    if (!page.ok) return err([page.error])
    for (const listing of page.value.listings) listings.set(listing.remoteId, listing)
    rejected.push(...page.value.rejected)
    count += Math.max(1, page.value.count)
    cursor = page.value.next
  }
  const output = { listings: [...listings.values()], rejected }
  if (cursor !== null) return ok({ ...output, checkpoint: null, nextPage: formatCursor(cursor) })
  const { start } = begun.value
  const checkpoint = start === null ? null : advanceCheckpoint(input.checkpoint, start)
  return ok({ ...output, checkpoint, nextPage: null })
}

interface ReadPage {
  listings: RemoteListing[]
  rejected: RejectedItem[]
  /** Items that Amazon showed. */
  count: number
  next: ListingCursor | null
}

function* readPage(cursor: ListingCursor, take: number, context: OpContext): Step<ReadPage> {
  const seller = readSeller(context.settings)
  if (!seller.ok) return seller
  const { marketplaces } = seller.value
  const { since, place, until, token } = cursor
  // A marketplace that was taken out of the settings meanwhile.
  const marketplace = marketplaces[place]
  if (marketplace === undefined)
    return err(issue('invalid-input', { reason: 'page-token', field: 'pageToken' }))
  const query = {
    ...NEWEST_FIRST,
    lastUpdatedAfter: since === null ? undefined : timeOf(since),
    lastUpdatedBefore: until === null ? undefined : timeOf(until),
    ...{ pageSize: take, pageToken: token ?? undefined },
  }
  const page = yield* searchListings(marketplace, query, context)
  if (!page.ok) return page
  const { raw, next } = page.value
  const merged = yield* mergeListings(raw, marketplace, { isWalk: since === null }, context)
  if (!merged.ok) return merged
  const shown = { count: raw.length, oldest: oldestOf(raw), next }
  return ok({ ...merged.value, count: raw.length, next: moveOn(cursor, shown, marketplaces.length) })
}

function* startCursor({ pageToken, checkpoint }: Input, context: OpContext): Step<ListingCursor> {
  const kept = pageToken === null ? null : parseCursor(pageToken, context.now)
  if (kept !== null) return ok(kept)
  const start = yield* readNewestChange(context)
  if (!start.ok) return start
  return ok({
    since: checkpoint === null ? null : checkpoint.updatedAt - OVERLAP_MS,
    start: start.value,
    ...{ place: 0, token: null, until: null, seen: 0, oldest: null, begunAt: context.now },
  })
}

/** Of all marketplaces, before anything is read: each is read at another time, and none may lose what changes between. */
function* readNewestChange(context: OpContext): Step<Checkpoint | null> {
  const seller = readSeller(context.settings)
  if (!seller.ok) return seller
  let newest: Checkpoint | null = null
  for (const marketplace of seller.value.marketplaces) {
    const query = { ...NEWEST_FIRST, pageSize: 1, includedData: ['summaries'] }
    const page = yield* searchListings(marketplace, query, context)
    if (!page.ok) return page
    newest = advanceCheckpoint(newest, placeOf(page.value.raw[0]))
  }
  return ok(newest)
}

function oldestOf(raw: readonly unknown[]): number | null {
  const times = raw.flatMap((item) => placeOf(item)?.updatedAt ?? [])
  return times.length === 0 ? null : Math.min(...times)
}

function placeOf(item: unknown): Checkpoint | null {
  const place = listingPlaceSchema.safeParse(item)
  if (!place.success) return null
  const { sku, summaries } = place.data
  return { updatedAt: Math.max(...summaries.map(({ lastUpdatedDate }) => lastUpdatedDate)), id: sku }
}

const timeOf = (ms: number): string => new Date(ms).toISOString()
