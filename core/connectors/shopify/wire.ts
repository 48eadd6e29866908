import { z } from '#core/contracts/zod.ts'
import { wireId, wireList, wireObject, wireOptional, wireText, wireTime } from '#core/connectors/_kit/wire.ts'

/** Answer of the client-credentials grant. */
export const tokenWireSchema = wireObject({
  access_token: z.string().min(1),
  /** Seconds. */
  expires_in: wireOptional(z.number().positive()),
})

/** Decimals come as texts: `12.5`, also `1000.0` of a currency without decimals. */
const moneyWire = wireObject({ amount: z.string(), currencyCode: z.string() })
/** What a shop has in its own currency, in which everything is counted here. */
const bagWire = wireObject({ shopMoney: moneyWire })
export type BagWire = z.infer<typeof bagWire>

export const pageInfoWire = wireObject({ hasNextPage: z.boolean(), endCursor: wireOptional(z.string()) })

const addressWire = wireObject({
  name: wireText(),
  company: wireText(),
  address1: wireText(),
  address2: wireText(),
  city: wireText(),
  province: wireText(),
  provinceCode: wireText(),
  zip: wireText(),
  countryCodeV2: wireText(),
  phone: wireText(),
})

export const lineWireSchema = wireObject({
  id: wireId(),
  sku: wireText(),
  name: wireText(),
  quantity: z.number().int().nonnegative(),
  /** After what was taken off the order since it was placed. */
  currentQuantity: z.number().int().nonnegative(),
  originalUnitPriceSet: wireOptional(bagWire),
  discountedUnitPriceAfterAllDiscountsSet: bagWire,
  discountAllocations: wireOptional(z.array(wireObject({ allocatedAmountSet: bagWire }))),
  taxLines: wireList(wireObject({ priceSet: bagWire })),
})
export type LineWire = z.infer<typeof lineWireSchema>

const fulfilmentWire = wireObject({
  id: wireId(),
  status: wireText(),
  displayStatus: wireText(),
  deliveredAt: wireOptional(wireTime()),
  trackingInfo: wireList(wireObject({ company: wireText(), number: wireText() })),
  location: wireOptional(wireObject({ id: wireId() })),
})
export type FulfilmentWire = z.infer<typeof fulfilmentWire>

const shippingLineWire = wireObject({
  originalPriceSet: wireOptional(bagWire),
  discountedPriceSet: wireOptional(bagWire),
  /** After what was given back of it. */
  currentDiscountedPriceSet: wireOptional(bagWire),
})

export const orderWireSchema = wireObject({
  id: wireId(),
  name: wireText(),
  createdAt: wireTime(),
  updatedAt: wireTime(),
  cancelledAt: wireOptional(wireTime()),
  displayFinancialStatus: wireText(),
  displayFulfillmentStatus: z.string(),
  requiresShipping: wireOptional(z.boolean()),
  taxesIncluded: wireOptional(z.boolean()),
  email: wireText(),
  /** The buyer saw it in a currency that may be another. */
  currentTotalPriceSet: wireObject({ shopMoney: moneyWire, presentmentMoney: wireOptional(moneyWire) }),
  currentTotalTaxSet: wireOptional(bagWire),
  shippingLines: wireOptional(wireObject({ nodes: z.array(shippingLineWire) })),
  shippingAddress: wireOptional(addressWire),
  billingAddress: wireOptional(wireObject({ name: wireText() })),
  lineItems: wireObject({ nodes: z.array(lineWireSchema), pageInfo: pageInfoWire }),
  fulfillments: wireList(fulfilmentWire),
  fulfillmentOrders: wireOptional(
    wireObject({ nodes: wireList(wireObject({ status: wireText(), fulfillBy: wireOptional(wireTime()) })) }),
  ),
})
export type OrderWire = z.infer<typeof orderWireSchema>

/** Enough of an item that did not parse to know where it stands in the page. */
export const placeSchema = wireObject({ id: wireId(), updatedAt: wireTime() })

/** What is left to ship at one location. */
export const fulfilmentOrderWireSchema = wireObject({
  id: wireId(),
  status: z.string(),
  assignedLocation: wireObject({ location: wireOptional(wireObject({ id: wireId() })) }),
  lineItems: wireObject({
    nodes: z.array(wireObject({ remainingQuantity: z.number().int().nonnegative() })),
    pageInfo: wireObject({ hasNextPage: z.boolean() }),
  }),
})
export type FulfilmentOrderWire = z.infer<typeof fulfilmentOrderWireSchema>

const BAG = '{ shopMoney { amount currencyCode } }'

export const LINE_FIELDS = `id sku name quantity currentQuantity
      originalUnitPriceSet ${BAG}
      discountedUnitPriceAfterAllDiscountsSet ${BAG}
      discountAllocations { allocatedAmountSet ${BAG} }
      taxLines { priceSet ${BAG} }`

/**
 * The fields of an order that every operation reads. Buyers come with their address: `customer` would need a scope of its own. What a
 * list may bring is paid for before it is known what it brings, so the lists of many orders at once are short.
 */
export const orderFields = (
  parcels: number,
): string => `id name createdAt updatedAt cancelledAt displayFinancialStatus displayFulfillmentStatus
    requiresShipping taxesIncluded email
    currentTotalPriceSet { shopMoney { amount currencyCode } presentmentMoney { amount currencyCode } }
    currentTotalTaxSet ${BAG}
    shippingLines(first: 2) { nodes {
      originalPriceSet ${BAG} discountedPriceSet ${BAG} currentDiscountedPriceSet ${BAG}
    } }
    shippingAddress { name company address1 address2 city province provinceCode zip countryCodeV2 phone }
    billingAddress { name }
    lineItems(first: 5) {
      nodes { ${LINE_FIELDS} }
      pageInfo { hasNextPage endCursor }
    }
    fulfillments(first: ${parcels}) { id status displayStatus deliveredAt trackingInfo(first: 1) { company number } location { id } }
    fulfillmentOrders(first: 3) { nodes { status fulfillBy } }`
