import type Dexie from 'dexie'
import type { Transaction } from 'dexie'
import type { ListingRow } from '#core/listing/listing-row.ts'
import { toOrderRow } from '#core/order/order-row.ts'
import type { Order } from '#core/order/order.ts'
import type { Product } from '#core/catalog/product.ts'
import { toStoredOrder, toStoredProduct } from '#renderer/data/beside-records.ts'
import { noteChange, noteListingChange, type CountChanges } from '#renderer/data/counting.ts'
import { orderSchema, whyNot } from '#renderer/data/stored-schemas.ts'
import { v1 } from '#renderer/data/schema/v1.ts'
import { v2 } from '#renderer/data/schema/v2.ts'
import { chainStored } from '#renderer/data/schema/chain-stored.ts'
import { inBatches } from '#renderer/data/schema/in-batches.ts'
import { v3 } from '#renderer/data/schema/v3.ts'
import { v4 } from '#renderer/data/schema/v4.ts'
import { v5 } from '#renderer/data/schema/v5.ts'
import { v6 } from '#renderer/data/schema/v6.ts'
import { v7 } from '#renderer/data/schema/v7.ts'
import { v8 } from '#renderer/data/schema/v8.ts'

/**
 * Every layout that was ever stored, oldest first, with the way from each to the next. Only grows.
 * `upTo` stops at an older one, to fill it from a file of that time.
 * A new one: `schema/vN.ts`, a line and an upgrade here, a fixture of the one before in tests/repositories/fixtures.
 */
export function declareVersions(db: Dexie, upTo = Infinity): void {
  db.version(1).stores(v1)
  if (upTo >= 2) db.version(2).stores(v2).upgrade(toV2)
  if (upTo >= 3) db.version(3).stores(v3).upgrade(chainStored)
  if (upTo >= 4) db.version(4).stores(v4)
  if (upTo >= 5) db.version(5).stores(v5)
  if (upTo >= 6) db.version(6).stores(v6)
  if (upTo >= 7) db.version(7).stores(v7).upgrade(toV7)
  if (upTo >= 8) db.version(8).stores(v8)
}

/** Builds what v2 keeps beside the records. Runs in the upgrade's transaction: all of it, or the database stays v1. */
async function toV2(tx: Transaction): Promise<void> {
  const counts: CountChanges = new Map()
  await inBatches(tx.table<Order, string>('orders'), (batch) => upgradeOrders(tx, batch, counts))
  await tx.table('counters').bulkPut([...counts].map(([key, count]) => ({ key, count })))
  await inBatches(tx.table<Product, string>('products'), (batch) =>
    tx.table('products').bulkPut(batch.map(toStoredProduct)),
  )
}

/** Slim rows of orders hold more than they did; counters count reasons and listings. */
async function toV7(tx: Transaction): Promise<void> {
  const counts: CountChanges = new Map()
  await tx.table('counters').clear()
  await inBatches(tx.table<Order, string>('orders'), (batch) => upgradeOrders(tx, batch, counts))
  await inBatches(tx.table<ListingRow, string>('listingRows'), (batch) => {
    for (const row of batch) noteListingChange(counts, undefined, row)
    return Promise.resolve()
  })
  await tx.table('counters').bulkPut([...counts].map(([key, count]) => ({ key, count })))
}

async function upgradeOrders(tx: Transaction, batch: Order[], counts: CountChanges): Promise<void> {
  const readable: Order[] = []
  for (const stored of batch) {
    const parsed = orderSchema.safeParse(stored)
    if (parsed.success) readable.push(parsed.data)
    else await setOrderAside(tx, stored, whyNot(parsed.error))
  }
  const rows = readable.map((order) => toOrderRow(order))
  for (const row of rows) noteChange(counts, undefined, row)
  await tx.table('orders').bulkPut(readable.map(toStoredOrder))
  await tx.table('orderRows').bulkPut(rows)
}

async function setOrderAside(tx: Transaction, stored: Order, reason: string): Promise<void> {
  const { connectionId } = stored
  const remoteId = `order:${stored.remoteId}`
  const at = Date.now()
  await tx.table('quarantine').put({
    id: `${connectionId}:${remoteId}`,
    connectionId,
    remoteId,
    reason,
    raw: stored,
    firstSeenAt: at,
    lastSeenAt: at,
  })
  await tx.table('orders').delete(stored.id)
  await tx.table('orderRows').delete(stored.id)
}
