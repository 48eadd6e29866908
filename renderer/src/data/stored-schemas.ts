import { z } from '#core/contracts/zod.ts'
import {
  addressSchema,
  connectionIdSchema,
  idSchema,
  issueSchema,
  localeSchema,
  marketSchema,
  moneySchema,
  outboxIdSchema,
  remoteListingSchema,
  remoteOrderSchema,
  text,
} from '#core/contracts/values.ts'
import { BLOCKED_REASONS, STAGES, type Order } from '#core/order/order.ts'
import { BATTERIES } from '#core/catalog/battery.ts'
import { MOST_PARTS, MOST_PIECES } from '#core/catalog/contents.ts'
import type { Contained, ItemCustoms } from '#core/catalog/product.ts'
import type { ListingId, OrderId, ShipmentId } from '#core/shared/ids.ts'
import { LISTING_STATES, type Listing } from '#core/listing/listing.ts'
import { OUTBOX_STATES, type OutboxKind, type OutboxPayloads, type OutboxRow } from '#core/sync/outbox.ts'
import type { Conflict } from '#renderer/data/records.ts'

/** What is read back from storage and acted on is parsed again: an old or torn record must not reach a remote. */

export const itemCustomsSchema = z.object({
  description: text(300),
  descriptionLocal: text(300),
  hs6: text(14),
  national: z.record(z.string().regex(/^[A-Z]{2}$/), text(14)).optional(),
  nomenclature: text(20).optional(),
  origin: text(2),
  unitValue: moneySchema.nullable(),
  unitNetGrams: z.number().nonnegative().nullable(),
  battery: z.enum(BATTERIES).optional(),
  makerId: text(70).optional(),
  responsible: text(300).optional(),
}) satisfies z.ZodType<ItemCustoms>

/** What a bundle holds; that no part is a bundle is the use case's to look after. */
export const containsSchema = z
  .array(z.object({ sku: text(200).min(1), quantity: z.number().int().min(1).max(MOST_PIECES) }))
  .max(MOST_PARTS) satisfies z.ZodType<Contained[]>

const ignoredFindingSchema = z.object({
  reason: text(200),
  field: text(200),
  sku: text(200),
  why: text(300),
  by: text(100),
  at: z.number().int(),
})

const line = remoteOrderSchema.shape.lines.element.extend({ customs: itemCustomsSchema.nullable() })

export const orderSchema = remoteOrderSchema.omit({ updatedAt: true }).extend({
  id: idSchema<OrderId>(),
  connectionId: connectionIdSchema,
  remoteUpdatedAt: z.number().int(),
  shipBy: z.number().int().nullable(),
  promised: z.literal(true).optional(),
  shipTo: addressSchema.nullable(),
  lines: z.array(line).max(1000),
  stage: z.enum(STAGES),
  blocked: z.enum(BLOCKED_REASONS).nullable(),
  blockedField: text(200),
  blockedDetail: z
    .object({ reason: text(200), detail: text(200), sku: text(200).optional() })
    .nullable()
    .default(null),
  held: z.boolean(),
  parked: z.object({ until: z.number().nullable() }).optional(),
  tags: z.array(text(60).min(1)).max(50).optional(),
  ignored: z.array(ignoredFindingSchema).max(500).optional(),
  assignee: text(100).optional(),
  addressConflict: z.literal(true).optional(),
  cancelling: z.literal(true).optional(),
  spareLabel: z.literal(true).optional(),
  goneAt: z.number().optional(),
  sentNote: text(10_000).optional(),
  note: text(10_000),
  trackingNumber: text(100),
  service: text(200).optional(),
  labelCost: moneySchema.optional(),
  printedAt: z.number().optional(),
  handedOverAt: z.number().optional(),
  newsAt: z.number().optional(),
  purgedAt: z.number().optional(),
  updatedAt: z.number(),
}) satisfies z.ZodType<Order>

