import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { openDatabase } from '#renderer/data/database.ts'
import { activeDatabase } from '#renderer/data/places.ts'
import { saveSettings } from '#renderer/usecases/save-settings.ts'
import type { Workspace } from '#renderer/app/workspace.ts'

/** Remembers which workspace to open and loads the window anew; the two never share a database or an engine. */
export async function switchWorkspace(
  workspace: Workspace,
  to: 'none' | 'own' | 'demo',
): Promise<Result<void>> {
  if (workspace.info.demo && to !== 'demo') return err(issue('unsupported', { reason: 'started-as-demo' }))
  const ownName = await activeDatabase('own')
  const own = workspace.db.name === ownName ? ok(workspace.db) : await openDatabase(ownName)
  if (!own.ok) return own
  const saved = await saveSettings({ ...workspace.context, db: own.value }, { patch: { workspace: to } })
  if (!saved.ok) return err(saved.error)
  await workspace.engine.stop()
  location.hash = '#/orders/to_ship'
  location.reload()
  return ok(undefined)
}
