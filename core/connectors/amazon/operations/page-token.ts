import { checkpointSchema } from '#core/contracts/operations.ts'
import { z } from '#core/contracts/zod.ts'

/** Where the next page of a pull begins, and what it has seen so far. */
export interface PageToken {
  /** Orders changed since then, epoch ms. */
  since: number
  /** Amazon's own; null at the beginning. */
  token: string | null
  /** When the pull began, by this machine's clock, epoch ms. */
  begunAt: number
  /** The newest order so far. Amazon does not say in which order pages come, so the checkpoint moves with the last one only. */
  newest: z.infer<typeof checkpointSchema> | null
}

const schema = z.strictObject({
  since: z.number().int(),
  token: z.string().max(1800).nullable(),
  begunAt: z.number().int(),
  newest: checkpointSchema.nullable(),
})

/** Amazon's token ends after 24 hours; what is left of a pull so old begins anew. */
const TOKEN_LIFE_MS = 23 * 3_600_000

export function formatToken(token: PageToken): string {
  return JSON.stringify(token)
}

/** Null when the text is not one of ours, or too old. */
export function parseToken(text: string, now: number): PageToken | null {
  try {
    const token = schema.safeParse(JSON.parse(text)).data ?? null
    return token !== null && now - token.begunAt < TOKEN_LIFE_MS ? token : null
  } catch {
    return null
  }
}
