import { err, ok } from '#core/shared/result.ts'
import type { Step } from '#core/connectors/_kit/operation.ts'
import { readField, readRawId } from '#core/connectors/_kit/parse-items.ts'
import { variantOf, type MarketPrices } from '#core/connectors/shopify/mapping/market-prices.ts'
import type { ShopFacts } from '#core/connectors/shopify/mapping/shop-facts.ts'
import { askFor, readListPage, readRest, unreadable } from '#core/connectors/shopify/operations/read-list.ts'

const PRICES = `query ReadPrices($id: ID!, $after: String, $query: String!) {
  priceList(id: $id) { prices(first: 200, after: $after, query: $query) {
    nodes { originType price { amount currencyCode } variant { id } }
    pageInfo { hasNextPage endCursor }
  } }
}`

/** What these products cost in every market of the shop: one walk of each price list, for all of them at once. */
export function* queryMarketPrices(shop: ShopFacts, products: readonly unknown[]): Step<MarketPrices> {
  const prices = new Map<string, Map<string, unknown>>()
  const query = products
    .flatMap((product) => /\/(\d+)$/.exec(readRawId(product))?.[1] ?? [])
    .map((id) => `product_id:${id}`)
    .join(' OR ')
  if (query === '') return ok(prices)
  for (const id of new Set(shop.markets.map(({ priceListId }) => priceListId))) {
    const nodes = yield* readPriceList(id, query)
    if (!nodes.ok) return nodes
    const byVariant = new Map(nodes.value.map((node) => [variantOf(node), node]))
    // Whose price it is cannot be told, so of no product can it be said that it has none.
    if (byVariant.has('')) return err(unreadable('prices'))
    prices.set(id, byVariant)
  }
  return ok(prices)
}

function readPriceList(id: string, query: string): Step<unknown[]> {
  return readRest(null, function* (after) {
    const answer = yield* askFor({ name: 'ReadPrices', query: PRICES }, { id, after, query })
    if (!answer.ok) return answer
    // Taken away since the markets were read.
    if (answer.value['priceList'] === null) return ok({ raw: [], next: null })
    return readListPage(readField(answer.value['priceList'], 'prices'), 'prices')
  })
}
