import type { z } from '#core/contracts/zod.ts'
import { readRawId } from '#core/connectors/_kit/parse-items.ts'
import type { ItemPlace, ListCursor } from '#core/connectors/vendure/operations/page-cursor.ts'

export interface ListOptions {
  take: number
  skip: number
  sort: Readonly<Record<string, 'ASC'>>
  filter?: Readonly<Record<string, unknown>>
}

/**
 * A page of a list by time. ORDER BY follows the order of the schema's fields, and the slug and the SKU come behind the
 * times (the id comes before them): so they can break ties, and pages by position stand still.
 */
export function listOptions(
  { after, skip }: ListCursor,
  take: number,
  time: 'createdAt' | 'updatedAt',
  tieBreak: 'slug' | 'sku',
): ListOptions {
  const sort = { [time]: 'ASC', [tieBreak]: 'ASC' } as const
  const from = after === null ? {} : { filter: { [time]: { after: new Date(after).toISOString() } } }
  return { take, skip, sort, ...from }
}

/** One more than asked for when the first one is only there to be recognised. */
export function takeOf({ anchor }: ListCursor, share: number, most: number): number {
  return Math.min(share + (anchor === null ? 0 : 1), most)
}

/** Where the items of a page stand; one whose place cannot be read keeps its id alone. */
export function readPlaces<S extends z.ZodType>(
  raw: readonly unknown[],
  schema: S,
  place: (value: z.output<S>) => ItemPlace,
): ItemPlace[] {
  return raw.map((item) => {
    const parsed = schema.safeParse(item)
    return parsed.success ? place(parsed.data) : { id: readRawId(item), updatedAt: null }
  })
}
