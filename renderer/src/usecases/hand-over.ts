import type { OrderId } from '#core/shared/ids.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { Order } from '#core/order/order.ts'
import { NOT_BLOCKED } from '#core/order/stages.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import { advanceShipment, isVoidAsked, numberOf, type Shipment } from '#core/shipping/shipment.ts'
import { inUnit, ORDER_STORES } from '#renderer/data/unit-of-work.ts'
import { addActivity, ofOrder, orderKey } from '#renderer/data/repos/activity.repo.ts'
import { loadOrder, saveOrders } from '#renderer/data/repos/orders.repo.ts'
import { currentShipment } from '#renderer/data/repos/shipments.repo.ts'
import { freshRow } from '#renderer/usecases/add-change.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

export interface HandedOver {
  handedOver: OrderId[]
  /** Orders left as they were, and why. */
  refused: { orderId: OrderId; issue: Issue }[]
}

/**
 * The parcels have left: shipment, stage and the note that the shop must be told change in one transaction, one order
 * each. An order handed over already is not told twice. Reasons to refuse: `conflict.stage`, `conflict.blocked`,
 * `not-found.shipment`, `conflict.void-asked` while the carrier is asked to take its label back.
 */
export async function handOver(
  ctx: UseCaseContext<never>,
  { orderIds }: { orderIds: readonly OrderId[] },
): Promise<Result<HandedOver>> {
  const outcome: HandedOver = { handedOver: [], refused: [] }
  for (const orderId of new Set(orderIds)) {
    const done = await handOverOne(ctx, orderId)
    if (done.ok) outcome.handedOver.push(orderId)
    else outcome.refused.push({ orderId, issue: done.error })
  }
  return ok(outcome)
}

function handOverOne(ctx: UseCaseContext<never>, orderId: OrderId): Promise<Result<null>> {
  const { db, newId, now } = ctx
  return inUnit(db, { stores: [...ORDER_STORES, 'shipments', 'outbox'], durability: 'strict' }, async () => {
    const loaded = await loadOrder(db, orderId)
    if (!loaded.ok) return loaded
    const order = loaded.value
    if (order.stage === 'handed_over') return ok(null)
    if (order.stage !== 'label_ready') return err(issue('conflict', { reason: 'stage', field: 'stage' }))
    if (order.blocked !== null)
      return err(issue('conflict', { reason: 'blocked', field: order.blockedField }))
    const shipment = await currentShipment(db, orderId)
    if (shipment === null) return err(issue('not-found', { reason: 'shipment' }))
    if (isVoidAsked(shipment)) return err(issue('conflict', { reason: 'void-asked' }))
    const gone = letGo(shipment, now())
    if (!gone.ok) return gone
    await db.shipments.put(gone.value)
    const handedOverAt = now()
    const left: Order = { ...order, ...NOT_BLOCKED, stage: 'handed_over', handedOverAt, updatedAt: now() }
    await saveOrders(db, [left])
    await db.outbox.add(confirmation(ctx, order, shipment))
    await addActivity(db, newId, [
      {
        ...ofOrder(order),
        at: now(),
        what: 'handed-over',
        values: { number: numberOf(shipment) },
        by: 'here',
      },
    ])
    return ok(null)
  })
}

/** Whoever hands a parcel over has its label in hand: that it was printed needs no other word. */
function letGo(shipment: Shipment, now: number): Result<Shipment> {
  const printed = shipment.state === 'label_stored' ? advanceShipment(shipment, 'printed', now) : ok(shipment)
  return printed.ok ? advanceShipment(printed.value, 'handed_over', now) : printed
}

function confirmation(ctx: UseCaseContext<never>, order: Order, shipment: Shipment): OutboxRow {
  return freshRow(ctx, {
    ...{ connectionId: order.connectionId, entityKey: orderKey(order.id), entityLabel: order.number },
    kind: 'confirm-shipment',
    payload: {
      orderRemoteId: order.remoteId,
      trackingNumber: numberOf(shipment),
      carrier: shipment.service,
    },
  })
}
