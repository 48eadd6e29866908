import { z } from '#core/contracts/zod.ts'
import {
  addressSchema,
  connectionIdSchema,
  idSchema,
  issueSchema,
  moneySchema,
  outboxIdSchema,
  remoteOrderSchema,
  text,
} from '#core/contracts/values.ts'
import { BLOCKED_REASONS, STAGES, type Order } from '#core/order/order.ts'
import type { ItemCustoms } from '#core/catalog/product.ts'
import type { OrderId } from '#core/shared/ids.ts'
import { OUTBOX_STATES, type OutboxRow } from '#core/sync/outbox.ts'

/** What is read back from storage and acted on is parsed again: an old or torn record must not reach a remote. */

export const itemCustomsSchema = z.object({
  description: text(300),
  descriptionLocal: text(300),
  hs6: text(14),
  origin: text(2),
  unitValue: moneySchema.nullable(),
  unitNetGrams: z.number().nonnegative().nullable(),
}) satisfies z.ZodType<ItemCustoms>

const line = remoteOrderSchema.shape.lines.element.extend({ customs: itemCustomsSchema.nullable() })

export const orderSchema = remoteOrderSchema.omit({ updatedAt: true }).extend({
  id: idSchema<OrderId>(),
  connectionId: connectionIdSchema,
  remoteUpdatedAt: z.number().int(),
  shipBy: z.number().int().nullable(),
  shipTo: addressSchema.nullable(),
  lines: z.array(line).max(1000),
  stage: z.enum(STAGES),
  blocked: z.enum(BLOCKED_REASONS).nullable(),
  blockedField: text(200),
  blockedDetail: z
    .object({ reason: text(200), detail: text(200) })
    .nullable()
    .default(null),
  held: z.boolean(),
  note: text(10_000),
  trackingNumber: text(100),
  purgedAt: z.number().optional(),
  updatedAt: z.number(),
}) satisfies z.ZodType<Order>

export const outboxRowSchema = z.object({
  id: outboxIdSchema,
  connectionId: connectionIdSchema,
  entityKey: text(100),
  entityLabel: text(200),
  kind: z.literal('confirm-shipment'),
  payload: z.object({
    orderRemoteId: text(200).min(1),
    trackingNumber: text(100).min(1),
    carrier: text(100).min(1),
  }),
  state: z.enum(OUTBOX_STATES),
  held: z.boolean(),
  inFlight: z.boolean(),
  attempts: z.number().int().nonnegative(),
  createdAt: z.number(),
  nextAttemptAt: z.number(),
  leaseUntil: z.number(),
  lastIssue: issueSchema.nullable(),
}) satisfies z.ZodType<OutboxRow>

/** First thing that is wrong, for people who have to look at the record. */
export function whyNot(error: z.ZodError): string {
  const first = error.issues[0]
  return first === undefined ? 'unreadable' : `${first.path.join('.')}: ${first.message}`.slice(0, 500)
}
