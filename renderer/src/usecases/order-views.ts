import type { ListId } from '#core/order/order-query.ts'
import type { SavedView, ViewColumn, ViewId } from '#core/order/saved-view.ts'
import { ok, type Result } from '#core/shared/result.ts'
import { loadViews, saveViews } from '#renderer/data/repos/saved-views.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

type Context = Pick<UseCaseContext, 'db'>
const UNIT = { stores: ['savedViews'], durability: 'strict' } as const

/** Gives the tabs of views this order; views that are not named stay behind them. */
export function orderViews({ db }: Context, { ids }: { ids: readonly ViewId[] }): Promise<Result<void>> {
  return inUnit(db, UNIT, async () => {
    const { views } = await loadViews(db)
    const placeOf = ({ id }: SavedView): number => (ids.includes(id) ? ids.indexOf(id) : ids.length)
    const sorted = [...views].sort((a, b) => placeOf(a) - placeOf(b))
    await saveViews(
      db,
      sorted.map((view, i) => ({ ...view, place: i + 1 })),
    )
    return ok(undefined)
  })
}

/** Takes a view away and returns it, for the way back; null when it was gone. */
export function removeView({ db }: Context, { id }: { id: ViewId }): Promise<Result<SavedView | null>> {
  return inUnit(db, UNIT, async () => {
    const { views } = await loadViews(db)
    await db.savedViews.delete(id)
    return ok(views.find((view) => view.id === id) ?? null)
  })
}

/** Puts back what was taken away, at its old place. */
export function restoreView({ db }: Context, { view }: { view: SavedView }): Promise<Result<void>> {
  return inUnit(db, UNIT, async () => {
    await saveViews(db, [view])
    return ok(undefined)
  })
}

/** Arranges the columns of a queue; null puts them back to how they come. */
export function arrangeQueue(
  { db }: Context,
  { list, columns }: { list: ListId; columns: readonly ViewColumn[] | null },
): Promise<Result<void>> {
  return inUnit(db, UNIT, async () => {
    if (columns === null) await db.savedViews.delete(list)
    else await saveViews(db, [{ kind: 'queue', id: list, columns: [...columns] }])
    return ok(undefined)
  })
}
