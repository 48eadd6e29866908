import type { OrderId } from '#core/shared/ids.ts'
import type { Issue } from '#core/shared/issue.ts'
import type { OperationOutput } from '#core/contracts/operations.ts'
import { checkOrder } from '#core/order/check-order.ts'
import type { Order } from '#core/order/order.ts'
import { refreshBlocked } from '#core/order/reconcile-order.ts'
import { giveUpLabel } from '#core/shipping/give-up-label.ts'
import { withVoiding } from '#core/shipping/shipment.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import { addActivity } from '#renderer/data/repos/activity.repo.ts'
import { loadFacts } from '#renderer/data/repos/facts.repo.ts'
import { loadOrder, saveOrders } from '#renderer/data/repos/orders.repo.ts'
import { inUnit, ORDER_STORES } from '#renderer/data/unit-of-work.ts'
import type { SyncDeps } from '#renderer/sync/sync-deps.ts'

type VoidRow = OutboxRow<'void-label'>

const STORES = [...ORDER_STORES, 'shipments', 'products', 'settings', 'outbox'] as const

/**
 * The carrier took the label back: its shipment is void, its order is to ship again and the row leaves, in one transaction. An answer that
 * came twice changes nothing. A parcel that left the house all the same stays what it is, and says that its label is void.
 */
export function settleVoided(
  deps: SyncDeps,
  row: VoidRow,
  { outcome }: OperationOutput<'void-label'>,
): Promise<void> {
  const { db, newId, now } = deps
  return inUnit(db, { stores: STORES, durability: 'strict' }, async () => {
    if ((await db.outbox.get(row.id)) === undefined) return
    await db.outbox.delete(row.id)
    const { entityKey, connectionId, entityLabel: label, payload } = row
    const shipment = await db.shipments.get(payload.shipmentId)
    if (shipment !== undefined) {
      const told = withVoiding(shipment, { intentId: row.id, state: 'voided', refusal: null }, now())
      const isGone = shipment.state === 'handed_over'
      // Past the table of moves on purpose: whatever it was here, the carrier's word counts.
      await db.shipments.put(isGone ? told : { ...told, state: 'voided' })
      const order = await loadOrder(db, entityKey.replace(/^order:/, '') as OrderId)
      if (order.ok && !isGone && shipment.state !== 'voided')
        await saveOrders(db, [await judged(deps, giveUpLabel(order.value, shipment, now()))])
    }
    const values = { number: payload.number, outcome }
    await addActivity(db, newId, [
      { entityKey, connectionId, label, at: now(), what: 'void-confirmed', values, by: 'remote' },
    ])
  })
}

/** The carrier did not take the label back: it is as good as before, and says why. Needs `shipments`. */
export async function noteVoidRefused({ db, now }: SyncDeps, row: VoidRow, refusal: Issue): Promise<void> {
  const shipment = await db.shipments.get(row.payload.shipmentId)
  if (shipment !== undefined)
    await db.shipments.put(withVoiding(shipment, { intentId: row.id, state: 'refused', refusal }, now()))
}

async function judged({ db, now, rules }: SyncDeps, order: Order): Promise<Order> {
  const skus = order.lines.map(({ sku }) => sku)
  return refreshBlocked(order, checkOrder(order, await loadFacts(db, skus, rules, now())), now())
}
