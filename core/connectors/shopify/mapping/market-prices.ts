import type { OfferPrice } from '#core/listing/listing.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { parseWith, readField } from '#core/connectors/_kit/parse-items.ts'
import { toMoney } from '#core/connectors/_kit/decimal-money.ts'
import type { ShopFacts } from '#core/connectors/shopify/mapping/shop-facts.ts'
import { marketPriceWireSchema } from '#core/connectors/shopify/listing-wire.ts'

/** Prices of a price list by variant, as they came; by the price list's id. */
export type MarketPrices = ReadonlyMap<string, ReadonlyMap<string, unknown>>

/**
 * A variant's prices in all markets, those that somebody fixed and those that the shop works out, or in one line why not. In a market where it
 * is not sold it has none.
 */
export function toMarketPrices(
  variantId: string,
  { markets }: ShopFacts,
  prices: MarketPrices,
): Result<{ fixed: OfferPrice[]; reckoned: OfferPrice[] }, string> {
  const found = { fixed: [] as OfferPrice[], reckoned: [] as OfferPrice[] }
  for (const { handle, priceListId } of markets) {
    const raw = prices.get(priceListId)?.get(variantId)
    if (raw === undefined) continue
    const wire = parseWith(marketPriceWireSchema, raw)
    if (!wire.ok) return err(`prices: ${wire.error}`)
    const price = toMoney(wire.value.price)
    if (!price.ok) return err(`prices: ${price.error}`)
    const list = wire.value.originType === 'FIXED' ? found.fixed : found.reckoned
    list.push({ ...price.value, market: handle })
  }
  return ok(found)
}

/** The variant that a price is of; '' when that cannot be read. */
export function variantOf(raw: unknown): string {
  const id = readField(readField(raw, 'variant'), 'id')
  return typeof id === 'string' ? id : ''
}
