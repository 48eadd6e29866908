import { z } from '#core/contracts/zod.ts'
import { wireList, wireObject, wireOptional, wireText, wireTime } from '#core/connectors/_kit/wire.ts'

const summaryWire = wireObject({
  marketplaceId: wireText(),
  productType: wireText(),
  status: wireList(z.string()),
  itemName: wireText(),
  lastUpdatedDate: wireTime(),
  mainImage: wireOptional(wireObject({ link: wireText() })),
})

const issueWire = wireObject({
  code: wireText(),
  message: wireText(),
  severity: wireText(),
  attributeNames: wireList(z.string()),
  marketplaceIds: wireList(z.string()),
  enforcements: wireOptional(
    wireObject({
      actions: wireList(wireObject({ action: wireText() })),
      exemption: wireOptional(wireObject({ status: wireText() })),
    }),
  ),
})
export type IssueWire = z.infer<typeof issueWire>

/** An element of an attribute. What is not read of it goes back as it came. */
export const elementSchema = z.record(z.string(), z.unknown())
export type AttributeElement = z.infer<typeof elementSchema>

/**
 * A listing in one marketplace: Amazon answers for the first marketplace only when it is asked for several
 * (github.com/amzn/selling-partner-api-models, #3008).
 */
export const listingWireSchema = wireObject({
  sku: z.string().min(1),
  summaries: wireList(summaryWire),
  attributes: wireOptional(z.record(z.string(), z.unknown())),
  issues: wireList(issueWire),
  offers: wireList(
    wireObject({
      marketplaceId: wireText(),
      offerType: wireText(),
      price: wireOptional(wireObject({ amount: wireText(), currencyCode: wireText() })),
    }),
  ),
  fulfillmentAvailability: wireList(
    wireObject({
      fulfillmentChannelCode: wireText(),
      quantity: wireOptional(z.number().int().nonnegative()),
    }),
  ),
  productTypes: wireList(wireObject({ productType: wireText() })),
})
export type ListingWire = z.infer<typeof listingWireSchema>

/** Answer to a write, and to a check. */
export const submissionWireSchema = wireObject({
  status: z.string().min(1),
  issues: wireList(issueWire),
})

/** Enough of an item that did not parse to know where it stands. */
export const listingPlaceSchema = wireObject({
  sku: z.string().min(1),
  summaries: z.array(wireObject({ lastUpdatedDate: wireTime() })).min(1),
})

/** Elements of an attribute that are objects; `[]` where there are none. */
export function elementsOf(
  { attributes }: Pick<ListingWire, 'attributes'>,
  name: string,
): AttributeElement[] {
  const list = attributes?.[name]
  if (!Array.isArray(list)) return []
  return list.flatMap((each): AttributeElement[] => {
    const parsed = elementSchema.safeParse(each)
    return parsed.success ? [parsed.data] : []
  })
}

/** What of a listing is asked for. */
export const LISTING_DATA = [
  ...['summaries', 'attributes', 'issues', 'offers', 'fulfillmentAvailability', 'productTypes'],
] as const
