import { z } from '#core/contracts/zod.ts'
import { sweepCursorSchema, type SweepCursor } from '#core/connectors/vendure/operations/sweep-orders.ts'

/** Where the next page of a list sorted by time begins: items of after this time, from this position on. */
export interface ListCursor {
  /** Epoch ms, exclusive; null from the beginning. */
  after: number | null
  skip: number
  /** The item that must stand at `skip`, with its time, '' when it was unreadable; null when the page begins with new ones. */
  anchor: string | null
}

/** Where the next page of changed orders begins. */
export interface PageCursor extends ListCursor {
  phase: 'changes'
  /** Where the pull began, for its sweep; see SweepCursor. */
  since: number | null
}

/** Where an item stands in its page; times that could not be read are null. */
export interface ItemPlace {
  id: string
  updatedAt: number | null
}

/**
 * How far before a known time every read begins again. Vendure's times have whole seconds on SQLite, and a transaction
 * that commits late carries a time from before it became visible.
 */
export const OVERLAP_MS = 3_000

export const listCursorShape = {
  after: z.number().int().nullable(),
  skip: z.number().int().nonnegative(),
  anchor: z.string().nullable(),
}

const changesCursorSchema = z.strictObject({
  phase: z.literal('changes'),
  since: z.number().int().nullable(),
  ...listCursorShape,
})

const cursorSchema = z.discriminatedUnion('phase', [changesCursorSchema, sweepCursorSchema])

export function formatCursor(cursor: PageCursor | SweepCursor): string {
  return JSON.stringify(cursor)
}

/** Null when the text is not one of ours. */
export function parseCursor(text: string): PageCursor | SweepCursor | null {
  try {
    return cursorSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

/** The cursor after a page, null when it was the last. */
export function nextCursor<C extends ListCursor>(
  cursor: C,
  places: readonly ItemPlace[],
  take: number,
): C | null {
  return places.length < take ? null : moveCursor(cursor, places)
}

/**
 * The cursor behind these items. Goes on by time, with the overlap, as long as at most half of the page is read again.
 * Where items lie closer (an import that touched thousands in one second), goes on by position and remembers the last
 * item of this page: should it not stand there next time, items moved, and the caller reads again.
 */
export function moveCursor<C extends ListCursor>(cursor: C, places: readonly ItemPlace[]): C {
  if (places.length === 0) return cursor
  const last = places.reduce<number | null>((latest, { updatedAt }) => maxTime(latest, updatedAt), null)
  if (last !== null) {
    const after = last - OVERLAP_MS
    const again = places.filter(({ updatedAt }) => updatedAt !== null && updatedAt > after).length
    const moves = cursor.after === null || after > cursor.after
    if (moves && again * 2 <= places.length) return { ...cursor, after, skip: 0, anchor: null }
  }
  return { ...cursor, skip: cursor.skip + places.length - 1, anchor: nameAnchor(places.at(-1)) }
}

/** False when the item that ended the page before no longer stands where this page begins. */
export function anchorHolds(cursor: ListCursor, places: readonly ItemPlace[]): boolean {
  return cursor.anchor === null || cursor.anchor === '' || nameAnchor(places[0]) === cursor.anchor
}

/** With its time: an item that changed may stand at the same position and yet have others behind it that stood before. */
function nameAnchor(place: ItemPlace | undefined): string {
  return place === undefined || place.updatedAt === null ? '' : `${place.id} ${place.updatedAt}`
}

function maxTime(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b
  return Math.max(a, b)
}
