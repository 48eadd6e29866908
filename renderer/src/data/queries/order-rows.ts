import type { OrderRow } from '#core/order/order-row.ts'
import type { OrderId } from '#core/shared/ids.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'

/** Rows of orders in the order of the ids; those that are gone are left out. */
export async function readOrderRows(db: CaravelDatabase, ids: readonly OrderId[]): Promise<OrderRow[]> {
  const rows = await db.orderRows.bulkGet([...ids])
  return rows.filter((row) => row !== undefined)
}
