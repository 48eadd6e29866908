import type { DemoListing, FoundVariant } from '#main/demo/demo-listings.ts'
import { pageDemoList, type Fields, type ListOptions, type ListPage } from '#main/demo/page-demo-list.ts'

const PRODUCT_FIELDS = (locale: string): Fields<DemoListing> => ({
  id: ({ id }) => id,
  createdAt: ({ createdAt }) => createdAt,
  updatedAt: ({ updatedAt }) => updatedAt,
  enabled: ({ enabled }) => enabled,
  name: (listing) => mainTranslation(listing, locale)?.name ?? '',
  slug: (listing) => mainTranslation(listing, locale)?.slug ?? '',
})

const VARIANT_FIELDS: Fields<FoundVariant> = {
  id: ({ variant }) => variant.id,
  productId: ({ listing }) => listing.id,
  createdAt: ({ listing }) => listing.createdAt,
  updatedAt: ({ variant }) => variant.updatedAt,
  enabled: ({ variant }) => variant.enabled,
  sku: ({ variant }) => variant.sku,
}

/** Deleted products are in no list. */
export function listDemoListings(
  listings: readonly DemoListing[],
  list: ListOptions,
  locale: string,
): ListPage<DemoListing> {
  return pageDemoList(
    listings.filter(({ deleted }) => !deleted),
    list,
    PRODUCT_FIELDS(locale),
  )
}

export function listDemoVariants(
  listings: readonly DemoListing[],
  list: ListOptions,
  productId: string | null,
): ListPage<FoundVariant> {
  const all = listings
    .filter(({ id, deleted }) => !deleted && (productId === null || id === productId))
    .flatMap((listing) => listing.variants.map((variant) => ({ listing, variant })))
  return pageDemoList(all, list, VARIANT_FIELDS)
}

/** In the shop's language, else in the first there is. */
export function mainTranslation({ translations }: DemoListing, locale: string) {
  return translations.find(({ languageCode }) => languageCode === locale) ?? translations[0]
}
