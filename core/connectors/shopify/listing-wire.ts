import { z } from '#core/contracts/zod.ts'
import { wireId, wireList, wireObject, wireOptional, wireText, wireTime } from '#core/connectors/_kit/wire.ts'
import { pageInfoWire } from '#core/connectors/shopify/wire.ts'

const variantWireSchema = wireObject({
  id: wireId(),
  sku: wireText(),
  /** In the shop's currency, a decimal. */
  price: z.string(),
  /** What all locations together can sell. */
  inventoryQuantity: wireOptional(z.number().int()),
  selectedOptions: wireList(wireObject({ name: wireText(), value: wireText() })),
  inventoryItem: wireObject({ tracked: z.boolean() }),
})
export type VariantWire = z.infer<typeof variantWireSchema>

const feedbackWire = wireObject({
  details: wireList(
    wireObject({
      state: wireText(),
      messages: wireList(wireObject({ message: wireText(), field: wireList(wireText()) })),
    }),
  ),
})

export const listingWireSchema = wireObject({
  id: wireId(),
  title: z.string(),
  descriptionHtml: z.string(),
  status: z.string(),
  updatedAt: wireTime(),
  /** Null where the app may not see where a product is sold. */
  resourcePublicationsCount: wireOptional(wireObject({ count: z.number().int() })),
  featuredMedia: wireOptional(
    wireObject({
      preview: wireOptional(wireObject({ image: wireOptional(wireObject({ url: wireText() })) })),
    }),
  ),
  feedback: wireOptional(feedbackWire),
  variants: wireObject({ nodes: z.array(variantWireSchema), pageInfo: pageInfoWire }),
})
export type ListingWire = z.infer<typeof listingWireSchema>

/** Not optional: a list left out would look like texts that were taken away. */
export const translationsWireSchema = z.array(wireObject({ key: z.string(), value: wireText() }))

export const shopFactsWireSchema = wireObject({
  shop: wireObject({ currencyCode: z.string() }),
  shopLocales: z.array(wireObject({ locale: z.string(), primary: z.boolean() })).min(1),
  catalogs: wireObject({
    nodes: z.array(
      wireObject({
        // Not optional: a market left out would look like prices that were taken away.
        status: z.string(),
        markets: wireOptional(
          wireObject({ nodes: z.array(wireObject({ handle: z.string(), status: z.string() })) }),
        ),
        priceList: wireOptional(wireObject({ id: wireId(), currency: z.string() })),
      }),
    ),
  }),
})

export const marketPriceWireSchema = wireObject({
  /** FIXED by somebody, or RELATIVE: worked out by the shop. Not optional: a price that was set must not look like another. */
  originType: z.string(),
  price: wireObject({ amount: z.string(), currencyCode: z.string() }),
})

export const levelsWireSchema = wireObject({
  id: wireId(),
  inventoryLevels: wireObject({
    nodes: z.array(
      wireObject({
        location: wireObject({ id: wireId() }),
        quantities: z.array(wireObject({ name: z.string(), quantity: z.number().int() })),
      }),
    ),
  }),
})
export type LevelsWire = z.infer<typeof levelsWireSchema>

export const contentWireSchema = z.array(
  wireObject({ key: z.string(), digest: wireOptional(z.string().min(1)) }),
)

/** Variants of a product that come with it; most have fewer. The rest is read product by product: what is asked for counts, not what comes. */
const VARIANTS_WITH_PRODUCT = 10

export const VARIANT_FIELDS = `id sku price inventoryQuantity selectedOptions { name value } inventoryItem { tracked }`

/** The fields of a product that every operation reads, with its texts in `languages` other languages, whose codes are the variables `$l0`… */
export function productFields(languages: number): string {
  const texts = Array.from(
    { length: languages },
    (_, at) => `t${at}: translations(locale: $l${at}) { key value }`,
  )
  return `id title descriptionHtml status updatedAt
    resourcePublicationsCount { count }
    featuredMedia { preview { image { url(transform: { maxWidth: 160, maxHeight: 160 }) } } }
    feedback { details { state messages { message field } } }
    ${texts.join('\n    ')}
    variants(first: ${VARIANTS_WITH_PRODUCT}) {
      nodes { ${VARIANT_FIELDS} }
      pageInfo { hasNextPage endCursor }
    }`
}

/** The variables that go with `productFields`, and their types. */
export function languageVariables(locales: readonly string[]): {
  types: string
  values: Record<string, string>
} {
  return {
    types: locales.map((_, at) => `, $l${at}: String!`).join(''),
    values: Object.fromEntries(locales.map((locale, at) => [`l${at}`, locale])),
  }
}
