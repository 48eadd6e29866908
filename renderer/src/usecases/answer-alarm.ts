import type { ConnectionId } from '#core/shared/ids.ts'
import type { Result } from '#core/shared/result.ts'
import { changeConnection } from '#renderer/usecases/change-connection.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/**
 * A person's answer to what a pull was stopped for: take it (the next whole pull is not stopped for it), or only look again.
 * Issues: `not-found.connection`.
 */
export function answerAlarm(
  ctx: UseCaseContext,
  { connectionId, take }: { connectionId: ConnectionId; take: boolean },
): Promise<Result<null>> {
  return changeConnection(ctx, connectionId, {
    what: take ? 'alarm-taken' : 'alarm-rechecked',
    change: ({ alarm, ...connection }) => {
      if (!take) return connection
      return alarm?.kind === 'mass-delete'
        ? { ...connection, deleteWaived: true }
        : { ...connection, alarmWaived: true }
    },
  })
}
