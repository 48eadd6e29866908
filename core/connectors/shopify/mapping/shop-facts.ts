import { ok, type Result } from '#core/shared/result.ts'
import { localeSchema } from '#core/contracts/values.ts'
import { parseWith } from '#core/connectors/_kit/parse-items.ts'
import { shopFactsWireSchema } from '#core/connectors/shopify/listing-wire.ts'

/** A price list, and whose it is. */
export interface ShopMarket {
  /** Stable at the shop, and what people call the market there. */
  handle: string
  priceListId: string
  currency: string
}

/** What must be known of the shop to understand a product. */
export interface ShopFacts {
  currency: string
  mainLocale: string
  /** Its other languages that buyers see, as the shop writes them. */
  locales: string[]
  markets: ShopMarket[]
}

const LONGEST_HANDLE = 60

/** Of the answer to `SHOP_FACTS`, or in one line why not. Markets that are drafts, and those without prices of their own, are left out. */
export function parseShopFacts(raw: unknown): Result<ShopFacts, string> {
  const wire = parseWith(shopFactsWireSchema, raw)
  if (!wire.ok) return wire
  const { shop, shopLocales, catalogs } = wire.value
  const known = shopLocales.filter(({ locale }) => localeSchema.safeParse(locale).success)
  const main = known.find(({ primary }) => primary) ?? known[0]
  const markets = catalogs.nodes.flatMap(({ status, markets: sold, priceList }): ShopMarket[] => {
    if (status !== 'ACTIVE' || priceList === null) return []
    const { id: priceListId, currency } = priceList
    return (sold?.nodes ?? [])
      .filter((market) => market.status === 'ACTIVE' && market.handle !== '')
      .map(({ handle }) => ({ handle: handle.slice(0, LONGEST_HANDLE), priceListId, currency }))
  })
  return ok({
    currency: shop.currencyCode,
    mainLocale: main?.locale ?? 'en',
    locales: known.filter((each) => each !== main).map(({ locale }) => locale),
    markets: markets.sort((a, b) => (a.handle < b.handle ? -1 : 1)),
  })
}
