import type { OrderId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { Stage } from '#core/order/order.ts'
import { laneOf, type OutboxRow } from '#core/sync/outbox.ts'
import { isListingChange } from '#core/listing/unsent.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { addActivity } from '#renderer/data/repos/activity.repo.ts'
import { loadOrder } from '#renderer/data/repos/orders.repo.ts'
import { outboxRowsOf } from '#renderer/data/repos/outbox.repo.ts'
import { rowActivity } from '#renderer/usecases/change-outbox-row.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { ROW_STORES, setCancelling } from '#renderer/usecases/drop-outbox-row.ts'
import { reviveDraft } from '#renderer/usecases/drop-purchase.ts'
import { askAgain } from '#renderer/usecases/drop-void.ts'
import { showUnsent } from '#renderer/usecases/show-unsent.ts'

/** Stages in which a row about an order still makes sense; any where none is named. */
const WANTED_STAGES: Partial<Record<OutboxRow['kind'], readonly Stage[]>> = {
  'confirm-shipment': ['handed_over'],
  'cancel-order': ['to_ship', 'unpaid'],
  'buy-label': ['to_ship'],
}

/**
 * Puts a dropped change back as it was, with the same intent id. Issues: `conflict.already-there` when something of the same lane
 * has joined the outbox again meanwhile, `conflict.stage` when its order has gone on, `conflict.label-exists` when it has another label,
 * `conflict.label-gone` when the label that was to be given back is thrown away, handed over or given back.
 */
export function restoreOutboxRow(
  ctx: UseCaseContext,
  { row }: { row: OutboxRow },
): Promise<Result<OutboxRow>> {
  const { db, newId, now } = ctx
  return inUnit(db, { stores: ROW_STORES, durability: 'strict' }, async () => {
    const others = await outboxRowsOf(db, row.entityKey)
    if (others.some((other) => other.id === row.id || laneOf(other) === laneOf(row)))
      return err(issue('conflict', { reason: 'already-there' }))
    const stages = WANTED_STAGES[row.kind]
    if (stages !== undefined) {
      const order = await loadOrder(db, row.entityKey.replace(/^order:/, '') as OrderId)
      if (!order.ok) return order
      if (!stages.includes(order.value.stage))
        return err(issue('conflict', { reason: 'stage', field: 'stage' }))
    }
    if (row.kind === 'buy-label') {
      const revived = await reviveDraft(ctx, row)
      if (!revived.ok) return revived
    }
    if (row.kind === 'void-label') {
      const asked = await askAgain(ctx, row)
      if (!asked.ok) return asked
    }
    await db.outbox.add(row)
    if (isListingChange(row)) await showUnsent(ctx, row)
    if (row.kind === 'cancel-order') await setCancelling(ctx, row, true)
    await addActivity(db, newId, [rowActivity(row, 'outbox-restored', now())])
    return ok(row)
  })
}
