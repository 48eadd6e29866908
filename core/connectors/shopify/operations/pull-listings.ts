import { err, ok } from '#core/shared/result.ts'
import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import { advanceCheckpoint } from '#core/sync/checkpoint.ts'
import type { Operation } from '#core/connectors/_kit/operation.ts'
import { parseListings, queryListings } from '#core/connectors/shopify/operations/query-listings.ts'
import { queryShopFacts } from '#core/connectors/shopify/operations/query-shop-facts.ts'
import { askForFewer } from '#core/connectors/shopify/operations/read-list.ts'
import {
  formatToken,
  newestPlace,
  nextToken,
  searchSince,
  startToken,
} from '#core/connectors/shopify/operations/page-token.ts'

type Name = 'pull-listings'

/**
 * Products by time of change, oldest first, with a checkpoint only the changed ones. What changes while pages are read moves to the end, so it
 * may come twice, and none is left out. Translations and prices of markets do not move that time: the next walk of the whole
 * catalogue sees them.
 */
export const pullListings: Operation<OperationInput<Name>, OperationOutput<Name>> = function* (input) {
  const token = startToken(input)
  if (!token.ok) return err([token.error])
  const shop = yield* queryShopFacts()
  if (!shop.ok) return err([shop.error])
  const query = searchSince(token.value)
  const page = yield* askForFewer(Math.min(input.pageSize, token.value.first ?? LISTINGS_AT_ONCE), (first) =>
    queryListings(shop.value, { first, after: token.value.cursor, query }),
  )
  if (!page.ok) return err([page.error])
  const { raw, next, first } = page.value
  const newest = newestPlace(raw)
  const { items, rejected } = parseListings(shop.value, page.value)
  // Only at its end: a walk of the whole catalogue that breaks off has to begin again.
  const isKnown = newest !== null && (next === null || !token.value.whole)
  const came = { first, count: raw.length, newest: newest?.updatedAt ?? null }
  return ok({
    listings: items,
    rejected,
    checkpoint: isKnown ? advanceCheckpoint(input.checkpoint, newest) : null,
    nextPage: next === null ? null : formatToken(nextToken(token.value, next, came)),
  })
}

/** With its variants and texts a product costs some 40 points, and a query may cost 1,000. */
export const LISTINGS_AT_ONCE = 20
