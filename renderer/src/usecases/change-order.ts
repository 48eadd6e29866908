import type { OrderId } from '#core/shared/ids.ts'
import type { Result } from '#core/shared/result.ts'
import { checkOrder, isJudged } from '#core/order/check-order.ts'
import { describeChanges, listChanges } from '#core/order/list-changes.ts'
import type { Order } from '#core/order/order.ts'
import { refreshBlocked } from '#core/order/reconcile-order.ts'
import { inUnit, ORDER_STORES } from '#renderer/data/unit-of-work.ts'
import { ofOrder, openJournal, type NewActivity } from '#renderer/data/repos/activity.repo.ts'
import { lastChange } from '#renderer/data/repos/order-changes.repo.ts'
import { loadFacts } from '#renderer/data/repos/facts.repo.ts'
import { loadOrder, saveOrders } from '#renderer/data/repos/orders.repo.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/** The stores that an edit of an order needs. */
export const CHANGE_STORES = [...ORDER_STORES, 'products', 'settings'] as const

export interface OrderEdit {
  /** Key of the entry in the order's timeline. */
  what: string
  values?: NewActivity['values']
  /** False when the change leaves whatever blocks the order as it is. */
  decides?: boolean
  change: (order: Order) => Result<Order>
}

/**
 * A person's edit of one order: changed, judged anew (`blocked`), written with its row, counters and timeline in one
 * strict transaction. A change that gives back the same object writes nothing. Issues: those of loading the order, and those of the
 * change.
 */
export function changeOrder(
  ctx: UseCaseContext<never>,
  id: OrderId,
  { what, values = {}, decides = true, change }: OrderEdit,
): Promise<Result<Order>> {
  const { db, newId, now } = ctx
  return inUnit(db, { stores: CHANGE_STORES, durability: 'strict' }, async () => {
    // With the order comes what will be needed to write it: each wait for the store is felt.
    const last = lastChange(db)
    const [loaded, journal] = await Promise.all([loadOrder(db, id), openJournal(db, newId), last])
    if (!loaded.ok) return loaded
    const changed = change(loaded.value)
    if (!changed.ok || changed.value === loaded.value) return changed
    const edited = { ...changed.value, updatedAt: now() }
    const [order = edited] = decides ? await judgeAnew(ctx, [edited]) : []
    const changes = describeChanges(listChanges(loaded.value, order))
    await Promise.all([
      saveOrders(db, [order], { before: new Map([[id, loaded.value]]), lastChange: last }),
      journal.add([{ ...ofOrder(order), at: now(), what, values, by: 'here', changes }]),
      journal.close(),
    ])
    return { ok: true, value: order }
  })
}

/** Decides `blocked` anew; an order that stays as it is comes back as the same object. Needs `products` and `settings`. */
export async function judgeAnew(
  { db, now, rules }: Pick<UseCaseContext, 'db' | 'now' | 'rules'>,
  orders: readonly Order[],
): Promise<Order[]> {
  const facts = await loadFacts(
    db,
    orders.filter(isJudged).flatMap(({ lines }) => lines.map(({ sku }) => sku)),
    rules,
    now(),
  )
  return orders.map((order) => refreshBlocked(order, checkOrder(order, facts), now()))
}
