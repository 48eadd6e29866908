import type { Product } from '#core/catalog/product.ts'
import type { OrderId } from '#core/shared/ids.ts'
import type { Issue } from '#core/shared/issue.ts'
import type { Order } from '#core/order/order.ts'
import type { Shipment } from '#core/shipping/shipment.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { watch, type Watched } from '#renderer/data/queries/watch.ts'
import type { Activity, Connection, PrintJob, StoredDocument } from '#renderer/data/records.ts'
import { orderKey } from '#renderer/data/repos/activity.repo.ts'
import { loadOrder } from '#renderer/data/repos/orders.repo.ts'
import { outboxRowsOf } from '#renderer/data/repos/outbox.repo.ts'
import { productsWithParts } from '#renderer/data/repos/products.repo.ts'
import { currentShipment } from '#renderer/data/repos/shipments.repo.ts'

/** Everything the order's side panel shows. */
export interface OrderDetail {
  order: Order
  connection: Connection | null
  /** By SKU; a SKU without an entry is not in the catalogue. */
  products: Record<string, Product>
  /** The one that counts; voided ones are in `activity`. */
  shipment: Shipment | null
  documents: StoredDocument[]
  printJobs: PrintJob[]
  /** Oldest first. */
  activity: Activity[]
  outbox: OutboxRow[]
}

/** An order with what hangs on it; null when there is none, the issue when its record does not parse. */
export async function readOrder(db: CaravelDatabase, id: OrderId): Promise<OrderDetail | Issue | null> {
  const loaded = await loadOrder(db, id)
  if (!loaded.ok) return loaded.error.code === 'not-found' ? null : loaded.error
  const order = loaded.value
  const [connection, products, shipment, documents, printJobs, activity, outbox] = await Promise.all([
    db.connections.get(order.connectionId),
    productsWithParts(
      db,
      order.lines.map((line) => line.sku),
    ),
    currentShipment(db, id),
    db.documents.where('orderId').equals(id).sortBy('id'),
    db.printJobs.where('orderId').equals(id).sortBy('id'),
    db.activity.where('entityKey').equals(orderKey(id)).sortBy('id'),
    outboxRowsOf(db, orderKey(id)),
  ])
  return {
    order,
    connection: connection ?? null,
    products: Object.fromEntries(products),
    shipment,
    documents,
    printJobs,
    activity,
    outbox,
  }
}

/** Tells the two unhappy answers of `readOrder` apart from a detail. */
export function isOrderDetail(answer: OrderDetail | Issue | null): answer is OrderDetail {
  return answer !== null && 'order' in answer
}

export function watchOrder(db: CaravelDatabase, id: OrderId): Watched<OrderDetail | Issue | null> {
  return watch(() => readOrder(db, id))
}
