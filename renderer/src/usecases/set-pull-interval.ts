import { leastPullMs } from '#core/connectors/manifests.ts'
import type { ConnectionId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, type Result } from '#core/shared/result.ts'
import { changeConnection } from '#renderer/usecases/change-connection.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/** Remotes count calls; less than a minute between pulls is not worth them. */
export const SHORTEST_INTERVAL_MS = 60_000

/** How often a shop is pulled by itself; 0 means only by hand. Issues: `invalid-input.interval-too-short`. */
export async function setPullInterval(
  ctx: UseCaseContext,
  { connectionId, pullEveryMs }: { connectionId: ConnectionId; pullEveryMs: number },
): Promise<Result<null>> {
  const connection = await ctx.db.connections.get(connectionId)
  const shortest = Math.max(SHORTEST_INTERVAL_MS, leastPullMs(connection?.connectorId ?? ''))
  if (pullEveryMs !== 0 && !(pullEveryMs >= shortest)) {
    return err(issue('invalid-input', { reason: 'interval-too-short', field: 'pullEveryMs' }))
  }
  return changeConnection(ctx, connectionId, {
    what: 'interval-set',
    change: (connection) => ({ ...connection, pullEveryMs }),
  })
}
