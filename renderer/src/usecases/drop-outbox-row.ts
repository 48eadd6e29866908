import { without } from '#core/shared/without.ts'
import type { OrderId, OutboxId } from '#core/shared/ids.ts'
import type { Result } from '#core/shared/result.ts'
import type { Order } from '#core/order/order.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import { isListingChange } from '#core/listing/unsent.ts'
import { loadOrder, saveOrders } from '#renderer/data/repos/orders.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { CHANGE_LISTING_STORES } from '#renderer/usecases/change-listing.ts'
import { CHANGE_STORES, judgeAnew } from '#renderer/usecases/change-order.ts'
import { changeOutboxRow } from '#renderer/usecases/change-outbox-row.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { mayDrop, voidDraft } from '#renderer/usecases/drop-purchase.ts'
import { keepLabel } from '#renderer/usecases/drop-void.ts'
import { forgetReserve } from '#renderer/data/repos/reserves.repo.ts'
import { showWithoutRow } from '#renderer/usecases/show-unsent.ts'

/** The stores that dropping and restoring of any row need. */
export const ROW_STORES = [
  ...new Set([...CHANGE_LISTING_STORES, ...CHANGE_STORES, 'shipments' as const, 'reserves' as const]),
]

/**
 * Takes a change out of the outbox: the shop will not hear of it. What only waited for that is as the shop has it again: a listing's
 * texts, prices and stock, an order that was to be cancelled. A note stays on this desk. Returns the row, so that
 * `restoreOutboxRow` can put it back. Issues: `not-found.outbox-row`, `conflict.being-sent`, `conflict.may-have-bought`,
 * `conflict.may-have-voided`.
 */
export function dropOutboxRow(ctx: UseCaseContext, { id }: { id: OutboxId }): Promise<Result<OutboxRow>> {
  return inUnit(ctx.db, { stores: ROW_STORES, durability: 'strict' }, async () => {
    const dropped = await changeOutboxRow(ctx, id, 'outbox-dropped', mayDrop)
    if (!dropped.ok) return dropped
    const row = dropped.value
    if (isListingChange(row)) await showWithoutRow(ctx, row)
    if (row.kind === 'buy-label') await voidDraft(ctx, row)
    if (row.kind === 'void-label') await keepLabel(ctx, row)
    if (row.kind === 'push-stock') await forgetReserve(ctx.db, row)
    if (row.kind === 'cancel-order') await setCancelling(ctx, row, false)
    return dropped
  })
}

/** Whether an order waits for its shop to hear that it is cancelled. Needs CHANGE_STORES. */
export async function setCancelling(ctx: UseCaseContext, row: OutboxRow, on: boolean): Promise<void> {
  const loaded = await loadOrder(ctx.db, row.entityKey.replace(/^order:/, '') as OrderId)
  if (!loaded.ok) return
  const order: Order = {
    ...without(loaded.value, 'cancelling'),
    ...(on ? { cancelling: true } : {}),
    updatedAt: ctx.now(),
  }
  await saveOrders(ctx.db, await judgeAnew(ctx, [order]))
}
