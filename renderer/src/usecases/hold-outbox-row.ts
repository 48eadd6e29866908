import type { OutboxId } from '#core/shared/ids.ts'
import { ok, type Result } from '#core/shared/result.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import { changeOutboxRow } from '#renderer/usecases/change-outbox-row.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/** Keeps a change back until it is released. Issues: `not-found.outbox-row`, `conflict.being-sent`. */
export function holdOutboxRow(ctx: UseCaseContext, { id }: { id: OutboxId }): Promise<Result<OutboxRow>> {
  return changeOutboxRow(ctx, id, 'outbox-held', (row) => ok({ ...row, held: true }))
}
