import { orderQuerySchema, viewColumnSchema, viewShape } from '#core/contracts/view-file.ts'
import { idSchema } from '#core/contracts/values.ts'
import { z } from '#core/contracts/zod.ts'
import type { QueueColumns, SavedView, ViewColumn, ViewId } from '#core/order/saved-view.ts'
import type { ListId } from '#core/order/order-query.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'

const recordSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('view'),
    id: idSchema<ViewId>(),
    place: z.number(),
    opensFirst: z.boolean(),
    ...viewShape,
  }) satisfies z.ZodType<SavedView>,
  z.object({
    kind: z.literal('queue'),
    id: orderQuerySchema.shape.list,
    columns: z.array(viewColumnSchema),
  }) satisfies z.ZodType<QueueColumns>,
])

/** Views in the order of their tabs, and how columns of queues are arranged. */
export interface ViewsHere {
  views: SavedView[]
  queues: Partial<Record<ListId, ViewColumn[]>>
}

/** A record that does not parse is as if it were not there: a view is put together again in a minute. */
export async function loadViews(db: CaravelDatabase): Promise<ViewsHere> {
  const found: ViewsHere = { views: [], queues: {} }
  for (const record of await db.savedViews.toArray()) {
    const parsed = recordSchema.safeParse(record)
    if (!parsed.success) continue
    if (parsed.data.kind === 'view') found.views.push(parsed.data)
    else found.queues[parsed.data.id] = parsed.data.columns
  }
  found.views.sort((a, b) => a.place - b.place || (a.id < b.id ? -1 : 1))
  return found
}

export async function saveViews(
  db: CaravelDatabase,
  records: readonly (SavedView | QueueColumns)[],
): Promise<void> {
  await db.savedViews.bulkPut([...records])
}
