import { remoteListingSchema } from '#core/contracts/values.ts'
import type { ListingContent, Offer, RemoteListing } from '#core/listing/listing.ts'
import type { Money } from '#core/money/money.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { parseWith } from '#core/connectors/_kit/parse-items.ts'
import { readPrecision, toMoney } from '#core/connectors/vendure/mapping/money.ts'
import { pictureUrl } from '#core/connectors/vendure/mapping/picture.ts'
import { isCounted, localeOfLanguage, statusOfEnabled } from '#core/connectors/vendure/units.ts'
import {
  inventorySchema,
  listingWireSchema,
  type ListingWire,
  type OfferWire,
} from '#core/connectors/vendure/wire.ts'

/** What must be known of the shop to understand a product. */
export interface ShopFacts {
  /** Digits of the shop's money. */
  precision: number
  /** Whether variants are counted that do not say so themselves. */
  counts: boolean
  baseUrl: string
}

export function readShopFacts(globalSettings: unknown, baseUrl: string): ShopFacts {
  const inventory = inventorySchema.safeParse(globalSettings)
  // Vendure's default is to count.
  const counts = inventory.success ? inventory.data.trackInventory : true
  return { precision: readPrecision(globalSettings), counts, baseUrl }
}

/** One product of the wire as ours, or in one line why not. */
export function parseListing(raw: unknown, shop: ShopFacts): Result<RemoteListing, string> {
  const wire = parseWith(listingWireSchema, raw)
  return wire.ok ? toRemoteListing(wire.value, shop) : wire
}

/** Wire → canonical. The result is held to the contract here, so that one odd product never fails its whole page. */
export function toRemoteListing(wire: ListingWire, shop: ShopFacts): Result<RemoteListing, string> {
  const offers: Offer[] = []
  for (const variant of wire.variants) {
    const offer = toOffer(variant, shop)
    if (!offer.ok) return err(`variants: ${offer.error}`)
    offers.push(offer.value)
  }
  const contents: Record<string, ListingContent> = {}
  for (const { languageCode, name, description } of wire.translations)
    contents[localeOfLanguage(languageCode)] = { title: name, description }
  const listing: RemoteListing = {
    remoteId: wire.id,
    ...statusOfEnabled(wire.enabled),
    // A product's own time does not move with its variants.
    updatedAt: Math.max(wire.updatedAt, ...wire.variants.map(({ updatedAt }) => updatedAt)),
    mainLocale: localeOfLanguage(wire.languageCode),
    contents,
    offers,
    pictureUrl: pictureUrl(wire.featuredAsset?.preview ?? '', shop.baseUrl),
  }
  return parseWith(remoteListingSchema, listing)
}

function toOffer(variant: OfferWire, { precision, counts }: ShopFacts): Result<Offer, string> {
  const prices: Money[] = []
  for (const { currencyCode, price } of variant.prices) {
    const money = toMoney(price, currencyCode, precision)
    if (!money.ok) return money
    prices.push(money.value)
  }
  return ok({
    remoteId: variant.id,
    sku: variant.sku,
    option: toOption(variant),
    prices: prices.sort((a, b) => (a.currency < b.currency ? -1 : 1)),
    stock: isCounted(variant.trackInventory, counts) ? countPieces(variant) : null,
  })
}

/** Pieces on hand in all of the shop's places, those already sold but not shipped among them. */
function countPieces({ stockLevels }: OfferWire): number {
  return stockLevels.reduce((sum, { stockOnHand }) => sum + stockOnHand, 0)
}

/** "blue / L", always in the same order of option groups. */
function toOption({ options }: OfferWire): string {
  return [...options]
    .sort((a, b) => compareIds(a.groupId, b.groupId))
    .map(({ name }) => name.trim())
    .filter((name) => name !== '')
    .join(' / ')
    .slice(0, 300)
}

/** Ids of digits as numbers, so that "10" comes after "9". */
export function compareIds(a: string, b: string): number {
  if (a.length !== b.length && /^\d+$/.test(a) && /^\d+$/.test(b)) return a.length - b.length
  return a < b ? -1 : a > b ? 1 : 0
}
