import { z } from '#core/contracts/zod.ts'
import { wireId, wireList, wireObject, wireOptional, wireText, wireTime } from '#core/connectors/_kit/wire.ts'

/** Answer of Login with Amazon. */
export const tokenWireSchema = wireObject({
  access_token: z.string().min(1),
  /** Seconds. */
  expires_in: wireOptional(z.number().positive()),
  refresh_token: wireText(),
})

export const participationWireSchema = wireObject({
  marketplace: wireObject({ id: z.string().min(1), countryCode: wireText(), name: wireText() }),
  storeName: wireText(),
  participation: wireObject({ isParticipating: z.boolean() }),
})
export type ParticipationWire = z.infer<typeof participationWireSchema>

/** Decimals come as texts: `299.90`, `19940`. */
const moneyWire = wireObject({ amount: z.string(), currencyCode: z.string() })
export type MoneyWire = z.infer<typeof moneyWire>

const breakdownWire = wireObject({
  type: wireText(),
  subtotal: moneyWire,
  detailedBreakdowns: wireList(wireObject({ subtype: wireText(), value: wireOptional(moneyWire) })),
})
export type BreakdownWire = z.infer<typeof breakdownWire>

const addressWire = wireObject({
  name: wireText(),
  companyName: wireText(),
  addressLine1: wireText(),
  addressLine2: wireText(),
  addressLine3: wireText(),
  city: wireText(),
  districtOrCounty: wireText(),
  stateOrRegion: wireText(),
  municipality: wireText(),
  postalCode: wireText(),
  countryCode: wireText(),
  phone: wireText(),
})

const itemFulfilmentWire = wireObject({
  quantityFulfilled: wireOptional(z.number().int().nonnegative()),
  quantityUnfulfilled: wireOptional(z.number().int().nonnegative()),
  shipping: wireOptional(
    wireObject({ internationalShipping: wireOptional(wireObject({ iossNumber: wireText() })) }),
  ),
})

export const itemWireSchema = wireObject({
  orderItemId: wireId(),
  quantityOrdered: z.number().int().nonnegative(),
  product: wireObject({
    asin: wireText(),
    title: wireText(),
    sellerSku: wireText(),
    price: wireOptional(wireObject({ unitPrice: wireOptional(moneyWire) })),
  }),
  proceeds: wireOptional(
    wireObject({ proceedsTotal: wireOptional(moneyWire), breakdowns: wireList(breakdownWire) }),
  ),
  cancellation: wireOptional(
    wireObject({
      cancellationRequest: wireOptional(wireObject({})),
      cancellationExecution: wireOptional(wireObject({})),
    }),
  ),
  fulfillment: wireOptional(itemFulfilmentWire),
})
export type ItemWire = z.infer<typeof itemWireSchema>

const packageWire = wireObject({
  packageReferenceId: wireId(),
  packageStatus: wireOptional(wireObject({ status: wireText(), detailedStatus: wireText() })),
  carrier: wireText(),
  trackingNumber: wireText(),
})
export type PackageWire = z.infer<typeof packageWire>

export const orderWireSchema = wireObject({
  orderId: z.string().min(1),
  createdTime: wireTime(),
  lastUpdatedTime: wireTime(),
  salesChannel: wireOptional(wireObject({ marketplaceId: wireText() })),
  buyer: wireOptional(wireObject({ buyerName: wireText(), buyerEmail: wireText() })),
  recipient: wireOptional(wireObject({ deliveryAddress: wireOptional(addressWire) })),
  proceeds: wireOptional(
    wireObject({ grandTotal: wireOptional(moneyWire), breakdowns: wireList(breakdownWire) }),
  ),
  fulfillment: wireOptional(
    wireObject({
      fulfillmentStatus: wireText(),
      fulfilledBy: wireText(),
      shipByWindow: wireOptional(wireObject({ latestDateTime: wireOptional(wireTime()) })),
    }),
  ),
  tax: wireOptional(
    wireObject({
      taxRegistrations: wireList(
        wireObject({
          entityType: wireText(),
          taxRegistrationType: wireText(),
          taxRegistrationNumber: wireText(),
        }),
      ),
    }),
  ),
  orderItems: z.array(itemWireSchema),
  packages: wireList(packageWire),
})
export type OrderWire = z.infer<typeof orderWireSchema>

/** Enough of an item that did not parse to know where it stands. */
export const orderPlaceSchema = wireObject({ orderId: z.string().min(1), lastUpdatedTime: wireTime() })

/** What of an order is asked for: all that a parcel, its papers and its accounts need. */
export const INCLUDED_DATA = [
  ...['BUYER', 'RECIPIENT', 'PROCEEDS', 'CANCELLATION', 'FULFILLMENT', 'PACKAGES', 'TAX'],
] as const

/** Where the schema of a product type lies, and which version it is. */
export const definitionWireSchema = wireObject({
  schema: wireObject({
    link: wireObject({ resource: z.string().min(1) }),
    checksum: z.string().min(1).max(200),
  }),
})
