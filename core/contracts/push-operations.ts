import { z } from '#core/contracts/zod.ts'
import {
  listingIssueSchema,
  localeSchema,
  marketSchema,
  moneySchema,
  MOST_LISTING_ISSUES,
  remoteListingSchema,
  text,
} from '#core/contracts/values.ts'

/** Input and output of the operations that change listings; the others are in operations.ts. */

/** The outbox row's id: stays the same over every attempt. */
export const intentIdSchema = text(64).min(1)
export const remoteIdSchema = text(200).min(1)

/** Changes that can leave in one batch. */
export const MOST_IN_BATCH = 500

/**
 * What a change of a listing carries beside itself. Every push reads first and writes only on what it was made from: `moved` says
 * that the remote has something else by now, and nothing was written.
 */
const push = {
  intentId: intentIdSchema,
  /** An earlier attempt may have been carried out: what is there already is then ours. */
  mayHaveArrived: z.boolean(),
  listingRemoteId: remoteIdSchema,
}
const pushed = z.object({
  /**
   * `already`: the remote had exactly this before this attempt wrote anything. `accepted`: it took the change and does not show it yet;
   * the change waits until a reading shows it.
   */
  outcome: z.enum(['written', 'accepted', 'already', 'moved']),
  /** The listing as the remote shows it afterwards. */
  listing: remoteListingSchema,
})

const textChanges = z
  .array(
    z.strictObject({
      locale: localeSchema,
      part: z.enum(['title', 'description']),
      before: text(100_000).nullable(),
      value: text(100_000),
    }),
  )
  .min(1)
  .max(200)

export const pushOperations = {
  /** Writes texts. `moved` when one of them is neither what it was (`before`) nor what it is to be. */
  'push-listing': {
    input: z.strictObject({
      ...push,
      changes: textChanges,
    }),
    output: pushed,
  },
  /** What the remote would say of these texts. Nothing is written. */
  'check-listing': {
    input: z.strictObject({ listingRemoteId: remoteIdSchema, changes: textChanges }),
    output: z.object({
      status: z.enum(['valid', 'invalid']),
      issues: z.array(listingIssueSchema).max(MOST_LISTING_ISSUES),
    }),
  },
  /** Sets a price in one currency, of the shop itself or of one of its markets. */
  'push-price': {
    input: z.strictObject({
      ...push,
      offerRemoteId: remoteIdSchema,
      /** Absent for the price of the shop itself. */
      market: marketSchema.optional(),
      before: moneySchema.nullable(),
      value: moneySchema,
    }),
    output: pushed,
  },
  /**
   * Sets prices of one market with one piece of work that the remote carries out when it can (`read-batch`). Only those that still are what
   * they were made from (`before`) join it; what is not in `taken` was not sent, and goes by itself. Null: none was.
   */
  'push-prices': {
    input: z.strictObject({
      market: marketSchema.optional(),
      changes: z
        .array(
          z.strictObject({
            intentId: intentIdSchema,
            listingRemoteId: remoteIdSchema,
            offerRemoteId: remoteIdSchema,
            before: moneySchema.nullable(),
            value: moneySchema,
          }),
        )
        .min(1)
        .max(MOST_IN_BATCH),
    }),
    output: z.object({
      batch: z
        .object({
          remoteId: remoteIdSchema,
          taken: z
            .array(z.object({ intentId: intentIdSchema, place: z.number().int().positive() }))
            .max(MOST_IN_BATCH),
        })
        .nullable(),
    }),
  },
  /**
   * What became of a batch. `done`: carried out but for those that were refused, by their place. `lost`: the remote gave it up or does not know it;
   * what it carried out of it shows in the listings only.
   */
  'read-batch': {
    input: z.strictObject({ batchRemoteId: remoteIdSchema }),
    output: z.discriminatedUnion('state', [
      z.object({ state: z.literal('working') }),
      z.object({
        state: z.literal('done'),
        refused: z
          .array(z.object({ place: z.number().int().positive(), code: text(200), message: text(2000) }))
          .max(MOST_IN_BATCH),
      }),
      z.object({ state: z.literal('lost'), message: text(2000) }),
    ]),
  },
  /**
   * Sets an amount on the amount it was worked out from. `already` only when an earlier attempt may have arrived: else somebody
   * else moved the stock there. And when one may have arrived, `from` proves that it did not only while the listing's time of change
   * is still `readAt`: somebody may have moved the stock back.
   */
  'push-stock': {
    input: z.strictObject({
      ...push,
      offerRemoteId: remoteIdSchema,
      from: z.number().int(),
      to: z.number().int(),
      /** Time of change of the listing that `from` was read in, epoch ms; absent when it is not known. */
      readAt: z.number().int().optional(),
    }),
    output: pushed,
  },
} as const
