import { issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import type { RejectedItem } from '#core/contracts/operations.ts'
import type { RemoteListing } from '#core/listing/listing.ts'
import type { Settings, Step } from '#core/connectors/_kit/operation.ts'
import { callGraphql } from '#core/connectors/_kit/graphql.ts'
import { parseItems, readField } from '#core/connectors/_kit/parse-items.ts'
import { adminApi } from '#core/connectors/vendure/issues.ts'
import { parseListing, readShopFacts, type ShopFacts } from '#core/connectors/vendure/mapping/listing.ts'
import { LISTING_FIELDS, SHOP_FIELDS } from '#core/connectors/vendure/wire.ts'

/** Vendure's `ProductListOptions`. */
export interface ListingListOptions {
  take: number
  skip?: number
  sort?: Readonly<Record<string, 'ASC' | 'DESC'>>
  filter?: Readonly<Record<string, unknown>>
}

export interface ListingPage {
  /** Items not parsed yet. */
  raw: unknown[]
  shop: ShopFacts
}

/** Asks for a list of products with everything that a listing of ours needs; `name` is for the trace. */
export function* queryListings(
  settings: Settings,
  name: 'PullListings' | 'ReadListings',
  options: ListingListOptions,
): Step<ListingPage> {
  const query = `query ${name}($options: ProductListOptions) {
  ${SHOP_FIELDS}
  products(options: $options) { items {
    ${LISTING_FIELDS}
  } }
}`
  const answer = yield* callGraphql(adminApi(settings), {
    name,
    query,
    variables: { options },
    effect: 'read',
  })
  if (!answer.ok) return answer
  const raw = readField(answer.value['products'], 'items')
  if (!Array.isArray(raw))
    return err(issue('malformed', { reason: 'unreadable-answer', field: 'products.items' }))
  return ok({ raw, shop: readShopFacts(answer.value['globalSettings'], settings['baseUrl'] ?? '') })
}

export function* queryListingsById(settings: Settings, ids: readonly string[]): Step<ListingPage> {
  return yield* queryListings(settings, 'ReadListings', { take: ids.length, filter: { id: { in: ids } } })
}

export function parseListings({ raw, shop }: ListingPage): {
  listings: RemoteListing[]
  rejected: RejectedItem[]
} {
  const { items, rejected } = parseItems(raw, (item) => parseListing(item, shop))
  return { listings: items, rejected }
}
