import { err, ok } from '#core/shared/result.ts'
import type { Step } from '#core/connectors/_kit/operation.ts'
import { parseItems, type ParsedItems } from '#core/connectors/_kit/parse-items.ts'
import type { RemoteListing } from '#core/listing/listing.ts'
import { parseListing } from '#core/connectors/shopify/mapping/listing.ts'
import type { MarketPrices } from '#core/connectors/shopify/mapping/market-prices.ts'
import type { ShopFacts } from '#core/connectors/shopify/mapping/shop-facts.ts'
import { languageVariables, productFields, VARIANT_FIELDS } from '#core/connectors/shopify/listing-wire.ts'
import { queryMarketPrices } from '#core/connectors/shopify/operations/query-market-prices.ts'
import {
  askFor,
  fillLists,
  isThere,
  readListPage,
  unreadable,
  type ListPage,
  type ListQuery,
} from '#core/connectors/shopify/operations/read-list.ts'

const VARIANTS: ListQuery = {
  list: 'variants',
  item: 'product',
  name: 'ReadVariants',
  query: `query ReadVariants($id: ID!, $after: String!) {
  product(id: $id) { variants(first: 200, after: $after) { nodes { ${VARIANT_FIELDS} } pageInfo { hasNextPage endCursor } } }
}`,
}

/** Products with all their variants and prices. */
export interface ReadProducts {
  raw: unknown[]
  prices: MarketPrices
}

/** A page of products by time of change, oldest first. */
export function* queryListings(
  shop: ShopFacts,
  page: { first: number; after: string | null; query: string | null },
): Step<ReadProducts & ListPage> {
  const { types, values } = languageVariables(shop.locales)
  const query = `query PullListings($first: Int!, $after: String, $query: String${types}) {
  products(first: $first, after: $after, sortKey: UPDATED_AT, query: $query) {
    nodes {
    ${productFields(shop.locales.length)}
    }
    pageInfo { hasNextPage endCursor }
  }
}`
  const answer = yield* askFor({ name: 'PullListings', query }, { ...page, ...values })
  if (!answer.ok) return answer
  const list = readListPage(answer.value['products'], 'products')
  if (!list.ok) return list
  const filled = yield* fillProducts(shop, list.value.raw)
  return filled.ok ? ok({ ...filled.value, next: list.value.next }) : filled
}

/** These products; what is not there is left out. */
export function* queryListingsById(shop: ShopFacts, ids: readonly string[]): Step<ReadProducts> {
  const { types, values } = languageVariables(shop.locales)
  const query = `query ReadListings($ids: [ID!]!${types}) {
  nodes(ids: $ids) { ... on Product {
    ${productFields(shop.locales.length)}
  } }
}`
  const answer = yield* askFor({ name: 'ReadListings', query }, { ids, ...values })
  if (!answer.ok) return answer
  const nodes = answer.value['nodes']
  return Array.isArray(nodes) ? yield* fillProducts(shop, nodes.filter(isThere)) : err(unreadable('nodes'))
}

function* fillProducts(shop: ShopFacts, products: readonly unknown[]): Step<ReadProducts> {
  const raw = yield* fillLists(products, VARIANTS)
  if (!raw.ok) return raw
  const prices = yield* queryMarketPrices(shop, raw.value)
  return prices.ok ? ok({ raw: raw.value, prices: prices.value }) : prices
}

export function parseListings(shop: ShopFacts, { raw, prices }: ReadProducts): ParsedItems<RemoteListing> {
  return parseItems(raw, (product) => parseListing(product, shop, prices))
}
