import { checkpointSchema, type Checkpoint } from '#core/contracts/operations.ts'
import { z } from '#core/contracts/zod.ts'

/**
 * A place in the listings of one marketplace after the other, each by time of change, newest first: what changes meanwhile moves to the
 * front, so nothing slips to a page that was read already.
 */
export interface ListingCursor {
  /** Changed since then, epoch ms; null on a walk of the whole catalogue. */
  since: number | null
  /** The newest change when the pull began: the changes go on there once it is done. */
  start: Checkpoint | null
  /** Which marketplace of the settings. */
  place: number
  /** Amazon's own; null at the beginning of a stretch. */
  token: string | null
  /** Changed up to then, epoch ms; null at the front. Amazon pages through a thousand, then a new stretch begins. */
  until: number | null
  /** Listings of this stretch so far. */
  seen: number
  /** Time of change of the last of them. */
  oldest: number | null
  begunAt: number
}

const schema = z.strictObject({
  since: z.number().int().nullable(),
  start: checkpointSchema.nullable(),
  place: z.number().int().nonnegative(),
  token: z.string().max(1_500).nullable(),
  until: z.number().int().nullable(),
  seen: z.number().int().nonnegative(),
  oldest: z.number().int().nullable(),
  begunAt: z.number().int(),
})

/** Page tokens of Amazon end; what is left of a pull so old begins anew. */
const TOKEN_LIFE_MS = 23 * 3_600_000
/** A search shows so many, whatever there is. */
const STRETCH = 1_000

export function formatCursor(cursor: ListingCursor): string {
  return JSON.stringify(cursor)
}

/** Null when the text is not one of ours, or too old. */
export function parseCursor(text: string, now: number): ListingCursor | null {
  try {
    const cursor = schema.safeParse(JSON.parse(text)).data ?? null
    return cursor !== null && now - cursor.begunAt < TOKEN_LIFE_MS ? cursor : null
  } catch {
    return null
  }
}

/** Where it goes on after a page; null after the last of the last marketplace. */
export function moveOn(
  cursor: ListingCursor,
  page: { count: number; oldest: number | null; next: string | null },
  marketplaces: number,
): ListingCursor | null {
  const seen = cursor.seen + page.count
  const oldest = page.oldest ?? cursor.oldest
  if (page.next !== null) return { ...cursor, token: page.next, seen, oldest }
  const front = { ...cursor, token: null, seen: 0, oldest: null }
  // The stretch may have ended for its length only. A thousand of one moment cannot be told apart: then it is over.
  if (seen >= STRETCH && oldest !== null && oldest !== cursor.until) return { ...front, until: oldest }
  return cursor.place + 1 < marketplaces ? { ...front, until: null, place: cursor.place + 1 } : null
}
