import { z } from '#core/contracts/zod.ts'
import type { Checkpoint } from '#core/contracts/operations.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { advanceCheckpoint } from '#core/sync/checkpoint.ts'
import { placeSchema } from '#core/connectors/shopify/wire.ts'

/** Where the next page of a pull begins. */
export interface PageToken {
  /** Items changed since then, epoch ms; null: all that the app may see. */
  since: number | null
  /** Shopify's own cursor; null at the beginning of a stretch. */
  cursor: string | null
  /** Items that came on this stretch. */
  seen: number
  /** The pull began without a checkpoint. */
  whole: boolean
  /** How many items a page had that the shop did not find too dear; null while no page came. */
  first: number | null
}

const schema = z.strictObject({
  since: z.number().int().nullable(),
  cursor: z.string().max(1000).nullable(),
  seen: z.number().int().nonnegative(),
  whole: z.boolean(),
  first: z.number().int().positive().nullable(),
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

/** Where a pull goes on, or begins. Fails with `invalid-input` page-token when the text is not one of ours. */
export function startToken(input: {
  pageToken: string | null
  checkpoint: Checkpoint | null
}): Result<PageToken> {
  const { pageToken, checkpoint } = input
  if (pageToken === null) {
    const since = checkpoint === null ? null : checkpoint.updatedAt - OVERLAP_MS
    return ok({ since, cursor: null, seen: 0, whole: checkpoint === null, first: null })
  }
  const parsed = parseToken(pageToken)
  return parsed === null
    ? err(issue('invalid-input', { reason: 'page-token', field: 'pageToken' }))
    : ok(parsed)
}

function parseToken(text: string): PageToken | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

/** The search for what changed since; null for everything. */
export function searchSince({ since }: PageToken): string | null {
  return since === null ? null : `updated_at:>='${new Date(since).toISOString()}'`
}

/** After a page that asked for `first` items and brought `count`, the newest of which changed at `newest`. */
export function nextToken(
  before: PageToken,
  cursor: string,
  { first, count, newest }: { first: number; count: number; newest: number | null },
): PageToken {
  const token = { ...before, first }
  const seen = token.seen + count
  const since = newest === null ? null : newest - OVERLAP_MS
  const isAhead = since !== null && (token.since === null || since > token.since)
  return seen >= STRETCH && isAhead ? { ...token, since, cursor: null, seen: 0 } : { ...token, cursor, seen }
}

/** The newest of the items that say where they stand, parsed or not. */
export function newestPlace(raw: readonly unknown[]): Checkpoint | null {
  return raw.reduce<Checkpoint | null>((newest, item) => {
    const place = placeSchema.safeParse(item)
    return place.success ? advanceCheckpoint(newest, place.data) : newest
  }, null)
}
