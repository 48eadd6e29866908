import type { Address } from '#core/address/address.ts'
import type { ConnectionId, OrderId } from '#core/shared/ids.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { isEqual } from '#core/sync/merge3.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import type { Shipment } from '#core/shipping/shipment.ts'
import { inUnit, ORDER_STORES } from '#renderer/data/unit-of-work.ts'
import { addActivity, ofOrder, orderKey } from '#renderer/data/repos/activity.repo.ts'
import { loadOrder, saveOrders } from '#renderer/data/repos/orders.repo.ts'
import { loadDesk } from '#renderer/data/repos/settings.repo.ts'
import { fitForCarrier } from '#renderer/data/repos/carriers.repo.ts'
import { currentShipment } from '#renderer/data/repos/shipments.repo.ts'
import { freshRow, offers } from '#renderer/usecases/add-change.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import { previewLabel } from '#renderer/usecases/make-label.ts'
import type { LabelPlan, ParcelFacts } from '#renderer/usecases/plan-label.ts'

export interface BuyLabelInput extends ParcelFacts {
  orderId: OrderId
  /** The carrier's. */
  connectionId: ConnectionId
  /** The carrier's own code. */
  service: string
}

const STORES = [...ORDER_STORES, 'shipments', 'outbox', 'connections', 'settings'] as const

/**
 * Writes the intent to buy an order's label: a draft of the shipment, with all that is asked for, and a row in the outbox, in one
 * strict transaction. The engine does the buying (renderer/src/sync/purchase.ts). Issues are those of making a label
 * (plan-label.ts), `invalid-input.service-missing`, `invalid-input.address-line-too-long` for its carrier, `unsupported.no-such-operation`, `conflict.stage`, `conflict.blocked`,
 * `conflict.label-exists` while the order has a shipment that was not voided, `conflict.order-changed` when it changed during the check.
 */
export async function buyLabel(
  ctx: UseCaseContext,
  input: BuyLabelInput,
): Promise<Result<{ shipment: Shipment; row: OutboxRow }, Issue[]>> {
  if (input.service.trim() === '')
    return err([issue('invalid-input', { reason: 'service-missing', field: 'service' })])
  const checked = await previewLabel(ctx, input)
  if (!checked.ok) return checked
  const { order, plan } = checked.value
  if (plan.errors.length > 0) return err(plan.errors)
  const written = await writeIntent(ctx, input, order.shipTo, plan)
  return written.ok ? written : err([written.error])
}

function writeIntent(
  ctx: UseCaseContext,
  input: BuyLabelInput,
  checkedTo: Address | null,
  { declaration, ruleIds }: LabelPlan,
): Promise<Result<{ shipment: Shipment; row: OutboxRow }>> {
  const { db, newId, now } = ctx
  return inUnit(db, { stores: STORES, durability: 'strict' }, async () => {
    const loaded = await loadOrder(db, input.orderId)
    if (!loaded.ok) return loaded
    const order = loaded.value
    const refused = await whyNot(ctx, input)
    if (refused !== null) return err(refused)
    if (order.stage !== 'to_ship') return err(issue('conflict', { reason: 'stage', field: 'stage' }))
    if (order.blocked !== null)
      return err(issue('conflict', { reason: 'blocked', field: order.blockedField }))
    const { shipTo: to } = order
    if (to === null || !isEqual(to, checkedTo)) return err(issue('conflict', { reason: 'order-changed' }))
    const { sender: from } = await loadDesk(db)
    const fitted = await fitForCarrier(db, input.connectionId, to)
    if (!fitted.ok) return err(fitted.error[0] ?? issue('invalid-input', { field: 'shipTo' }))
    const id = newId<'shipment'>()
    const service = input.service.trim()
    const row = freshRow(ctx, {
      ...{ connectionId: input.connectionId, entityKey: orderKey(order.id), entityLabel: order.number },
      kind: 'buy-label',
      payload: { shipmentId: id, service, country: to.country, mayHaveArrived: false },
    })
    const at = now()
    const shipment: Shipment = {
      ...{ id, orderIds: [order.id], connectionId: order.connectionId, poolId: null, service },
      ...{ trackingNumber: null, state: 'draft', documentId: null, createdAt: at, updatedAt: at },
      ...{ grossGrams: input.grossGrams, sizeMm: input.sizeMm ?? null, declaration, ruleIds },
      purchase: {
        ...{ connectionId: input.connectionId, intentId: row.id, asked: { from, to } },
        ...{ remoteId: null, cost: null },
      },
    }
    await db.shipments.add(shipment)
    await db.outbox.add(row)
    // Its place in the journal of unsent work is by its order.
    await saveOrders(db, [{ ...order, updatedAt: at }])
    await addActivity(db, newId, [
      { ...ofOrder(order), at, what: 'purchase-asked', values: { service }, by: 'here' },
    ])
    return ok({ shipment, row })
  })
}

async function whyNot(
  { db }: UseCaseContext,
  { connectionId, orderId }: BuyLabelInput,
): Promise<Issue | null> {
  if ((await db.connections.get(connectionId)) === undefined)
    return issue('not-found', { reason: 'connection' })
  const able =
    (await offers(db, connectionId, 'buy-label')) && (await offers(db, connectionId, 'resolve-purchase'))
  if (!able) return issue('unsupported', { reason: 'no-such-operation' })
  return (await currentShipment(db, orderId)) === null ? null : issue('conflict', { reason: 'label-exists' })
}
