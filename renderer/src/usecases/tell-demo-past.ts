import { DEFAULT_NO_SCAN_DAYS } from '#core/order/clock.ts'
import type { Order } from '#core/order/order.ts'
import { loadOrders, saveOrders } from '#renderer/data/repos/orders.repo.ts'
import { inUnit, ORDER_STORES } from '#renderer/data/unit-of-work.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

const DAY_MS = 86_400_000
const SILENT_PARCELS = 4

/**
 * Gives the demo something that happened before it was opened: a few parcels left days ago, and nobody has heard of them since. Once; false
 * while its shops have not all been read.
 */
export function tellDemoPast({ db, now }: Pick<UseCaseContext, 'db' | 'now'>): Promise<boolean> {
  return inUnit(db, { stores: [...ORDER_STORES, 'connections'], durability: 'relaxed' }, async () => {
    const shops = await db.connections.toArray()
    if (shops.length === 0 || shops.some(({ lastSuccessAt }) => lastSuccessAt === null)) return false
    const rows = await db.orderRows.where(':id').above('').toArray()
    const shipped = rows.filter(({ queue }) => queue === 'shipped')
    if (shipped.some(({ handedOverAt }) => handedOverAt !== null)) return true
    const before = now() - (DEFAULT_NO_SCAN_DAYS + 1) * DAY_MS
    const left = shipped.filter(({ placedAt }) => placedAt !== null && placedAt + DAY_MS < before)
    // The newest of them: what left longest ago is delivered.
    const silent = left.sort((a, b) => (b.placedAt ?? 0) - (a.placedAt ?? 0)).slice(0, SILENT_PARCELS)
    const orders = await loadOrders(
      db,
      silent.map(({ id }) => id),
    )
    await saveOrders(db, orders.map(withLeaving))
    return true
  })
}

function withLeaving(order: Order): Order {
  return order.placedAt === null ? order : { ...order, handedOverAt: order.placedAt + DAY_MS }
}
