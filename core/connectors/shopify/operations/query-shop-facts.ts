import { err, ok } from '#core/shared/result.ts'
import type { Step } from '#core/connectors/_kit/operation.ts'
import { parseShopFacts, type ShopFacts } from '#core/connectors/shopify/mapping/shop-facts.ts'
import { askFor, unreadable } from '#core/connectors/shopify/operations/read-list.ts'

const FACTS = `query ReadShopFacts {
  shop { currencyCode }
  shopLocales(published: true) { locale primary }
  catalogs(first: 40, type: MARKET) { nodes {
    status
    priceList { id currency }
    ... on MarketCatalog { markets(first: 10) { nodes { handle status } } }
  } }
}`

/** Currency, languages and markets: without them products cannot be asked for, nor understood. */
export function* queryShopFacts(): Step<ShopFacts> {
  const answer = yield* askFor({ name: 'ReadShopFacts', query: FACTS }, {})
  if (!answer.ok) return answer
  const facts = parseShopFacts(answer.value)
  return facts.ok ? ok(facts.value) : err(unreadable('shop', facts.error))
}
