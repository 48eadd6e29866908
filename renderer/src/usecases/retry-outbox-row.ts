import type { OutboxId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import { fieldsOf, isListingChange } from '#core/listing/unsent.ts'
import { loadConflicts } from '#renderer/data/repos/conflicts.repo.ts'
import { loadOutboxRow } from '#renderer/data/repos/outbox.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { changeOutboxRow } from '#renderer/usecases/change-outbox-row.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { sendAgain } from '#renderer/usecases/send-again.ts'

/**
 * Sends a change again: after it was refused, or instead of waiting. An unknown outcome stays known as unknown, so the
 * shop is read before anything is written, and not before an earlier write had time to show. Issues: `not-found.outbox-row`,
 * `conflict.being-sent`, `conflict.decide-first` for one that waits on the Conflicts page.
 */
export function retryOutboxRow(ctx: UseCaseContext, { id }: { id: OutboxId }): Promise<Result<OutboxRow>> {
  const { db, now } = ctx
  return inUnit(db, { stores: ['outbox', 'activity', 'conflicts'], durability: 'strict' }, async () => {
    if (await isAsked(ctx, id)) return err(issue('conflict', { reason: 'decide-first' }))
    return changeOutboxRow(ctx, id, 'outbox-retried', (row) => ok(sendAgain(row, now())))
  })
}

/** Whether a person has to decide on a field of it first. A shop may call something a conflict that has no two sides. */
async function isAsked({ db }: UseCaseContext, id: OutboxId): Promise<boolean> {
  const row = await loadOutboxRow(db, id)
  if (row === undefined || row.state !== 'blocked-conflict' || !isListingChange(row)) return false
  const conflict = (await loadConflicts(db, [row.entityKey])).get(row.entityKey)
  const fields = new Set(fieldsOf(row))
  return conflict?.fields.some(({ field }) => fields.has(field)) === true
}
