import type { OrderId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { Order } from '#core/order/order.ts'
import { giveUpLabel } from '#core/shipping/give-up-label.ts'
import {
  advanceShipment,
  isBeingBought,
  numberOf,
  withVoiding,
  type Purchase,
  type Shipment,
} from '#core/shipping/shipment.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import { inUnit, ORDER_STORES } from '#renderer/data/unit-of-work.ts'
import { addActivity, ofOrder, orderKey } from '#renderer/data/repos/activity.repo.ts'
import { loadOrder, saveOrders } from '#renderer/data/repos/orders.repo.ts'
import { currentShipment } from '#renderer/data/repos/shipments.repo.ts'
import { freshRow, offers } from '#renderer/usecases/add-change.ts'
import { judgeAnew } from '#renderer/usecases/change-order.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

export interface VoidLabelInput {
  orderId: OrderId
  /** A bought label is thrown away at this desk only: its carrier is not asked for the money. */
  hereOnly?: boolean
}

/** `asked`: the label waits for its carrier; `voided`: it is gone. */
export interface VoidedLabel {
  state: 'asked' | 'voided'
  order: Order
}

const STORES = [...ORDER_STORES, 'shipments', 'products', 'settings', 'outbox', 'connections'] as const

/**
 * A label is not wanted any more. One of our own is thrown away: its shipment is voided, its number is never used again, the order is to
 * ship again. One that was bought is given back: the wish is noted with the shipment and in the outbox, in one strict transaction, and the
 * label is void when its carrier has said so (renderer/src/sync/void-purchase.ts). Issues: `not-found.shipment`, `conflict.shipment-move` once
 * it was handed over, `conflict.purchase-under-way` while a carrier is asked for it, `conflict.void-asked` while one is asked to take it back.
 */
export function voidLabel(
  ctx: UseCaseContext<never>,
  { orderId, hereOnly = false }: VoidLabelInput,
): Promise<Result<VoidedLabel>> {
  const { db, now } = ctx
  return inUnit(db, { stores: STORES, durability: 'strict' }, async () => {
    const loaded = await loadOrder(db, orderId)
    if (!loaded.ok) return loaded
    const shipment = await currentShipment(db, orderId)
    if (shipment === null) return err(issue('not-found', { reason: 'shipment' }))
    if (isBeingBought(shipment)) return err(issue('conflict', { reason: 'purchase-under-way' }))
    const voided = advanceShipment(shipment, 'voided', now())
    if (!voided.ok) return voided
    const { purchase } = shipment
    const intent =
      purchase?.voiding === undefined ? undefined : await db.outbox.get(purchase.voiding.intentId)
    if (intent !== undefined) return err(issue('conflict', { reason: 'void-asked' }))
    const sale = hereOnly ? null : await saleOf(ctx, purchase)
    return ok(
      sale === null
        ? await throwAway(ctx, loaded.value, voided.value)
        : await giveBack(ctx, loaded.value, shipment, sale),
    )
  })
}

type Sale = Pick<OutboxRow, 'connectionId'> & { remoteId: string }

/** What a carrier can be asked to take back; null for a number of our own, or when it does not do that. */
async function saleOf({ db }: UseCaseContext<never>, purchase: Purchase | undefined): Promise<Sale | null> {
  const { remoteId = null, connectionId } = purchase ?? {}
  if (connectionId === undefined || remoteId === null) return null
  return (await offers(db, connectionId, 'void-label')) ? { connectionId, remoteId } : null
}

async function throwAway(ctx: UseCaseContext<never>, before: Order, voided: Shipment): Promise<VoidedLabel> {
  const { db, newId, now } = ctx
  await db.shipments.put(voided)
  const [order = before] = await judgeAnew(ctx, [giveUpLabel(before, voided, now())])
  await saveOrders(db, [order])
  const values = { number: numberOf(voided) }
  await addActivity(db, newId, [{ ...ofOrder(order), at: now(), what: 'label-voided', values, by: 'here' }])
  return { state: 'voided', order }
}

async function giveBack(
  ctx: UseCaseContext<never>,
  before: Order,
  shipment: Shipment,
  { connectionId, remoteId }: Sale,
): Promise<VoidedLabel> {
  const { db, newId, now } = ctx
  const number = numberOf(shipment)
  const row = freshRow(ctx, {
    ...{ connectionId, entityKey: orderKey(before.id), entityLabel: before.number },
    kind: 'void-label',
    payload: { shipmentId: shipment.id, purchaseRemoteId: remoteId, number },
  })
  await db.shipments.put(withVoiding(shipment, { intentId: row.id, state: 'asked', refusal: null }, now()))
  await db.outbox.add(row)
  // Its place in the journal of unsent work is by its order.
  const order = { ...before, updatedAt: now() }
  await saveOrders(db, [order])
  await addActivity(db, newId, [
    { ...ofOrder(order), at: now(), what: 'void-asked', values: { number }, by: 'here' },
  ])
  return { state: 'asked', order }
}
