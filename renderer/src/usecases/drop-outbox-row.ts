import type { OutboxId } from '#core/shared/ids.ts'
import { ok, type Result } from '#core/shared/result.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import { changeOutboxRow } from '#renderer/usecases/change-outbox-row.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/**
 * Takes a change out of the outbox: the shop will not hear of it. Returns the row, so that `restoreOutboxRow` can put
 * it back. Issues: `not-found.outbox-row`, `conflict.being-sent`.
 */
export function dropOutboxRow(ctx: UseCaseContext, { id }: { id: OutboxId }): Promise<Result<OutboxRow>> {
  return changeOutboxRow(ctx, id, 'outbox-dropped', () => ok(null))
}
