import { z } from '#core/contracts/zod.ts'
import { ISSUE_CODES, type Issue } from '#core/shared/issue.ts'
import type { ConnectionId, OutboxId } from '#core/shared/ids.ts'
import type { Money } from '#core/money/money.ts'
import { isRateText, LEFT_OUT_REASONS, type LeftOutRate, type RateSet } from '#core/money/rate-set.ts'
import type { Address } from '#core/address/address.ts'
import {
  CUSTOMS_CATEGORIES,
  INCOTERMS,
  NON_DELIVERIES,
  TAX_ID_KINDS,
  type Declaration,
} from '#core/customs/declaration.ts'
import {
  LISTING_SEVERITIES,
  REMOTE_LISTING_STATUSES,
  type ListingIssue,
  type OfferPrice,
  type RemoteListing,
} from '#core/listing/listing.ts'
import { REMOTE_STATUSES, type OrderCharges, type RemoteOrder } from '#core/order/order.ts'

/** Schemas of the values that cross a process or come back from storage. Each is held to its core type. */

export const text = (max: number) => z.string().max(max)

export const issueSchema = z.object({
  code: z.enum(ISSUE_CODES),
  reason: text(200).optional(),
  field: text(200).optional(),
  retryAfterMs: z.number().int().nonnegative().optional(),
  remoteCode: text(200).optional(),
  remoteMessage: text(2000).optional(),
}) satisfies z.ZodType<Issue>

export const idSchema = <T extends string>() =>
  z
    .string()
    .regex(/^[0-9a-z_-]{1,64}$/)
    .pipe(z.custom<T>())

export const connectionIdSchema = idSchema<ConnectionId>()
export const outboxIdSchema = idSchema<OutboxId>()

export const moneySchema = z.object({
  minor: z.number().int(),
  currency: z.string().regex(/^[A-Z]{3}$/),
}) satisfies z.ZodType<Money>

export const addressSchema = z.object({
  name: text(300),
  company: text(300),
  line1: text(300),
  line2: text(300),
  city: text(200),
  region: text(200),
  postcode: text(40),
  country: text(2),
  phone: text(60),
  email: text(320),
  latin: z
    .object({
      name: text(300).optional(),
      line1: text(300).optional(),
      line2: text(300).optional(),
      city: text(200).optional(),
      region: text(200).optional(),
    })
    .optional(),
}) satisfies z.ZodType<Address>

const rateText = text(30)

const particularsSchema = z.object({
  incoterm: z.enum([...INCOTERMS, '']),
  incotermPlace: text(100),
  nonDelivery: z.enum(NON_DELIVERIES),
  invoiceNo: text(60),
  licenceNo: text(60),
  certificateNo: text(60),
  comments: text(300),
  exportReference: text(60),
  taxIds: z
    .array(
      z.object({
        party: z.enum(['sender', 'recipient']),
        kind: z.enum(TAX_ID_KINDS),
        country: text(2),
        id: text(64).optional(),
        printed: z.boolean().optional(),
      }),
    )
    .max(20),
  freight: moneySchema.nullable(),
  insurance: moneySchema.nullable(),
})

export const declarationSchema = z.object({
  category: z.enum(CUSTOMS_CATEGORIES),
  explanation: text(200),
  currency: z.string().regex(/^[A-Z]{3}$/),
  lines: z
    .array(
      z.object({
        sku: text(200),
        quantity: z.number().int().positive(),
        description: text(300),
        descriptionLocal: text(300),
        hs6: text(14),
        origin: text(2),
        netGrams: z.number().nonnegative(),
        value: moneySchema,
      }),
    )
    .max(200),
  grossGrams: z.number().nonnegative(),
  total: moneySchema,
  signer: text(200),
  signedOn: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  senderTaxReference: text(200),
  particulars: particularsSchema.optional(),
  ratesUsed: z
    .array(
      z.object({
        currency: text(3),
        source: text(100),
        date: text(10),
        base: text(3),
        from: rateText,
        to: rateText,
        rate: rateText,
      }),
    )
    .max(200)
    .optional(),
}) satisfies z.ZodType<Declaration>

