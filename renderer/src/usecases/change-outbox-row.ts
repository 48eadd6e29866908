import type { OutboxId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { addActivity, type NewActivity } from '#renderer/data/repos/activity.repo.ts'
import { loadOutboxRow } from '#renderer/data/repos/outbox.repo.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/** What a person decides about one row: its new form, or null to take it out of the outbox. */
export type RowChange = (row: OutboxRow) => Result<OutboxRow | null>

/**
 * Changes one unsent row and notes it in the order's timeline, in one transaction. A row that is on its way now is left
 * alone. Issues: `not-found.outbox-row` (it was sent, or dropped), `conflict.being-sent`.
 */
export function changeOutboxRow(
  { db, newId, now }: UseCaseContext,
  id: OutboxId,
  what: string,
  change: RowChange,
): Promise<Result<OutboxRow>> {
  return inUnit(db, { stores: ['outbox', 'activity'], durability: 'strict' }, async () => {
    const row = await loadOutboxRow(db, id)
    if (row === undefined) return err(issue('not-found', { reason: 'outbox-row' }))
    if (row.state === 'leased') return err(issue('conflict', { reason: 'being-sent' }))
    const changed = change(row)
    if (!changed.ok) return changed
    if (changed.value === null) await db.outbox.delete(id)
    else await db.outbox.put(changed.value)
    await addActivity(db, newId, [rowActivity(row, what, now())])
    return ok(changed.value ?? row)
  })
}

export function rowActivity(row: OutboxRow, what: string, at: number): NewActivity {
  const { entityKey, connectionId, entityLabel, kind } = row
  return { entityKey, connectionId, label: entityLabel, at, what, values: { kind }, by: 'here' }
}
