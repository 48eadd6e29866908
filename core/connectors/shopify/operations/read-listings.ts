import { err, ok } from '#core/shared/result.ts'
import type { OperationInput, OperationOutput } from '#core/contracts/operations.ts'
import type { Operation } from '#core/connectors/_kit/operation.ts'
import { findMissing } from '#core/connectors/_kit/parse-items.ts'
import { LISTINGS_AT_ONCE } from '#core/connectors/shopify/operations/pull-listings.ts'
import { parseListings, queryListingsById } from '#core/connectors/shopify/operations/query-listings.ts'
import { askInParts } from '#core/connectors/shopify/operations/read-list.ts'
import { queryShopFacts } from '#core/connectors/shopify/operations/query-shop-facts.ts'

type Name = 'read-listings'

/** These products as they are now. A deleted one is among the missing. */
export const readListings: Operation<OperationInput<Name>, OperationOutput<Name>> = function* (input) {
  const asked = [...new Set(input.remoteIds)]
  const shop = yield* queryShopFacts()
  if (!shop.ok) return err([shop.error])
  const read = yield* askInParts(asked, LISTINGS_AT_ONCE, (some) => queryListingsById(shop.value, some))
  if (!read.ok) return err([read.error])
  const pages = read.value.map((page) => parseListings(shop.value, page))
  return ok({
    listings: pages.flatMap(({ items }) => items),
    rejected: pages.flatMap(({ rejected }) => rejected),
    missing: findMissing(
      asked,
      read.value.flatMap(({ raw }) => raw),
    ),
  })
}