const epochMs = z.number().int()

const chargesSchema = z.object({
  goods: moneySchema,
  discount: moneySchema,
  shipping: moneySchema,
  tax: moneySchema,
  taxIncluded: z.boolean(),
  presented: moneySchema.optional(),
}) satisfies z.ZodType<OrderCharges>

export const remoteOrderSchema = z.object({
  remoteId: text(200).min(1),
  number: text(200),
  status: z.enum(REMOTE_STATUSES),
  rawStatus: text(200),
  placedAt: epochMs.nullable(),
  updatedAt: epochMs,
  shipBy: epochMs.optional(),
  consigneeId: text(60).optional(),
  marketplaceTaxId: text(60).optional(),
  charges: chargesSchema.optional(),
  currency: z.string().regex(/^[A-Z]{3}$/),
  total: moneySchema,
  buyerName: text(300),
  buyerEmail: text(320),
  shipTo: addressSchema.nullable(),
  lines: z
    .array(
      z.object({
        remoteLineId: text(200).min(1),
        sku: text(200),
        title: text(1000),
        quantity: z.number().int().nonnegative(),
        unitPrice: moneySchema,
        discount: moneySchema.optional(),
        tax: moneySchema.optional(),
      }),
    )
    .max(1000),
  fulfilments: z
    .array(
      z.object({
        remoteId: text(200),
        state: text(100),
        carrier: text(200),
        trackingNumber: text(200),
      }),
    )
    .max(1000),
}) satisfies z.ZodType<RemoteOrder>

const dayText = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

export const rateSetSchema = z.object({
  base: z.string().regex(/^[A-Z]{3}$/),
  date: dayText,
  source: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  rates: z.record(z.string().regex(/^[A-Z]{3}$/), z.string().refine(isRateText)),
}) satisfies z.ZodType<RateSet>

export const leftOutRateSchema = z.object({
  date: text(40),
  code: text(40),
  rate: text(40),
  reason: z.enum(LEFT_OUT_REASONS),
}) satisfies z.ZodType<LeftOutRate>

/** BCP 47, as far as it is used: `en`, `zh-CN`, `pt_BR` of some remotes is `pt-BR` here. */
export const localeSchema = z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/)

export const marketSchema = text(60).min(1)

export const MOST_LISTING_ISSUES = 200

export const listingIssueSchema = z.object({
  code: text(200),
  severity: z.enum(LISTING_SEVERITIES),
  message: text(2_000),
  fields: z.array(text(200)).max(100),
  locale: localeSchema.optional(),
  part: z.enum(['title', 'description']).optional(),
  market: marketSchema.optional(),
}) satisfies z.ZodType<ListingIssue>

const offerPriceSchema = moneySchema.extend({
  market: marketSchema.optional(),
}) satisfies z.ZodType<OfferPrice>

export const offerSchema = z.object({
  remoteId: text(200).min(1),
  sku: text(200),
  option: text(300),
  prices: z.array(offerPriceSchema).max(200),
  reckoned: z.array(offerPriceSchema).max(200).optional(),
  stock: z.number().int().nullable(),
})

/** A remote's name for rules that it has for a kind of goods. */
export const ruleSetSchema = text(200).min(1)

export const remoteListingSchema = z.object({
  remoteId: text(200).min(1),
  status: z.enum(REMOTE_LISTING_STATUSES),
  rawStatus: text(200),
  updatedAt: epochMs,
  mainLocale: localeSchema,
  contents: z.record(localeSchema, z.object({ title: text(1000), description: text(100_000) })),
  offers: z.array(offerSchema).max(2000),
  pictureUrl: text(2000),
  issues: z.array(listingIssueSchema).max(MOST_LISTING_ISSUES).optional(),
  ruleSets: z.array(ruleSetSchema).max(50).optional(),
}) satisfies z.ZodType<RemoteListing>
