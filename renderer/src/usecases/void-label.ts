import type { OrderId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { without } from '#core/shared/without.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { Order } from '#core/order/order.ts'
import { advanceShipment, isBeingBought, numberOf } from '#core/shipping/shipment.ts'
import { inUnit, ORDER_STORES } from '#renderer/data/unit-of-work.ts'
import { addActivity, ofOrder } from '#renderer/data/repos/activity.repo.ts'
import { loadOrder, saveOrders } from '#renderer/data/repos/orders.repo.ts'
import { currentShipment } from '#renderer/data/repos/shipments.repo.ts'
import { judgeAnew } from '#renderer/usecases/change-order.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/**
 * Throws a label away: its shipment is voided, its number is never used again, the order is to ship again. Issues:
 * `not-found.shipment`, `conflict.shipment-move` once it was handed over, `conflict.purchase-under-way` while a carrier is asked for it.
 */
export function voidLabel(ctx: UseCaseContext, { orderId }: { orderId: OrderId }): Promise<Result<Order>> {
  const { db, newId, now } = ctx
  return inUnit(
    db,
    { stores: [...ORDER_STORES, 'shipments', 'products', 'settings'], durability: 'strict' },
    async () => {
      const loaded = await loadOrder(db, orderId)
      if (!loaded.ok) return loaded
      const shipment = await currentShipment(db, orderId)
      if (shipment === null) return err(issue('not-found', { reason: 'shipment' }))
      if (isBeingBought(shipment)) return err(issue('conflict', { reason: 'purchase-under-way' }))
      const voided = advanceShipment(shipment, 'voided', now())
      if (!voided.ok) return voided
      await db.shipments.put(voided.value)
      const stage = loaded.value.stage === 'label_ready' ? 'to_ship' : loaded.value.stage
      const [order = loaded.value] = await judgeAnew(ctx, [
        { ...without(loaded.value, 'spareLabel'), stage, trackingNumber: '', updatedAt: now() },
      ])
      await saveOrders(db, [order])
      await addActivity(db, newId, [
        {
          ...ofOrder(order),
          at: now(),
          what: 'label-voided',
          values: { number: numberOf(shipment) },
          by: 'here',
        },
      ])
      return ok(order)
    },
  )
}
