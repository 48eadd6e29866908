import type { CaravelDatabase } from '#renderer/data/database.ts'
import type { PrintJob } from '#renderer/data/records.ts'
import { loadOrder, saveOrders } from '#renderer/data/repos/orders.repo.ts'

/**
 * In a unit over the orders: a label went to a printer, at `at` (epoch ms). What is said of an order that is not waiting with its label any
 * more, or that knows of a later print, changes nothing.
 */
export async function noteLabelPrinted(
  db: CaravelDatabase,
  { orderId }: Pick<PrintJob, 'orderId'>,
  at: number,
): Promise<void> {
  const order = await loadOrder(db, orderId)
  if (!order.ok || order.value.stage !== 'label_ready' || (order.value.printedAt ?? 0) >= at) return
  await saveOrders(db, [{ ...order.value, printedAt: at, updatedAt: at }])
}
