import type { ListId } from '#core/order/order-query.ts'
import type { SavedView } from '#core/order/saved-view.ts'
import type { ConnectionId } from '#core/shared/ids.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { loadViews, saveViews } from '#renderer/data/repos/saved-views.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'

/**
 * Saved views of another workspace join behind those that are here, with this side's ids of their shops. What is here stays: views, and how
 * queues are arranged. A shop that is on neither side leaves the filter, and the names of such views are added to `narrowed`.
 */
export async function mergeViews(
  db: CaravelDatabase,
  from: CaravelDatabase,
  { shopOf, narrowed }: { shopOf: (id: ConnectionId) => ConnectionId; narrowed: string[] },
): Promise<true> {
  const theirs = await loadViews(from)
  await inUnit(db, { stores: ['savedViews', 'connections'], durability: 'strict' }, async () => {
    const { views, queues } = await loadViews(db)
    const shops = new Set<string>(await db.connections.toCollection().primaryKeys())
    const known = new Set(views.map(({ id }) => id))
    const last = Math.max(0, ...views.map(({ place }) => place))
    const joining = theirs.views.filter(({ id }) => !known.has(id))
    const arranged = Object.entries(theirs.queues).filter(([list]) => queues[list as ListId] === undefined)
    await saveViews(db, [
      ...arranged.map(([list, columns]) => ({ kind: 'queue' as const, id: list as ListId, columns })),
      ...joining.map((view, i) => {
        const { shopsLeft, ...taken } = withShops(view, (id) => shopOf(id as ConnectionId), shops)
        if (shopsLeft > 0) narrowed.push(view.name)
        return { ...taken, place: last + i + 1, opensFirst: false }
      }),
    ])
  })
  return true
}

function withShops(
  view: SavedView,
  shopOf: (id: string) => string,
  shops: ReadonlySet<string>,
): SavedView & { shopsLeft: number } {
  const { channel, ...others } = view.query.filters
  if (channel === undefined) return { ...view, shopsLeft: 0 }
  const here = [...new Set(channel.map(shopOf))].filter((id) => shops.has(id))
  const filters = here.length === 0 ? others : { ...others, channel: here }
  const shopsLeft = channel.filter((id) => !shops.has(shopOf(id))).length
  return { ...view, query: { ...view.query, filters }, shopsLeft }
}
