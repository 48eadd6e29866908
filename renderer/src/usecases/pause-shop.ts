import type { ConnectionId } from '#core/shared/ids.ts'
import type { Result } from '#core/shared/result.ts'
import { changeConnection } from '#renderer/usecases/change-connection.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/** Stops pulling a shop and sending to it, or goes on. Nothing that waits is lost. Issues: `not-found.connection`. */
export function pauseShop(
  ctx: UseCaseContext,
  { connectionId, paused }: { connectionId: ConnectionId; paused: boolean },
): Promise<Result<null>> {
  return changeConnection(ctx, connectionId, {
    what: paused ? 'shop-paused' : 'shop-resumed',
    change: (connection) => ({ ...connection, paused }),
  })
}
