import type { CaravelDatabase } from '#renderer/data/database.ts'
import { watch, type Watched } from '#renderer/data/queries/watch.ts'
import { loadViews, type ViewsHere } from '#renderer/data/repos/saved-views.repo.ts'

export function watchViews(db: CaravelDatabase): Watched<ViewsHere> {
  return watch(() => loadViews(db))
}
