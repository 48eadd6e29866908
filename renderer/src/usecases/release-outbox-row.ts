import type { OutboxId } from '#core/shared/ids.ts'
import { ok, type Result } from '#core/shared/result.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import { changeOutboxRow } from '#renderer/usecases/change-outbox-row.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/** Lets a change that was kept back go. Issues: `not-found.outbox-row`, `conflict.being-sent`. */
export function releaseOutboxRow(ctx: UseCaseContext, { id }: { id: OutboxId }): Promise<Result<OutboxRow>> {
  return changeOutboxRow(ctx, id, 'outbox-released', (row) => ok({ ...row, held: false }))
}
