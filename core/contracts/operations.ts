import { z } from '#core/contracts/zod.ts'
import { remoteOrderSchema, text } from '#core/contracts/values.ts'

/** Input and output of every connector operation; the same names are the file names in each connector. */

/** Where a pull stands: everything the remote changed up to here has been stored. Never moves back. */
export const checkpointSchema = z.object({
  /** Remote time of the newest item stored, epoch ms. */
  updatedAt: z.number().int(),
  /** Remote id of that item; breaks ties within one tick of the remote's clock. */
  id: text(200),
})
export type Checkpoint = z.infer<typeof checkpointSchema>

/** An item of a page that did not parse: kept and shown, never thrown away. */
export const rejectedItemSchema = z.object({
  remoteId: text(200),
  reason: text(500),
  raw: z.unknown(),
})
export type RejectedItem = z.infer<typeof rejectedItemSchema>

/** Orders that can be read by id in one call. */
export const MOST_READ_AT_ONCE = 200

export const operations = {
  'test-connection': {
    input: z.strictObject({}),
    output: z.object({ accountName: text(300), apiVersion: text(60) }),
  },
  'pull-orders': {
    input: z.strictObject({
      checkpoint: checkpointSchema.nullable(),
      /** Opaque, from the page before; null starts at the checkpoint. */
      pageToken: text(2000).nullable(),
      pageSize: z.number().int().min(1).max(500),
    }),
    output: z.object({
      orders: z.array(remoteOrderSchema).max(1000),
      rejected: z.array(rejectedItemSchema).max(1000),
      /** To be stored in the same transaction as the page; null (the stored one stays) when the page says nothing of it. */
      checkpoint: checkpointSchema.nullable(),
      nextPage: text(2000).nullable(),
    }),
  },
  /** Reads these orders as they are now, whatever their time of change says. */
  'read-orders': {
    input: z.strictObject({
      remoteIds: z.array(text(200).min(1)).min(1).max(MOST_READ_AT_ONCE),
    }),
    output: z.object({
      orders: z.array(remoteOrderSchema).max(MOST_READ_AT_ONCE),
      rejected: z.array(rejectedItemSchema).max(MOST_READ_AT_ONCE),
      /** Those asked for that the remote does not have, or no longer shows. No reason to remove anything. */
      missing: z.array(text(200)).max(MOST_READ_AT_ONCE),
    }),
  },
  'confirm-shipment': {
    input: z.strictObject({
      /** The outbox row's id: stays the same over every attempt. */
      intentId: text(64).min(1),
      orderRemoteId: text(200).min(1),
      trackingNumber: text(100).min(1),
      carrier: text(100).min(1),
    }),
    output: z.object({
      /** `already-confirmed`: the remote had exactly this shipment before this attempt wrote anything. */
      outcome: z.enum(['confirmed', 'already-confirmed']),
      fulfilmentRemoteId: text(200),
      /** The order as the remote shows it afterwards. */
      order: remoteOrderSchema,
    }),
  },
} as const

export type OperationName = keyof typeof operations
export type OperationInput<N extends OperationName> = z.infer<(typeof operations)[N]['input']>
export type OperationOutput<N extends OperationName> = z.infer<(typeof operations)[N]['output']>
