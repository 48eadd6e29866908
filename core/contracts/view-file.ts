import { z } from '#core/contracts/zod.ts'
import { text } from '#core/contracts/values.ts'
import { FACETS, SORT_COLUMNS, type OrderQuery } from '#core/order/order-query.ts'
import { QUEUES } from '#core/order/order-row.ts'
import { VIEW_DENSITIES, type SavedView, type ViewColumn } from '#core/order/saved-view.ts'
import { isIsoDay } from '#core/shared/iso-day.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'

/** A saved view as a file that another desk can open (docs/spec/view-file.md). */
const FORMAT = 'caravel.order-view'
const VERSION = 1

export const viewColumnSchema = z.object({
  id: text(40).min(1),
  width: z.number().int().min(32).max(900).optional(),
  hidden: z.boolean().optional(),
  pinned: z.boolean().optional(),
}) satisfies z.ZodType<ViewColumn>

const day = text(10).refine(isIsoDay)

export const orderQuerySchema = z.object({
  list: z.enum([...QUEUES, 'all']),
  text: text(400),
  filters: z.partialRecord(z.enum(FACETS), z.array(text(200)).min(1).max(500)),
  days: z.object({ from: day, to: day }).nullable(),
  sort: z.object({ by: z.enum(SORT_COLUMNS), descending: z.boolean() }),
}) satisfies z.ZodType<OrderQuery>

export const viewShape = {
  name: text(60).trim().min(1),
  query: orderQuerySchema,
  columns: z.array(viewColumnSchema).max(60),
  density: z.enum(VIEW_DENSITIES).nullable(),
}

const fileSchema = z.object({
  view: z.object(viewShape),
  /** What the shops are called whose ids the query names: another desk knows them by other ids. */
  channels: z.record(text(60), text(200)),
})
const headSchema = z.object({ format: z.literal(FORMAT), version: z.number().int().min(1) })

/** What a file brings; who opens it gives it an id and a place. */
export type SharedView = Pick<SavedView, 'name' | 'query' | 'columns' | 'density'>

export interface OpenedView {
  view: SharedView
  /** Names of shops in its filter that are not connected here; they were left out of it. */
  unknownShops: string[]
}

type Shops = readonly { id: string; name: string }[]

export function writeViewFile({ name, query, columns, density }: SharedView, shops: Shops): string {
  const named = new Set(query.filters.channel ?? [])
  const channels = Object.fromEntries(
    shops.filter(({ id }) => named.has(id)).map((shop) => [shop.id, shop.name]),
  )
  const file = { format: FORMAT, version: VERSION, view: { name, query, columns, density }, channels }
  return `${JSON.stringify(file, null, 2)}\n`
}

/**
 * Reads a file that anyone may have made. Issues: `malformed.view-file` when it is none of this kind, `unsupported.view-newer`,
 * `malformed.view-field` with the path of the first field that does not fit.
 */
export function readViewFile(content: string, shops: Shops): Result<OpenedView> {
  const json = parseJson(content)
  const head = headSchema.safeParse(json)
  if (!head.success) return err(issue('malformed', { reason: 'view-file' }))
  if (head.data.version > VERSION) return err(issue('unsupported', { reason: 'view-newer' }))
  const file = fileSchema.safeParse(json)
  if (!file.success) {
    const field = file.error.issues[0]?.path.join('.') ?? ''
    return err(issue('malformed', { reason: 'view-field', field }))
  }
  return ok(placeShops(file.data.view, file.data.channels, shops))
}

function placeShops(view: SharedView, names: Readonly<Record<string, string>>, shops: Shops): OpenedView {
  const { channel: wanted = [], ...others } = view.query.filters
  const here: string[] = []
  const unknownShops: string[] = []
  for (const id of wanted) {
    const name = names[id] ?? ''
    const found = shops.find((shop) => shop.id === id) ?? shops.find((shop) => isSameName(shop.name, name))
    if (found === undefined) unknownShops.push(name === '' ? id : name)
    else if (!here.includes(found.id)) here.push(found.id)
  }
  const filters = here.length === 0 ? others : { ...others, channel: here }
  return { view: { ...view, query: { ...view.query, filters } }, unknownShops }
}

function isSameName(a: string, b: string): boolean {
  const bare = (name: string): string => name.trim().toLowerCase()
  return bare(b) !== '' && bare(a) === bare(b)
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return null
  }
}
