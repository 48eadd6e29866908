import { remoteListingSchema } from '#core/contracts/values.ts'
import {
  comparePrices,
  type ListingContent,
  type ListingIssue,
  type Offer,
  type OfferPrice,
  type RemoteListing,
} from '#core/listing/listing.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { parseWith, readField } from '#core/connectors/_kit/parse-items.ts'
import { toMoney } from '#core/connectors/_kit/decimal-money.ts'
import { toMarketPrices, type MarketPrices } from '#core/connectors/shopify/mapping/market-prices.ts'
import type { ShopFacts } from '#core/connectors/shopify/mapping/shop-facts.ts'
import { statusOfProduct } from '#core/connectors/shopify/units.ts'
import {
  listingWireSchema,
  translationsWireSchema,
  type ListingWire,
  type VariantWire,
} from '#core/connectors/shopify/listing-wire.ts'

/** One product of the wire as ours, or in one line why not. All its variants must be there. */
export function parseListing(
  raw: unknown,
  shop: ShopFacts,
  prices: MarketPrices,
): Result<RemoteListing, string> {
  const wire = parseWith(listingWireSchema, raw)
  if (!wire.ok) return wire
  const contents = toContents(wire.value, shop)
  if (!contents.ok) return contents
  const offers: Offer[] = []
  for (const variant of wire.value.variants.nodes) {
    const offer = toOffer(variant, shop, prices)
    if (!offer.ok) return err(`variants: ${offer.error}`)
    offers.push(offer.value)
  }
  const issues = toIssues(wire.value)
  // Held to the contract here, so that one odd product never fails its whole page.
  return parseWith(remoteListingSchema, {
    remoteId: wire.value.id,
    ...statusOfProduct(wire.value.status, wire.value.resourcePublicationsCount?.count ?? null),
    updatedAt: wire.value.updatedAt,
    mainLocale: shop.mainLocale,
    contents: contents.value,
    offers,
    pictureUrl: toPicture(wire.value),
    ...(issues.length === 0 ? {} : { issues }),
  })
}

/** The shop's own language, and all others that buyers see: what is not translated is empty, so that it can be written. */
function toContents(wire: ListingWire, shop: ShopFacts): Result<Record<string, ListingContent>, string> {
  const contents: Record<string, ListingContent> = {
    [shop.mainLocale]: { title: wire.title, description: wire.descriptionHtml },
  }
  for (const [at, locale] of shop.locales.entries()) {
    const texts = parseWith(translationsWireSchema, readField(wire, `t${at}`))
    if (!texts.ok) return err(`translations: ${texts.error}`)
    const textOf = (key: string): string => texts.value.find((text) => text.key === key)?.value ?? ''
    contents[locale] = { title: textOf(TEXT_KEYS.title), description: textOf(TEXT_KEYS.description) }
  }
  return ok(contents)
}

/** What Shopify calls them among translations. */
export const TEXT_KEYS: Readonly<Record<keyof ListingContent, string>> = {
  title: 'title',
  description: 'body_html',
}

function toOffer(variant: VariantWire, shop: ShopFacts, marketPrices: MarketPrices): Result<Offer, string> {
  const own = toMoney({ amount: variant.price, currencyCode: shop.currency })
  if (!own.ok) return own
  const others = toMarketPrices(variant.id, shop, marketPrices)
  if (!others.ok) return others
  const { fixed, reckoned } = others.value
  const prices: OfferPrice[] = [own.value, ...fixed]
  const { tracked } = variant.inventoryItem
  // An amount left out must not look like one that is not counted.
  if (tracked && variant.inventoryQuantity === null) return err('inventoryQuantity: missing')
  return ok({
    remoteId: variant.id,
    sku: variant.sku,
    option: toOption(variant),
    prices: prices.sort(comparePrices),
    ...(reckoned.length === 0 ? {} : { reckoned: reckoned.sort(comparePrices) }),
    stock: tracked ? variant.inventoryQuantity : null,
  })
}

/** "blue / L"; '' for the only variant of a product, which Shopify calls "Default Title". */
function toOption({ selectedOptions }: VariantWire): string {
  const [only] = selectedOptions
  if (selectedOptions.length === 1 && only?.name === 'Title' && only.value === 'Default Title') return ''
  return selectedOptions
    .map(({ value }) => value.trim())
    .filter((value) => value !== '')
    .join(' / ')
    .slice(0, 300)
}

/** What sales channels ask the seller to mend, in their words. */
function toIssues({ feedback }: ListingWire): ListingIssue[] {
  return (feedback?.details ?? [])
    .filter(({ state }) => state === 'REQUIRES_ACTION')
    .flatMap(({ state, messages }) =>
      messages.map(({ message, field }): ListingIssue => ({
        ...{ code: state, severity: 'warning', message: message.slice(0, 2_000) },
        fields: field.filter((name) => name !== '').map((name) => name.slice(0, 200)),
      })),
    )
    .slice(0, 200)
}

function toPicture({ featuredMedia }: ListingWire): string {
  const url = featuredMedia?.preview?.image?.url ?? ''
  return url.startsWith('https://') && url.length <= 2_000 ? url : ''
}