export const listingSchema = remoteListingSchema.omit({ status: true, updatedAt: true }).extend({
  id: idSchema<ListingId>(),
  connectionId: connectionIdSchema,
  state: z.enum(LISTING_STATES),
  remoteUpdatedAt: z.number(),
  seenAt: z.number(),
  updatedAt: z.number(),
}) satisfies z.ZodType<Listing>

const remoteId = text(200).min(1)
const ofOffer = { listingRemoteId: remoteId, offerRemoteId: remoteId, sku: text(200) }

/** What is sent, by kind. */
const payloads = {
  'confirm-shipment': z.object({
    orderRemoteId: remoteId,
    trackingNumber: text(100).min(1),
    carrier: text(100).min(1),
  }),
  'cancel-order': z.object({ orderRemoteId: remoteId, reason: text(500) }),
  'note-order': z.object({ orderRemoteId: remoteId, before: text(10_000), note: text(10_000) }),
  'push-listing': z.object({
    listingRemoteId: remoteId,
    changes: z
      .array(
        z.object({
          locale: localeSchema,
          part: z.enum(['title', 'description']),
          before: text(100_000).nullable(),
          value: text(100_000),
        }),
      )
      .min(1)
      .max(200),
  }),
  'push-price': z.object({
    ...ofOffer,
    market: marketSchema.optional(),
    before: moneySchema.nullable(),
    value: moneySchema,
  }),
  'push-stock': z.object({
    ...ofOffer,
    delta: z.number().int(),
    aim: z
      .object({
        from: z.number().int(),
        to: z.number().int(),
        readAt: z.number(),
        mayHaveArrived: z.boolean(),
      })
      .nullable(),
  }),
  'buy-label': z.object({
    shipmentId: idSchema<ShipmentId>(),
    service: text(200).min(1),
    country: text(2),
    mayHaveArrived: z.boolean(),
    attempted: z.object({ from: z.number().int(), to: z.number().int().nullable() }).optional(),
  }),
  'void-label': z.object({
    shipmentId: idSchema<ShipmentId>(),
    purchaseRemoteId: text(200).min(1),
    number: text(100),
  }),
} satisfies { [K in OutboxKind]: z.ZodType<OutboxPayloads[K]> }

const rowParts = {
  id: outboxIdSchema,
  connectionId: connectionIdSchema,
  entityKey: text(100),
  entityLabel: text(200),
  state: z.enum(OUTBOX_STATES),
  held: z.boolean(),
  inFlight: z.boolean(),
  attempts: z.number().int().nonnegative(),
  createdAt: z.number(),
  nextAttemptAt: z.number(),
  leaseUntil: z.number(),
  lastIssue: issueSchema.nullable(),
  batch: z
    .union([
      z.enum(['making', 'alone']),
      z.object({ remoteId: text(200).min(1), place: z.number().int().positive() }),
    ])
    .optional(),
}

const rowOf = <K extends OutboxKind>(kind: K) =>
  z.object({ ...rowParts, kind: z.literal(kind), payload: payloads[kind] })

export const outboxRowSchema = z.discriminatedUnion('kind', [
  rowOf('confirm-shipment'),
  rowOf('cancel-order'),
  rowOf('note-order'),
  rowOf('push-listing'),
  rowOf('push-price'),
  rowOf('push-stock'),
  rowOf('buy-label'),
  rowOf('void-label'),
]) satisfies z.ZodType<OutboxRow>

export const conflictSchema = z.object({
  entityKey: text(100),
  connectionId: connectionIdSchema,
  label: text(1000),
  fields: z
    .array(
      z.object({
        field: text(400),
        before: z.unknown(),
        here: z.unknown(),
        there: z.unknown(),
      }),
    )
    .min(1)
    .max(5_000),
  since: z.number(),
  updatedAt: z.number(),
}) satisfies z.ZodType<Conflict>

/** First thing that is wrong, for people who have to look at the record. */
export function whyNot(error: z.ZodError): string {
  const first = error.issues[0]
  return first === undefined ? 'unreadable' : `${first.path.join('.')}: ${first.message}`.slice(0, 500)
}
