import type { OrderId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { Order } from '#core/order/order.ts'
import { orderKey } from '#renderer/data/repos/activity.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { addChange, offers } from '#renderer/usecases/add-change.ts'
import { changeOrder, CHANGE_STORES } from '#renderer/usecases/change-order.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

const LONGEST_REASON = 500

/**
 * Cancels a whole order: from now on nobody ships it here, and its shop is told. The order is cancelled when the shop says so.
 * Issues: `unsupported.no-such-operation` when the shop's connector cannot cancel, `conflict.stage` once the parcel is handed over
 * or a label is made (void it first), `invalid-input.reason-too-long`.
 */
export function cancelOrder(
  ctx: UseCaseContext,
  { orderId, reason }: { orderId: OrderId; reason: string },
): Promise<Result<Order>> {
  const { db } = ctx
  const stores = [...CHANGE_STORES, 'connections', 'outbox'] as const
  return inUnit(db, { stores, durability: 'strict' }, async () => {
    const order = await db.orders.get(orderId)
    if (order !== undefined && !(await offers(db, order.connectionId, 'cancel-order')))
      return err(issue('unsupported', { reason: 'no-such-operation' }))
    const changed = await changeOrder(ctx, orderId, {
      what: 'cancel-asked',
      values: { reason: reason.slice(0, 200) },
      change: (before) => mark(before, reason),
    })
    if (!changed.ok) return changed
    const { connectionId, number, remoteId } = changed.value
    await addChange(ctx, {
      ...{ connectionId, entityKey: orderKey(orderId), entityLabel: number, kind: 'cancel-order' },
      payload: { orderRemoteId: remoteId, reason: reason.trim() },
    })
    return changed
  })
}

function mark(order: Order, reason: string): Result<Order> {
  if (reason.trim().length > LONGEST_REASON)
    return err(issue('invalid-input', { reason: 'reason-too-long', field: 'reason' }))
  const open = order.stage === 'to_ship' || order.stage === 'unpaid'
  if (!open || order.cancelling === true) return err(issue('conflict', { reason: 'stage', field: 'stage' }))
  return ok({ ...order, cancelling: true })
}
