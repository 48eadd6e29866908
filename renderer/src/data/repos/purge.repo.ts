import Dexie from 'dexie'
import type { OrderId } from '#core/shared/ids.ts'
import { isDueForPurge, purgeOrder, withoutBuyer } from '#core/order/purge-order.ts'
import type { Order, RemoteOrder } from '#core/order/order.ts'
import type { Shipment } from '#core/shipping/shipment.ts'
import { DONE_KEY } from '#core/order/order-row.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { orderKey } from '#renderer/data/repos/activity.repo.ts'
import { loadOrders, saveOrders } from '#renderer/data/repos/orders.repo.ts'
import type { StoreName } from '#renderer/data/unit-of-work.ts'

const DAY_MS = 86_400_000
const QUEUES = ['shipped', 'cancelled'] as const

/** Where buyers' data is: the stores of `purgeOrders`. */
export const PURGE_STORES = [
  ...[
    'orders',
    'orderRows',
    'orderChanges',
    'counters',
    'activity',
    'shadows',
    'shipments',
    'documents',
    'outbox',
  ],
  'conflicts',
] as StoreName[]

/** A place in the lists of what is done: the next candidates come after it. */
export interface PurgeCursor {
  queue: number
  after: [number, string] | null
}

export const PURGE_START: PurgeCursor = { queue: 0, after: null }

/**
 * Ids of orders that were placed long enough ago and are not purged yet, a page at a time over an index, oldest last; `next` is null at the
 * end.
 */
export async function findPurgeable(
  db: CaravelDatabase,
  { queue, after }: PurgeCursor,
  { days, now, most }: { days: number; now: number; most: number },
): Promise<{ ids: OrderId[]; next: PurgeCursor | null }> {
  const name = QUEUES[queue]
  if (name === undefined) return { ids: [], next: null }
  const from = after ?? [DONE_KEY - (now - days * DAY_MS), '']
  const rows = await db.orderRows
    .where('[queue+sortKey+id]')
    .between([name, ...from], [name, Dexie.maxKey], false)
    .limit(most)
    .toArray()
  const last = rows.at(-1)
  const next: PurgeCursor =
    last === undefined ? { queue: queue + 1, after: null } : { queue, after: [last.sortKey, last.id] }
  return { ids: rows.filter((row) => row.purged !== true).map(({ id }) => id), next }
}

/**
 * Takes the buyer out of those of these orders that are due, wherever the store has them. Labels carry the address, so their bytes go; their
 * numbers stay. An order with a change that did not leave is left alone. To be called in a unit over PURGE_STORES. Returns the orders
 * that were purged.
 */
export async function purgeOrders(
  db: CaravelDatabase,
  ids: readonly OrderId[],
  { days, now }: { days: number; now: number },
): Promise<Order[]> {
  const unsent = new Set(await db.outbox.where('entityKey').anyOf(ids.map(orderKey)).keys())
  const orders = (await loadOrders(db, ids)).filter(
    (order) => isDueForPurge(order, days, now) && !unsent.has(orderKey(order.id)),
  )
  if (orders.length === 0) return []
  await saveOrders(
    db,
    orders.map((order) => purgeOrder(order, now)),
  )
  const keys = orders.map(({ id }) => orderKey(id))
  await purgeShadows(db, keys)
  await purgeLabels(
    db,
    orders.map(({ id }) => id),
  )
  await db.conflicts.bulkDelete(keys)
  await purgeChanges(db, keys)
  return orders
}

async function purgeShadows(db: CaravelDatabase, keys: readonly string[]): Promise<void> {
  const shadows = (await db.shadows.bulkGet([...keys])).filter((shadow) => shadow !== undefined)
  await db.shadows.bulkPut(
    shadows.map((shadow) => ({ ...shadow, value: withoutBuyer(shadow.value as RemoteOrder) })),
  )
}

async function purgeLabels(db: CaravelDatabase, ids: readonly OrderId[]): Promise<void> {
  const shipments = await db.shipments.where('orderIds').anyOf(ids).toArray()
  await db.shipments.bulkPut(shipments.map(withoutPlaces))
  const documents = await db.documents.where('orderId').anyOf(ids).primaryKeys()
  await db.documents.bulkDelete(documents)
}

/** The chain covers only a digest of what fields held, so it still verifies (core/sync/journal.ts). */
async function purgeChanges(db: CaravelDatabase, keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    const entries = await db.activity
      .where('[entityKey+seq]')
      .between([key, Dexie.minKey], [key, Dexie.maxKey])
      .filter(({ changes }) => changes.length > 0)
      .toArray()
    if (entries.length > 0)
      await db.activity.bulkPut(entries.map((entry) => ({ ...entry, changes: [], salt: '' })))
  }
}

/** What could not be read is kept as it came, buyer and all; after the same time it goes. */
export async function forgetUnread(db: CaravelDatabase, days: number, now: number): Promise<number> {
  return db.quarantine.filter(({ lastSeenAt }) => now - lastSeenAt >= days * DAY_MS).delete()
}

/** A draft that was given up still says where it was to go. */
function withoutPlaces(shipment: Shipment): Shipment {
  const { purchase } = shipment
  const bare = purchase === undefined ? {} : { purchase: { ...purchase, asked: null } }
  return { ...shipment, ...bare, documentId: null }
}
