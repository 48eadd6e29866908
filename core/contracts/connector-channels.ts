import { PICTURE_MOST_BYTES, PICTURE_TYPES } from '#core/listing/picture.ts'
import { PRIORITIES } from '#core/sync/priority.ts'
import { z } from '#core/contracts/zod.ts'
import { operations } from '#core/contracts/operations.ts'
import { connectionIdSchema, text } from '#core/contracts/values.ts'

const nothing = z.strictObject({})
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)
const forConnection = { connectionId: connectionIdSchema }
/** `priority`: who goes first when calls of one connection wait; without a word somebody looks at the screen for it. */
const forCall = { ...forConnection, priority: z.enum(PRIORITIES).optional() }

/** Operations of connectors, each for one connection, and what their calls tell beside. */
export const connectorChannels = {
  'connector.test-connection': {
    input: operations['test-connection'].input.extend(forCall),
    output: operations['test-connection'].output,
  },
  'connector.pull-orders': {
    input: operations['pull-orders'].input.extend(forCall),
    output: operations['pull-orders'].output,
  },
  'connector.read-orders': {
    input: operations['read-orders'].input.extend(forCall),
    output: operations['read-orders'].output,
  },
  'connector.confirm-shipment': {
    input: operations['confirm-shipment'].input.extend(forCall),
    output: operations['confirm-shipment'].output,
  },
  'connector.cancel-order': {
    input: operations['cancel-order'].input.extend(forCall),
    output: operations['cancel-order'].output,
  },
  'connector.note-order': {
    input: operations['note-order'].input.extend(forCall),
    output: operations['note-order'].output,
  },
  'connector.pull-listings': {
    input: operations['pull-listings'].input.extend(forCall),
    output: operations['pull-listings'].output,
  },
  'connector.read-listings': {
    input: operations['read-listings'].input.extend(forCall),
    output: operations['read-listings'].output,
  },
  'connector.check-listing': {
    input: operations['check-listing'].input.extend(forCall),
    output: operations['check-listing'].output,
  },
  'connector.pull-listing-rules': {
    input: operations['pull-listing-rules'].input.extend(forCall),
    output: operations['pull-listing-rules'].output,
  },
  'connector.push-listing': {
    input: operations['push-listing'].input.extend(forCall),
    output: operations['push-listing'].output,
  },
  'connector.push-price': {
    input: operations['push-price'].input.extend(forCall),
    output: operations['push-price'].output,
  },
  'connector.push-prices': {
    input: operations['push-prices'].input.extend(forCall),
    output: operations['push-prices'].output,
  },
  'connector.read-batch': {
    input: operations['read-batch'].input.extend(forCall),
    output: operations['read-batch'].output,
  },
  'connector.push-stock': {
    input: operations['push-stock'].input.extend(forCall),
    output: operations['push-stock'].output,
  },
  'connector.buy-label': {
    input: operations['buy-label'].input.extend(forCall),
    output: operations['buy-label'].output,
  },
  'connector.resolve-purchase': {
    input: operations['resolve-purchase'].input.extend(forCall),
    output: operations['resolve-purchase'].output,
  },
  'connector.void-label': {
    input: operations['void-label'].input.extend(forCall),
    output: operations['void-label'].output,
  },
  'connector.pull-rates': {
    input: operations['pull-rates'].input.extend(forCall),
    output: operations['pull-rates'].output,
  },
  /** A listing's small picture, from a host of its connection. */
  'connector.fetch-picture': {
    input: z.strictObject({ ...forConnection, url: text(2000).min(1) }),
    output: z.object({
      mime: z.enum(PICTURE_TYPES),
      bytes: bytes.refine(({ length }) => length <= PICTURE_MOST_BYTES),
    }),
  },
  /** What calls to shops have told beside their answers. */
  'connector.standing': {
    input: nothing,
    output: z.object({
      /** How far this machine's clock is ahead of the shops'; null while that is not known. */
      clockOffMs: z.number().nullable(),
      /** Of connections whose access a person has to renew, as far as it is known. */
      accessEnds: z.array(z.object({ connectionId: connectionIdSchema, expiresAt: z.number() })),
    }),
  },
} as const
