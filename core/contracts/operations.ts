import { z } from '#core/contracts/zod.ts'
import { intentIdSchema, pushOperations, remoteIdSchema } from '#core/contracts/push-operations.ts'
import {
  addressSchema,
  declarationSchema,
  leftOutRateSchema,
  marketSchema,
  moneySchema,
  rateSetSchema,
  remoteListingSchema,
  ruleSetSchema,
  remoteOrderSchema,
  text,
} from '#core/contracts/values.ts'

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

/** A label's PDF, base64: 4 million characters are 3 MB, ten times what carriers send. */
const MOST_LABEL_TEXT = 4_000_000

/** Sizes in mm, weights in grams. */
const mm = z.number().positive().max(10_000)
const parcelSchema = z.strictObject({
  grossGrams: z.number().positive().max(1_000_000),
  sizeMm: z.strictObject({ length: mm, width: mm, height: mm }).nullable(),
})

/** What a carrier sold. */
const boughtLabelSchema = z.object({
  purchaseRemoteId: remoteIdSchema,
  trackingNumber: text(100).min(1),
  /** Null where the carrier says it on its bill only. */
  cost: moneySchema.nullable(),
  label: z.object({
    mime: z.literal('application/pdf'),
    base64: text(MOST_LABEL_TEXT).regex(/^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/),
  }),
})
export type BoughtLabel = z.infer<typeof boughtLabelSchema>

/** By which a purchase is found again, whatever the carrier keeps of the two. */
const purchaseKeys = {
  intentId: intentIdSchema,
  /** Ours, unlike any other: the shipment's id. */
  reference: text(64).min(1),
}

/**
 * How far around the times of an attempt a purchase is looked for at least: this machine's clock may be wrong by any time zone, and a
 * carrier dates a purchase when it carries it out.
 */
export const ATTEMPT_SLACK_MS = 24 * 3_600_000

/** The rules of one kind of goods; a schema of all attributes of one is ten times as long. */
const MOST_RULES_TEXT = 400_000

/** Listings that can be read by id in one call. */
export const MOST_LISTINGS_AT_ONCE = 100

/** Orders that can be read by id in one call. */
export const MOST_READ_AT_ONCE = 200

/** What a remote may keep from a sign-in that works: orders placed more than 60 days ago; buyers' names and addresses. */
export const WITHHELD = ['orders-before-60-days', 'buyers'] as const
export type Withheld = (typeof WITHHELD)[number]

