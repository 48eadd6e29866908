import { without } from '#core/shared/without.ts'
import { describeChanges, listChanges } from '#core/order/list-changes.ts'
import { findReturning } from '#renderer/data/queries/parked.ts'
import { addActivity, ofOrder } from '#renderer/data/repos/activity.repo.ts'
import { loadOrders, saveOrders } from '#renderer/data/repos/orders.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { CHANGE_STORES, judgeAnew } from '#renderer/usecases/change-order.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

const PER_UNIT = 200

/** Ends the parking of orders whose day has come, each with its entry in the timeline. Returns how many came back. */
export async function bringBackDue(ctx: UseCaseContext<never>): Promise<number> {
  let all = 0
  for (;;) {
    const some = await bringBackSome(ctx)
    all += some
    if (some < PER_UNIT) return all
  }
}

function bringBackSome(ctx: UseCaseContext<never>): Promise<number> {
  const { db, newId, now } = ctx
  return inUnit(db, { stores: CHANGE_STORES, durability: 'strict' }, async () => {
    const at = now()
    const parked = await loadOrders(db, await findReturning(db, at, PER_UNIT))
    const orders = await judgeAnew(
      ctx,
      parked.map((order) => ({ ...without(order, 'parked'), updatedAt: at })),
    )
    await saveOrders(db, orders)
    const before = new Map(parked.map((order) => [order.id, order]))
    const entries = orders.map((order) => {
      const changes = describeChanges(listChanges(before.get(order.id) ?? order, order))
      return { ...ofOrder(order), at, what: 'park-over', values: {}, by: 'here' as const, changes }
    })
    await addActivity(db, newId, entries)
    return orders.length
  })
}
