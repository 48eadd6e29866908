import type { ConnectionId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/** Stops pulling a shop and sending to it, or goes on. Nothing that waits is lost. Issues: `not-found.connection`. */
export async function pauseShop(
  { db }: UseCaseContext,
  { connectionId, paused }: { connectionId: ConnectionId; paused: boolean },
): Promise<Result<null>> {
  if ((await db.connections.get(connectionId)) === undefined)
    return err(issue('not-found', { reason: 'connection' }))
  await db.connections.update(connectionId, { paused })
  return ok(null)
}
