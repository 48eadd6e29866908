import { STOCK_LOCATION } from '#main/demo/change-demo-listing.ts'
import type { DemoListing, DemoVariant, FoundVariant } from '#main/demo/demo-listings.ts'
import { listDemoVariants, mainTranslation } from '#main/demo/list-demo-listings.ts'
import type { ListOptions } from '#main/demo/page-demo-list.ts'

/** A demo shop's listings in the shape of Vendure's admin API. */

export interface Showing {
  locale: string
  currency: string
  /** Scheme and host the request came to: pictures are at the same place. */
  origin: string
}

export const PICTURE_SIZE = 160

export function showListing(listing: DemoListing, showing: Showing) {
  const { id, enabled, createdAt, updatedAt, translations } = listing
  const main = mainTranslation(listing, showing.locale)
  const created = iso(createdAt)
  const picture = showPicture(listing, showing)
  return {
    id,
    enabled,
    createdAt: created,
    updatedAt: iso(updatedAt),
    languageCode: main?.languageCode ?? showing.locale,
    name: main?.name ?? '',
    slug: main?.slug ?? '',
    description: main?.description ?? '',
    featuredAsset: picture,
    assets: [picture],
    translations: translations.map((one) => ({ ...one, createdAt: created, updatedAt: iso(one.updatedAt) })),
    variants: () => listing.variants.map((variant) => showVariant({ listing, variant }, showing)),
    variantList: ({ options }: { options?: ListOptions | null }) => {
      const { items, totalItems } = listDemoVariants([listing], options ?? {}, null)
      return { totalItems, items: items.map((item) => showVariant(item, showing)) }
    },
  }
}

function showPicture({ id, code }: DemoListing, { origin }: Showing) {
  const preview = `${origin}/assets/preview/${code}__preview.png`
  const [width, height] = [PICTURE_SIZE, PICTURE_SIZE]
  return { id, name: `${code}.png`, mimeType: 'image/png', width, height, source: preview, preview }
}

export function showVariant({ listing, variant }: FoundVariant, showing: Showing) {
  const { locale, currency } = showing
  const { names, prices, updatedAt, option, ...plain } = variant
  const main = names.find(({ languageCode }) => languageCode === locale) ?? names[0]
  const price = prices.find((one) => one.currencyCode === currency)?.price ?? 0
  const times = { createdAt: iso(listing.createdAt), updatedAt: iso(updatedAt) }
  return {
    ...plain,
    ...times,
    product: () => showListing(listing, showing),
    productId: listing.id,
    languageCode: main?.languageCode ?? locale,
    name: main?.name ?? '',
    featuredAsset: null,
    price,
    priceWithTax: price,
    currencyCode: currency,
    prices,
    translations: names,
    stockLevel: stockWord(variant),
    outOfStockThreshold: 0,
    useGlobalOutOfStockThreshold: true,
    stockLevels: [
      {
        id: variant.id,
        ...times,
        stockLocationId: STOCK_LOCATION,
        stockOnHand: variant.stockOnHand,
        stockAllocated: variant.stockAllocated,
        stockLocation: showStockLocation(),
      },
    ],
    options: option === null ? [] : [showOption(variant, option, locale)],
  }
}

export function showStockLocation() {
  return { id: STOCK_LOCATION, name: 'Default Stock Location', description: '' }
}

function showOption({ id, sku }: DemoVariant, option: Record<string, string>, locale: string) {
  const code = sku.slice(sku.lastIndexOf('-') + 1).toLowerCase()
  const translations = Object.entries(option).map(([languageCode, name]) => ({ languageCode, name }))
  return { id, groupId: '1', code, languageCode: locale, name: option[locale] ?? code, translations }
}

function stockWord({ trackInventory, stockOnHand, stockAllocated }: DemoVariant): string {
  if (trackInventory === 'FALSE') return 'IN_STOCK'
  const left = stockOnHand - stockAllocated
  if (left <= 0) return 'OUT_OF_STOCK'
  return left <= 2 ? 'LOW_STOCK' : 'IN_STOCK'
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