export const operations = {
  'test-connection': {
    input: z.strictObject({}),
    output: z.object({
      accountName: text(300),
      apiVersion: text(60),
      /** Absent when nothing is known to be. */
      withheld: z.array(z.enum(WITHHELD)).max(WITHHELD.length).optional(),
      /** Where the account sells; absent where the remote has no markets to choose from. */
      markets: z.array(marketSchema).max(100).optional(),
    }),
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
      intentId: intentIdSchema,
      orderRemoteId: remoteIdSchema,
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
  /** Cancels a whole order and gives its stock back. */
  'cancel-order': {
    input: z.strictObject({ intentId: intentIdSchema, orderRemoteId: remoteIdSchema, reason: text(500) }),
    output: z.object({
      outcome: z.enum(['cancelled', 'already-cancelled']),
      order: remoteOrderSchema,
    }),
  },
  /** Keeps one note of ours at an order, for the shop's staff only; `note` '' takes it away. */
  'note-order': {
    input: z.strictObject({
      intentId: intentIdSchema,
      orderRemoteId: remoteIdSchema,
      before: text(10_000),
      note: text(10_000),
    }),
    output: z.object({ outcome: z.enum(['written', 'already']) }),
  },
  /** Without a checkpoint: the whole catalogue. With one: what changed since, as far as the remote can tell. */
  'pull-listings': {
    input: z.strictObject({
      checkpoint: checkpointSchema.nullable(),
      /** Opaque, from the page before; null starts anew. */
      pageToken: text(2000).nullable(),
      pageSize: z.number().int().min(1).max(500),
    }),
    output: z.object({
      listings: z.array(remoteListingSchema).max(500),
      rejected: z.array(rejectedItemSchema).max(500),
      /** As of an order page: to be stored with it; null when the page says nothing of it. */
      checkpoint: checkpointSchema.nullable(),
      nextPage: text(2000).nullable(),
    }),
  },
  'read-listings': {
    input: z.strictObject({ remoteIds: z.array(remoteIdSchema).min(1).max(MOST_LISTINGS_AT_ONCE) }),
    output: z.object({
      listings: z.array(remoteListingSchema).max(MOST_LISTINGS_AT_ONCE),
      rejected: z.array(rejectedItemSchema).max(MOST_LISTINGS_AT_ONCE),
      /** Those asked for that the remote does not have. */
      missing: z.array(text(200)).max(MOST_LISTINGS_AT_ONCE),
    }),
  },
  /**
   * The remote's rules of one name that its listings tell (`ruleSets`), to be kept and held to without a line by the connector's `checkOffline`.
   * Null while they are those of this checksum.
   */
  'pull-listing-rules': {
    input: z.strictObject({ ruleSet: ruleSetSchema, checksum: text(200).nullable() }),
    output: z.object({ checksum: text(200).min(1), rules: text(MOST_RULES_TEXT).nullable() }),
  },
  ...pushOperations,
  /**
   * Buys one label. The intent is the idempotency key where the carrier has one. An issue other than `outcome-unknown`,
   * `conflict` and `malformed` says that nothing was sold. A label that is sold and not ready yet (no number, no bytes) is
   * `outcome-unknown`: `resolve-purchase` has it later.
   */
  'buy-label': {
    input: z.strictObject({
      ...purchaseKeys,
      /** The carrier's own code. */
      service: text(200).min(1),
      from: addressSchema,
      to: addressSchema,
      parcel: parcelSchema,
      /** Null where the parcel crosses no customs border. */
      declaration: declarationSchema.nullable(),
    }),
    output: boughtLabelSchema,
  },
  /**
   * What became of a purchase whose answer was lost. `nothing` is a proof, not a failure to find: it is only said when the carrier can no
   * longer carry the request out (its own settling time is over, or the key itself answers). Any doubt is an issue.
   */
  'resolve-purchase': {
    input: z.strictObject({
      ...purchaseKeys,
      /**
       * When a request that may have bought it left, the first and the last, epoch ms by this machine's clock. A carrier that lists
       * purchases by time is searched from and to `ATTEMPT_SLACK_MS` around it.
       */
      attempted: z.strictObject({ from: z.number().int(), to: z.number().int() }),
    }),
    output: z.discriminatedUnion('outcome', [
      boughtLabelSchema.extend({ outcome: z.literal('bought') }),
      z.object({ outcome: z.literal('nothing') }),
    ]),
  },
  /**
   * Gives a label back before it is used; whether its price comes back is on the carrier's bill. Asked twice it is voided once: what was voided
   * before is `already-voided`. `conflict` (it was used, it is too late) and other refusals are said of what no earlier request can void any
   * more, else the answer is `outcome-unknown`.
   */
  'void-label': {
    input: z.strictObject({ intentId: intentIdSchema, purchaseRemoteId: remoteIdSchema }),
    output: z.object({ outcome: z.enum(['voided', 'already-voided']) }),
  },
  /** Reference rates of a bank, by day. What could not be read of them is named and left out. */
  'pull-rates': {
    input: z.strictObject({ span: z.enum(['latest', 'days-90']) }),
    output: z.object({
      /** Newest first. */
      sets: z.array(rateSetSchema).min(1).max(100),
      leftOut: z.array(leftOutRateSchema).max(500),
    }),
  },
} as const

/** Operations that change something at the remote: an answer that cannot be used leaves a question open. */
export const WRITE_OPERATIONS = [
  'confirm-shipment',
  'cancel-order',
  'note-order',
  'push-listing',
  'push-price',
  'push-prices',
  'push-stock',
  'buy-label',
  'void-label',
] as const satisfies readonly OperationName[]

export type OperationName = keyof typeof operations
export type OperationInput<N extends OperationName> = z.infer<(typeof operations)[N]['input']>
export type OperationOutput<N extends OperationName> = z.infer<(typeof operations)[N]['output']>
