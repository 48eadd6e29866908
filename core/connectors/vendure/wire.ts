import { z } from '#core/contracts/zod.ts'
import { wireId, wireList, wireObject, wireOptional, wireText, wireTime } from '#core/connectors/_kit/wire.ts'

/** Vendure sends money as integers of 10^-precision of the currency's main unit. */
const moneyWire = z.number().int()

const addressWire = wireObject({
  fullName: wireText(),
  company: wireText(),
  streetLine1: wireText(),
  streetLine2: wireText(),
  city: wireText(),
  province: wireText(),
  postalCode: wireText(),
  countryCode: wireText(),
  phoneNumber: wireText(),
})

const customerWire = wireObject({ firstName: wireText(), lastName: wireText(), emailAddress: wireText() })

const lineWire = wireObject({
  id: wireId(),
  quantity: z.number().int().nonnegative(),
  orderPlacedQuantity: wireOptional(z.number().int().nonnegative()),
  /** List price; the fallback where the prorated one is missing. */
  unitPriceWithTax: moneyWire,
  /** What was paid for one piece after all discounts. */
  proratedUnitPriceWithTax: wireOptional(moneyWire),
  productVariant: wireOptional(wireObject({ sku: wireText(), name: wireText() })),
})

const fulfilmentWire = wireObject({
  id: wireId(),
  state: wireText(),
  method: wireText(),
  trackingCode: wireText(),
  lines: wireList(wireObject({ orderLineId: wireId(), quantity: z.number().int().nonnegative() })),
})

export const orderWireSchema = wireObject({
  id: wireId(),
  code: wireText(),
  state: wireText(),
  currencyCode: z.string(),
  totalWithTax: moneyWire,
  orderPlacedAt: wireOptional(wireTime()),
  updatedAt: wireTime(),
  customer: wireOptional(customerWire),
  shippingAddress: wireOptional(addressWire),
  lines: z.array(lineWire),
  fulfillments: wireList(fulfilmentWire),
})
export type OrderWire = z.infer<typeof orderWireSchema>
export type FulfilmentWire = OrderWire['fulfillments'][number]

/** Enough of an item that did not parse to know where it stands in the page. */
export const orderPlaceSchema = wireObject({ id: wireId(), updatedAt: wireTime() })

const offerWire = wireObject({
  id: wireId(),
  sku: wireText(),
  updatedAt: wireTime(),
  /** GlobalFlag: TRUE, FALSE or INHERIT. */
  trackInventory: z.string(),
  options: wireList(wireObject({ groupId: wireText(), name: wireText() })),
  // Not optional: a price or a level left out would look like one that was taken away.
  prices: z.array(wireObject({ currencyCode: z.string(), price: moneyWire })),
  stockLevels: z.array(wireObject({ stockLocationId: wireId(), stockOnHand: z.number().int() })),
})
export type OfferWire = z.infer<typeof offerWire>

export const listingWireSchema = wireObject({
  id: wireId(),
  enabled: wireOptional(z.boolean()),
  updatedAt: wireTime(),
  languageCode: z.string(),
  translations: z
    .array(wireObject({ languageCode: z.string(), name: z.string(), description: z.string() }))
    .min(1),
  featuredAsset: wireOptional(wireObject({ preview: wireText() })),
  variants: z.array(offerWire),
})
export type ListingWire = z.infer<typeof listingWireSchema>

/** Where a product and a variant stand in the list of what changed. */
export const listingPlaceSchema = wireObject({ id: wireId(), updatedAt: wireTime() })
export const offerPlaceSchema = wireObject({ id: wireId(), productId: wireId(), updatedAt: wireTime() })
/** Where a product stands in the whole catalogue. */
export const cataloguePlaceSchema = wireObject({ id: wireId(), createdAt: wireTime() })

/** The rest of `globalSettings`: whether variants that do not say it themselves are counted. */
export const inventorySchema = wireObject({ trackInventory: z.boolean() })

export const noteSchema = wireObject({ id: wireId(), data: wireObject({ note: wireText() }) })

/** `globalSettings.serverConfig`: how many digits the shop's money has, for every currency alike. */
export const precisionSchema = wireObject({
  serverConfig: wireObject({ moneyStrategyPrecision: z.number().int().min(0).max(6) }),
})

export const fulfilmentResultSchema = wireObject({ id: wireId(), state: wireText() })

/** The fields of an order that every operation reads. */
export const ORDER_FIELDS = `id code state currencyCode totalWithTax orderPlacedAt updatedAt
    customer { firstName lastName emailAddress }
    shippingAddress { fullName company streetLine1 streetLine2 city province postalCode countryCode phoneNumber }
    lines {
      id quantity orderPlacedQuantity unitPriceWithTax proratedUnitPriceWithTax
      productVariant { sku name }
    }
    fulfillments { id state method trackingCode lines { orderLineId quantity } }`

/** Goes along with every read of orders: without it amounts cannot be understood. */
export const PRECISION_FIELDS = 'globalSettings { serverConfig { moneyStrategyPrecision } }'

/** The fields of a product that every operation reads, with all its variants. */
export const LISTING_FIELDS = `id enabled createdAt updatedAt languageCode
    translations { languageCode name description }
    featuredAsset { preview }
    variants {
      id sku updatedAt trackInventory
      options { groupId name }
      prices { currencyCode price }
      stockLevels { stockLocationId stockOnHand }
    }`

/** Goes along with every read of listings. */
export const SHOP_FIELDS = 'globalSettings { trackInventory serverConfig { moneyStrategyPrecision } }'
