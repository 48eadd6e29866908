import { text } from '#core/contracts/values.ts'
import { z } from '#core/contracts/zod.ts'
import { SELLER_ID_KINDS } from '#core/customs/tax-ids/seller-id.ts'

const id = z.string().regex(/^[0-9a-z_-]{1,64}$/)
const nothing = z.strictObject({})

/** The seller's tax ids: numbers go in, and come out on papers only. */
export const taxIdChannels = {
  /** Puts a number in its place in the vault, over the one that was there. */
  'tax-ids.save': {
    input: z.strictObject({ id, kind: z.enum(SELLER_ID_KINDS), country: text(2), number: text(60) }),
    output: nothing,
  },
  'tax-ids.remove': { input: z.strictObject({ id }), output: nothing },
  /** Which numbers are there, each but for its last digits hidden. */
  'tax-ids.list': {
    input: nothing,
    output: z.object({ numbers: z.array(z.object({ id, masked: text(60) })) }),
  },
} as const
