import type { ConnectionId } from '#core/shared/ids.ts'
import type { Result } from '#core/shared/result.ts'
import { without } from '#core/shared/without.ts'
import { changeConnection } from '#renderer/usecases/change-connection.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/**
 * Closes a shop to everything that this desk would change there, or opens it. Pulls go on; what people do meanwhile waits in the outbox and
 * leaves once the shop may be written to. A request that is already on its way is not called back. Issues: `not-found.connection`.
 */
export function setReadOnly(
  ctx: UseCaseContext,
  { connectionId, readOnly }: { connectionId: ConnectionId; readOnly: boolean },
): Promise<Result<null>> {
  return changeConnection(ctx, connectionId, {
    what: readOnly ? 'shop-read-only' : 'shop-writable',
    change: (connection) => (readOnly ? { ...connection, readOnly: true } : without(connection, 'readOnly')),
  })
}
