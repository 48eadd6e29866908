import type { OrderId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { without } from '#core/shared/without.ts'
import type { Order } from '#core/order/order.ts'
import { inUnit, ORDER_STORES } from '#renderer/data/unit-of-work.ts'
import { addActivity, ofOrder, orderKey } from '#renderer/data/repos/activity.repo.ts'
import { loadOrder, saveOrders } from '#renderer/data/repos/orders.repo.ts'
import { outboxRowsOf } from '#renderer/data/repos/outbox.repo.ts'
import { currentShipment } from '#renderer/data/repos/shipments.repo.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { judgeAnew } from '#renderer/usecases/change-order.ts'

/**
 * Takes a hand-over back while the shop cannot have heard of it: the order is label-ready again and nothing is sent.
 * Issues: `conflict.stage` when it is not handed over (any more), `conflict.left-already` once the news has left this
 * machine and nobody knows that it did not arrive (a row that was dropped is restored first).
 */
export function undoHandOver(
  ctx: UseCaseContext<never>,
  { orderId }: { orderId: OrderId },
): Promise<Result<Order>> {
  const { db, newId, now } = ctx
  const stores = [...ORDER_STORES, 'shipments', 'outbox', 'products', 'settings'] as const
  return inUnit(db, { stores, durability: 'strict' }, async () => {
    const loaded = await loadOrder(db, orderId)
    if (!loaded.ok) return loaded
    if (loaded.value.stage !== 'handed_over')
      return err(issue('conflict', { reason: 'stage', field: 'stage' }))
    const shipment = await currentShipment(db, orderId)
    if (shipment === null) return err(issue('not-found', { reason: 'shipment' }))
    const rows = (await outboxRowsOf(db, orderKey(orderId))).filter((row) => row.kind === 'confirm-shipment')
    const mayHaveLeft = rows.length === 0 || rows.some((row) => row.state === 'leased' || row.inFlight)
    if (mayHaveLeft) return err(issue('conflict', { reason: 'left-already' }))
    await db.outbox.bulkDelete(rows.map((row) => row.id))
    // Not a move of the shipment's own table: the hand-over is taken back as if it had not been said.
    await db.shipments.put({ ...shipment, state: 'printed', updatedAt: now() })
    const [order = loaded.value] = await judgeAnew(ctx, [
      { ...without(loaded.value, 'handedOverAt', 'newsAt'), stage: 'label_ready', updatedAt: now() },
    ])
    await saveOrders(db, [order])
    await addActivity(db, newId, [
      { ...ofOrder(order), at: now(), what: 'hand-over-undone', values: {}, by: 'here' },
    ])
    return ok(order)
  })
}
