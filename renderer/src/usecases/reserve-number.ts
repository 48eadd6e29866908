import type { PoolId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { Order } from '#core/order/order.ts'
import { allocateNumber, type NumberPool } from '#core/shipping/number-pool.ts'
import { advanceShipment, isBeingBought, type Shipment } from '#core/shipping/shipment.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { inUnit, ORDER_STORES } from '#renderer/data/unit-of-work.ts'
import { addActivity, ofOrder } from '#renderer/data/repos/activity.repo.ts'
import { loadOrder, saveOrders } from '#renderer/data/repos/orders.repo.ts'
import { currentShipment } from '#renderer/data/repos/shipments.repo.ts'
import type { StoredDocument } from '#renderer/data/records.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'
import type { LabelPlan, MakeLabelInput } from '#renderer/usecases/plan-label.ts'

export interface Reserved {
  shipment: Shipment
  /** There when the label has been stored already. */
  document: StoredDocument | null
}

/**
 * Takes a number for an order: pool, shipment and order change together, on disk before anything is drawn. What an
 * attempt before left behind is used: its label, or its number when it is of the same pool (else that number is voided).
 */
export function reserveNumber(
  ctx: UseCaseContext<never>,
  input: MakeLabelInput,
  plan: LabelPlan,
): Promise<Result<Reserved>> {
  const { db } = ctx
  return inUnit(
    db,
    { stores: [...ORDER_STORES, 'shipments', 'pools', 'documents'], durability: 'strict' },
    async () => {
      const loaded = await loadOrder(db, input.orderId)
      if (!loaded.ok) return loaded
      const left = await currentShipment(db, input.orderId)
      if (left !== null && isBeingBought(left))
        return err(issue('conflict', { reason: 'purchase-under-way' }))
      const document =
        left?.documentId === null || left === null ? undefined : await db.documents.get(left.documentId)
      if (left !== null && document !== undefined && left.state !== 'handed_over')
        return ok({ shipment: left, document })
      const order = loaded.value
      if (order.stage !== 'to_ship') return err(issue('conflict', { reason: 'stage', field: 'stage' }))
      if (order.blocked !== null)
        return err(issue('conflict', { reason: 'blocked', field: order.blockedField }))
      if (left?.state === 'numbered' && left.poolId === input.poolId)
        return ok({ shipment: await refresh(ctx, left, input, plan), document: null })
      const taken = await takeNumber(db, input.poolId)
      if (!taken.ok) return taken
      if (left !== null) await voidLeftover(ctx, left)
      return ok({ shipment: await openShipment(ctx, order, input, plan, taken.value), document: null })
    },
  )
}

/** The next number that no shipment ever had, also when the pool came back from an old backup. */
async function takeNumber(
  db: CaravelDatabase,
  poolId: PoolId,
): Promise<Result<{ number: string; pool: NumberPool }>> {
  let pool = await db.pools.get(poolId)
  if (pool === undefined) return err(issue('not-found', { reason: 'pool', field: 'poolId' }))
  for (;;) {
    const next = allocateNumber(pool)
    if (!next.ok) return next
    pool = next.value.pool
    if ((await db.shipments.where('trackingNumber').equals(next.value.number).count()) > 0) continue
    await db.pools.put(pool)
    return next
  }
}

async function openShipment(
  { db, newId, now }: UseCaseContext<never>,
  order: Order,
  { grossGrams, sizeMm }: MakeLabelInput,
  { declaration, ruleIds }: LabelPlan,
  { number, pool }: { number: string; pool: NumberPool },
): Promise<Shipment> {
  const at = now()
  const shipment: Shipment = {
    ...{
      id: newId<'shipment'>(),
      orderIds: [order.id],
      connectionId: order.connectionId,
      createdAt: at,
      updatedAt: at,
    },
    ...{
      poolId: pool.id,
      service: pool.service,
      trackingNumber: number,
      state: 'numbered',
      documentId: null,
    },
    ...{ grossGrams, sizeMm: sizeMm ?? null, declaration, ruleIds },
  }
  await db.shipments.add(shipment)
  await saveOrders(db, [{ ...order, trackingNumber: number, updatedAt: at }])
  await addActivity(db, newId, [
    {
      ...ofOrder(order),
      at,
      what: 'number-taken',
      values: { number, service: pool.service },
      by: 'here',
    },
  ])
  return shipment
}

async function refresh(
  { db, now }: UseCaseContext<never>,
  left: Shipment,
  { grossGrams, sizeMm }: MakeLabelInput,
  { declaration, ruleIds }: LabelPlan,
): Promise<Shipment> {
  const shipment = { ...left, grossGrams, sizeMm: sizeMm ?? null, declaration, ruleIds, updatedAt: now() }
  await db.shipments.put(shipment)
  return shipment
}

async function voidLeftover({ db, now }: UseCaseContext<never>, left: Shipment): Promise<void> {
  const voided = advanceShipment(left, 'voided', now())
  if (!voided.ok) throw new Error(`shipment ${left.id} in ${left.state} blocks a new label`)
  await db.shipments.put(voided.value)
}
