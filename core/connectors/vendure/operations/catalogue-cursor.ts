import { z } from '#core/contracts/zod.ts'
import { checkpointSchema, type Checkpoint } from '#core/contracts/operations.ts'
import { advanceCheckpoint } from '#core/sync/checkpoint.ts'
import {
  anchorHolds,
  listCursorShape,
  moveCursor,
  type ItemPlace,
  type ListCursor,
} from '#core/connectors/vendure/operations/page-cursor.ts'

/** A place in one list. `round` counts how often a stretch was begun again, so that no page token comes twice. */
export interface CatalogueList extends ListCursor {
  round: number
}

/** The whole catalogue, by time of creation: nothing that happens to a product moves it in this list. */
export interface WalkCursor {
  phase: 'walk'
  /** Newest change before the walk began: where the changes go on once the walk is done. */
  start: Checkpoint | null
  list: CatalogueList
}

/** What changed: products and variants side by side, because neither's time moves with the other. */
export interface ChangesCursor {
  phase: 'changes'
  products: CatalogueList
  variants: CatalogueList
}

export type CatalogueCursor = WalkCursor | ChangesCursor

const listSchema = z.strictObject({ ...listCursorShape, round: z.number().int().nonnegative() })

const cursorSchema = z.discriminatedUnion('phase', [
  z.strictObject({ phase: z.literal('walk'), start: checkpointSchema.nullable(), list: listSchema }),
  z.strictObject({ phase: z.literal('changes'), products: listSchema, variants: listSchema }),
])

/** Null when the text is not one of ours. */
export function parseCatalogueCursor(text: string): CatalogueCursor | null {
  try {
    return cursorSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

export function startList(after: number | null): CatalogueList {
  return { after, skip: 0, anchor: null, round: 0 }
}

/** One list after its page was read. */
export interface ReadList {
  /** Where it goes on, also when it is at its end: other lists may not be. */
  next: CatalogueList
  /** Everything up to the moment of reading was there. */
  atEnd: boolean
  /** Up to here everything was there; null when nothing can be said. */
  newest: Checkpoint | null
}

/**
 * Judges a page. When its first item is not the one that ended the page before, items left this stretch while it was
 * paged by position: it is begun again. Each of those moved to a later time, so that comes to an end.
 */
export function judgePage(cursor: CatalogueList, places: readonly ItemPlace[], take: number): ReadList {
  if (!anchorHolds(cursor, places)) {
    const next = { ...cursor, skip: 0, anchor: null, round: cursor.round + 1 }
    return { next, atEnd: false, newest: null }
  }
  return {
    next: moveCursor(cursor, places),
    atEnd: places.length < take,
    newest: places.reduce<Checkpoint | null>(
      (newest, { id, updatedAt }) =>
        updatedAt === null ? newest : advanceCheckpoint(newest, { id, updatedAt }),
      null,
    ),
  }
}

/**
 * How far both lists are known once they were read at the same moment. A list that is at its end is known up to that
 * moment, so only the other one holds the checkpoint back; at the end of both it is the newest of all.
 */
export function jointCheckpoint(a: ReadList, b: ReadList): Checkpoint | null {
  if (a.atEnd && b.atEnd) return advanceCheckpoint(a.newest, b.newest)
  if (a.atEnd) return b.newest
  if (b.atEnd) return a.newest
  if (a.newest === null || b.newest === null) return null
  return a.newest.updatedAt <= b.newest.updatedAt ? a.newest : b.newest
}
