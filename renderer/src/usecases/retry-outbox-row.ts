import type { OutboxId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import { isListingChange } from '#core/listing/unsent.ts'
import { changeOutboxRow } from '#renderer/usecases/change-outbox-row.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { sendAgain } from '#renderer/usecases/send-again.ts'

/**
 * Sends a change again: after it was refused, or instead of waiting. An unknown outcome stays known as unknown, so the
 * shop is read before anything is written, and not before an earlier write had time to show. Issues: `not-found.outbox-row`, `conflict.being-sent`,
 * `conflict.decide-first` for a listing that waits on the Conflicts page.
 */
export function retryOutboxRow(ctx: UseCaseContext, { id }: { id: OutboxId }): Promise<Result<OutboxRow>> {
  return changeOutboxRow(ctx, id, 'outbox-retried', (row) =>
    row.state === 'blocked-conflict' && isListingChange(row)
      ? err(issue('conflict', { reason: 'decide-first' }))
      : ok(sendAgain(row, ctx.now())),
  )
}
