import type { SavedView, ViewId } from '#core/order/saved-view.ts'
import { ok, type Result } from '#core/shared/result.ts'
import { issue } from '#core/shared/issue.ts'
import { err } from '#core/shared/result.ts'
import { loadViews, saveViews } from '#renderer/data/repos/saved-views.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

const LONGEST_NAME = 60

/** Puts a view at the end of the tabs. Issue: `invalid-input.view-name`. */
export function addView(
  { db, newId }: Pick<UseCaseContext, 'db' | 'newId'>,
  view: Omit<SavedView, 'kind' | 'id' | 'place' | 'opensFirst'>,
): Promise<Result<SavedView>> {
  return inUnit(db, { stores: ['savedViews'], durability: 'strict' }, async () => {
    const { views } = await loadViews(db)
    const place = Math.max(0, ...views.map((one) => one.place)) + 1
    return put(db, { ...view, kind: 'view', id: newId<'view'>(), place, opensFirst: false })
  })
}

/** Changes some of a view. Issues: `not-found.view-gone`, `invalid-input.view-name`. */
export function changeView(
  { db }: Pick<UseCaseContext, 'db'>,
  { id, patch }: { id: ViewId; patch: Partial<Omit<SavedView, 'kind' | 'id' | 'place'>> },
): Promise<Result<SavedView>> {
  return inUnit(db, { stores: ['savedViews'], durability: 'strict' }, async () => {
    const { views } = await loadViews(db)
    const view = views.find((one) => one.id === id)
    if (view === undefined) return err(issue('not-found', { reason: 'view-gone' }))
    // The page opens with one list.
    if (patch.opensFirst === true)
      await saveViews(
        db,
        views.filter((one) => one.opensFirst && one.id !== id).map((one) => ({ ...one, opensFirst: false })),
      )
    return put(db, { ...view, ...patch })
  })
}

async function put(db: UseCaseContext['db'], view: SavedView): Promise<Result<SavedView>> {
  const named = { ...view, name: view.name.trim().slice(0, LONGEST_NAME) }
  if (named.name === '') return err(issue('invalid-input', { reason: 'view-name', field: 'name' }))
  await saveViews(db, [named])
  return ok(named)
}
