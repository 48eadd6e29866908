import type { OrderId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { addActivity } from '#renderer/data/repos/activity.repo.ts'
import { loadOrder } from '#renderer/data/repos/orders.repo.ts'
import { outboxRowsOf } from '#renderer/data/repos/outbox.repo.ts'
import { rowActivity } from '#renderer/usecases/change-outbox-row.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/**
 * Puts a dropped change back as it was, with the same intent id. Issues: `conflict.already-there` when the same thing
 * has joined the outbox again meanwhile, `conflict.stage` when the parcel is no longer handed over.
 */
export function restoreOutboxRow(
  { db, newId, now }: UseCaseContext,
  { row }: { row: OutboxRow },
): Promise<Result<OutboxRow>> {
  return inUnit(db, { stores: ['outbox', 'activity', 'orders'], durability: 'strict' }, async () => {
    const others = await outboxRowsOf(db, row.entityKey)
    if (others.some((other) => other.id === row.id || other.kind === row.kind)) {
      return err(issue('conflict', { reason: 'already-there' }))
    }
    const order = await loadOrder(db, row.entityKey.replace(/^order:/, '') as OrderId)
    if (!order.ok) return order
    if (order.value.stage !== 'handed_over')
      return err(issue('conflict', { reason: 'stage', field: 'stage' }))
    await db.outbox.add(row)
    await addActivity(db, newId, [rowActivity(row, 'outbox-restored', now())])
    return ok(row)
  })
}
