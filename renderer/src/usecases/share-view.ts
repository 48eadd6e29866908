import { readViewFile, writeViewFile, type OpenedView } from '#core/contracts/view-file.ts'
import type { SavedView } from '#core/order/saved-view.ts'
import { ok, type Result } from '#core/shared/result.ts'
import { readConnections } from '#renderer/data/queries/connections.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { addView } from '#renderer/usecases/save-view.ts'

/** Writes a view to a file that the person chooses. Issues: those of saving. */
export async function shareView(
  { db, host }: Pick<UseCaseContext, 'db' | 'host'>,
  { view }: { view: SavedView },
): Promise<Result<{ saved: boolean }>> {
  const bytes = new TextEncoder().encode(writeViewFile(view, await readConnections(db)))
  return host['documents.save']({ kind: 'json', suggestedName: `${view.name}.json`, bytes })
}

/** Takes in a view from a file. Issues: `malformed.view-file`, `malformed.view-field`, `unsupported.view-newer`. */
export async function takeInView(
  ctx: Pick<UseCaseContext, 'db' | 'newId'>,
  { content }: { content: string },
): Promise<Result<Pick<OpenedView, 'unknownShops'> & { view: SavedView }>> {
  const opened = readViewFile(content, await readConnections(ctx.db))
  if (!opened.ok) return opened
  const added = await addView(ctx, opened.value.view)
  return added.ok ? ok({ view: added.value, unknownShops: opened.value.unknownShops }) : added
}
