import { z } from '#core/contracts/zod.ts'

/** Where the next page of a pull begins. */
export interface PageToken {
  /** Orders changed since then, epoch ms; null: all that the app may see. */
  since: number | null
  /** Shopify's own cursor; null at the beginning of a stretch. */
  cursor: string | null
  /** Orders that came on this stretch. */
  seen: number
}

const schema = z.strictObject({
  since: z.number().int().nullable(),
  cursor: z.string().max(1000).nullable(),
  seen: z.number().int().nonnegative(),
})

/**
 * How far before a known time a pull begins again: `updatedAt` has whole seconds, and what changed is found by a search that knows of it
 * a moment later.
 */
export const OVERLAP_MS = 120_000

/** Shopify ends lists at 25,000 (shopify.dev, "API limits"); before that a pull begins anew at the time it came to. */
const STRETCH = 20_000

export function formatToken(token: PageToken): string {
  return JSON.stringify(token)
}

/** Null when the text is not one of ours. */
export function parseToken(text: string): PageToken | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

/** After a page of `count` orders, the newest of which changed at `newest`. */
export function nextToken(token: PageToken, cursor: string, count: number, newest: number | null): PageToken {
  const seen = token.seen + count
  const since = newest === null ? null : newest - OVERLAP_MS
  const isAhead = since !== null && (token.since === null || since > token.since)
  return seen >= STRETCH && isAhead ? { since, cursor: null, seen: 0 } : { ...token, cursor, seen }
}
