import { checkpointSchema, WITHHELD } from '#core/contracts/operations.ts'
import {
  addressSchema,
  connectionIdSchema,
  declarationSchema,
  idSchema,
  issueSchema,
  moneySchema,
  outboxIdSchema,
  text,
} from '#core/contracts/values.ts'
import { z } from '#core/contracts/zod.ts'
import {
  calendarFault,
  LONGEST_DAY_NAME,
  MOST_CLOSED_DAYS,
  type ShopCalendar,
} from '#core/order/shop-calendar.ts'
import type { DocumentId, ListingId, OrderId, PoolId, ProductId, ShipmentId } from '#core/shared/ids.ts'
import type { Product } from '#core/catalog/product.ts'
import type { NumberPool } from '#core/shipping/number-pool.ts'
import { SHIPMENT_STATES, type Purchase, type Shipment } from '#core/shipping/shipment.ts'
import type { Connection, StockReserve } from '#renderer/data/records.ts'
import type { DeskSettings } from '#renderer/data/setting-records.ts'
import { containsSchema, itemCustomsSchema, orderSchema } from '#renderer/data/stored-schemas.ts'

/** What comes back from the journal is parsed again before it is put into an empty store. */

const grams = z.number().nonnegative()

const purchaseSchema = z.object({
  connectionId: connectionIdSchema,
  intentId: outboxIdSchema,
  asked: z.object({ from: addressSchema, to: addressSchema }).nullable(),
  remoteId: text(200).nullable(),
  cost: moneySchema.nullable(),
  voiding: z
    .object({
      intentId: outboxIdSchema,
      state: z.enum(['asked', 'voided', 'refused']),
      refusal: issueSchema.nullable(),
    })
    .optional(),
}) satisfies z.ZodType<Purchase>

export const shipmentSchema = z.object({
  id: idSchema<ShipmentId>(),
  orderIds: z.array(idSchema<OrderId>()).min(1).max(100),
  connectionId: connectionIdSchema,
  poolId: idSchema<PoolId>().nullable(),
  service: text(200),
  trackingNumber: text(100).min(1).nullable(),
  state: z.enum(SHIPMENT_STATES),
  grossGrams: grams,
  sizeMm: z.object({ length: grams, width: grams, height: grams }).nullable(),
  declaration: declarationSchema.nullable(),
  ruleIds: z.array(text(80)).max(200).optional(),
  documentId: idSchema<DocumentId>().nullable(),
  purchase: purchaseSchema.optional(),
  createdAt: z.number(),
  updatedAt: z.number(),
}) satisfies z.ZodType<Shipment>

const serial = z.number().int().nonnegative()

export const poolSchema = z.looseObject({
  id: idSchema<PoolId>(),
  service: text(200),
  indicator: text(4),
  country: text(4),
  from: serial,
  to: serial,
  next: serial,
  lowWater: serial,
  createdAt: z.number(),
}) satisfies z.ZodType<NumberPool>

/** One that makes no sense is left out: the shop comes back without it. */
const calendarSchema = z
  .object({
    timeZone: text(100),
    cutOff: z.number(),
    workingDays: z.array(z.number()).max(7),
    closedDays: z.array(z.object({ day: text(10), name: text(LONGEST_DAY_NAME) })).max(MOST_CLOSED_DAYS),
  })
  .refine((calendar) => calendarFault(calendar) === null) satisfies z.ZodType<ShopCalendar>

/** How far a shop was read belongs to the store that is gone: the next pull begins at the beginning. */
export const connectionSchema = z
  .looseObject({
    id: connectionIdSchema,
    connectorId: text(40),
    name: text(200),
    settings: z.record(text(60), text(2000)),
    pullEveryMs: z.number().int().nonnegative(),
    paused: z.boolean(),
    readOnly: z.literal(true).optional(),
    withheld: z.array(z.enum(WITHHELD)).optional().catch(undefined),
    handlingDays: z.number().int().optional(),
    calendar: calendarSchema.optional().catch(undefined),
    needsSignIn: z.boolean(),
    createdAt: z.number(),
    checkpoint: checkpointSchema.nullable(),
  })
  .transform(({ id, connectorId, name, settings, pullEveryMs, paused, needsSignIn, createdAt, ...rule }) => ({
    ...{ id, connectorId, name, settings, pullEveryMs, paused, needsSignIn, createdAt },
    ...(rule.handlingDays === undefined ? {} : { handlingDays: rule.handlingDays }),
    ...(rule.calendar === undefined ? {} : { calendar: rule.calendar }),
    ...(rule.readOnly === undefined ? {} : { readOnly: rule.readOnly }),
    ...(rule.withheld === undefined ? {} : { withheld: rule.withheld }),
    ...{ checkpoint: null, pageToken: null, lastPullAt: null, lastSuccessAt: null, lastIssue: null },
    pulling: null,
  })) satisfies z.ZodType<Connection>

/** Only its shape is looked at: fields that are missing come from a fresh desk when it is read. */
export const deskSchema = z.custom<DeskSettings>(
  (value) => typeof value === 'object' && value !== null && 'sender' in value && 'workspace' in value,
)

export const keptOrderSchema = z.object({ order: orderSchema, shadow: z.unknown() })

export const productSchema = z.object({
  id: idSchema<ProductId>(),
  sku: text(200).min(1),
  titles: z.record(text(40), text(1000)),
  customs: itemCustomsSchema,
  barcodes: z.array(text(60).min(1)).max(100).optional(),
  cost: moneySchema.optional(),
  bin: text(100).optional(),
  contains: containsSchema.optional().catch(undefined),
  updatedAt: z.number(),
}) satisfies z.ZodType<Product>

const pieces = z.object({ offerRemoteId: text(200).min(1), pieces: z.number().int().positive() })

export const reserveSchema = z.object({
  listingId: idSchema<ListingId>(),
  connectionId: connectionIdSchema,
  remoteId: text(200).min(1).optional(),
  offers: z.array(pieces).min(1).max(1000),
  since: z.number(),
}) satisfies z.ZodType<StockReserve>
