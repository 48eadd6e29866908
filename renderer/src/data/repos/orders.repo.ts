import Dexie from 'dexie'
import type { ConnectionId, OrderId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { Order } from '#core/order/order.ts'
import { OPEN_QUEUES, queueOf, toOrderRow, type OrderRow, type QueueId } from '#core/order/order-row.ts'
import { quickParse, type Parsed } from '#core/contracts/quick-parse.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { readByKeys } from '#renderer/data/read-by-keys.ts'
import { readNear } from '#renderer/data/read-near.ts'
import { toStoredOrder } from '#renderer/data/beside-records.ts'
import type { StoredOrder } from '#renderer/data/records.ts'
import { orderKey } from '#renderer/data/repos/activity.repo.ts'
import { noteChange, type CountChanges, type CountedOrder } from '#renderer/data/counting.ts'
import { applyCounts } from '#renderer/data/repos/counters.repo.ts'
import { noteOrderChanges } from '#renderer/data/repos/order-changes.repo.ts'
import { orderSchema, whyNot } from '#renderer/data/stored-schemas.ts'

/** What a unit knows of the orders that it writes; of the others their rows are looked for. */
export interface KnownBefore {
  /** Made in this unit: they have no row yet. */
  fresh?: ReadonlySet<OrderId>
  /** As this unit has read them. */
  before?: ReadonlyMap<OrderId, Order>
  /** The number of the last note that orders changed, where it was asked for early. */
  lastChange?: Promise<number>
}

/**
 * Writes orders with everything that is kept beside them: slim rows, counters and the note that they changed. The only way an order is
 * written; to be called in a unit over `orders`, `orderRows`, `counters` and `orderChanges`.
 */
export async function saveOrders(
  db: CaravelDatabase,
  orders: readonly Order[],
  known: KnownBefore = {},
): Promise<void> {
  const changes: CountChanges = new Map()
  const found = await loadRows(db, notIn(orders, known))
  const rows = noteRows(orders, found, { ...known, changes })
  // Side by side: each wait for the store is felt by whoever waits for a single order.
  await Promise.all([
    putBoth(db, orders, rows),
    applyCounts(db, changes),
    noteOrderChanges(
      db,
      orders.map(({ id }) => id),
      known.lastChange,
    ),
  ])
}

/**
 * The same for a part of what a unit writes, at once: the counters' part is noted in `changes`, for `applyCounts` and `noteOrderChanges`
 * when all parts are written. No order may be in two parts.
 */
export async function putOrders(
  db: CaravelDatabase,
  orders: readonly Order[],
  known: KnownBefore & { changes: CountChanges },
): Promise<void> {
  if (orders.length === 0) return
  const old = notIn(orders, known)
  // Without a wait where there is nothing to wait for: what follows is asked of the store at once.
  const found = old.length === 0 ? NO_ROWS : await loadRows(db, old)
  await putBoth(db, orders, noteRows(orders, found, known))
}

const NO_ROWS: ReadonlyMap<OrderId, OrderRow> = new Map()

/** Orders of which it is not known what they were. */
function notIn(orders: readonly Order[], { fresh, before }: KnownBefore): OrderId[] {
  return orders.map(({ id }) => id).filter((id) => fresh?.has(id) !== true && before?.has(id) !== true)
}

/** Their slim rows; what they do to the counts is noted. */
function noteRows(
  orders: readonly Order[],
  found: ReadonlyMap<OrderId, OrderRow>,
  { before, changes }: KnownBefore & { changes: CountChanges },
): OrderRow[] {
  const rows = orders.map((order) => toOrderRow(order))
  for (const row of rows) noteChange(changes, found.get(row.id) ?? countedOf(before?.get(row.id)), row)
  return rows
}

/** At once: the store works on the first while the next is packed. */
async function putBoth(
  db: CaravelDatabase,
  orders: readonly Order[],
  rows: readonly OrderRow[],
): Promise<void> {
  db.ownChanges?.wrote(rows)
  await Promise.all([db.orders.bulkPut(orders.map(toStoredOrder)), db.orderRows.bulkPut(rows)])
}

/** What its row counted in. */
function countedOf(order: Order | undefined): CountedOrder | undefined {
  if (order === undefined) return undefined
  const { blocked, connectionId } = order
  return { queue: queueOf(order), blocked, connectionId }
}

/** True when nothing of a shop is here yet. */
export async function hasNoOrders(db: CaravelDatabase, connectionId: ConnectionId): Promise<boolean> {
  const all = db.orders
    .where('[connectionId+remoteId]')
    .between([connectionId, Dexie.minKey], [connectionId, Dexie.maxKey])
  return (await all.limit(1).primaryKeys()).length === 0
}

async function loadRows(db: CaravelDatabase, ids: OrderId[]): Promise<ReadonlyMap<OrderId, OrderRow>> {
  if (ids.length === 0) return NO_ROWS
  const found = await readNear(db.orderRows, ids)
  return new Map(found.flatMap((row) => (row === undefined ? [] : [[row.id, row]])))
}

/** Reads one order and checks that it still is one. Issues: `not-found`, `malformed.stored-order`. */
export async function loadOrder(db: CaravelDatabase, id: OrderId): Promise<Result<Order>> {
  return asOrder(await db.orders.get(id))
}

/** The same for many at once, in their order. */
export async function loadEach(db: CaravelDatabase, ids: readonly OrderId[]): Promise<Result<Order>[]> {
  return (await readNear(db.orders, ids)).map(asOrder)
}

function asOrder(stored: StoredOrder | undefined): Result<Order> {
  if (stored === undefined) return err(issue('not-found', { reason: 'order' }))
  const parsed = parseStored(stored)
  return parsed.success
    ? ok(parsed.data)
    : err(issue('malformed', { reason: 'stored-order', remoteMessage: whyNot(parsed.error) }))
}

/** An order as found under its remote id; `order` is null when its record does not parse (then `raw` has it). */
export interface FoundOrder {
  id: OrderId
  order: Order | null
  raw: unknown
}

/** What is stored under these remote ids, by remote id; each record is parsed by itself. */
export async function findByRemoteIds(
  db: CaravelDatabase,
  connectionId: ConnectionId,
  remoteIds: readonly string[],
): Promise<Map<string, FoundOrder>> {
  const keys = [...new Set(remoteIds)].map((remoteId) => [connectionId, remoteId])
  const found = await readByKeys(db.orders, '[connectionId+remoteId]', keys)
  return new Map(
    found.map((stored) => {
      const parsed = parseStored(stored)
      return [stored.remoteId, { id: stored.id, order: parsed.success ? parsed.data : null, raw: stored }]
    }),
  )
}

/** Orders that have not been sent yet and carry this SKU. */
export async function openOrdersWith(db: CaravelDatabase, sku: string): Promise<Order[]> {
  return (await db.orders.where('openSkus').equals(sku).toArray()).map(fromStored)
}

/** Ids of the orders that {@link openOrdersWith} reads. */
export async function openIdsWith(db: CaravelDatabase, skus: readonly string[]): Promise<OrderId[]> {
  const found = await Promise.all(skus.map((sku) => db.orders.where('openSkus').equals(sku).primaryKeys()))
  return [...new Set(found.flat())] as OrderId[]
}

/** Ids of all orders in a queue, without reading the rows. */
export async function rowIds(db: CaravelDatabase, queue: QueueId): Promise<OrderId[]> {
  const range = db.orderRows.where('[queue+sortKey+id]').between([queue, Dexie.minKey], [queue, Dexie.maxKey])
  return (await range.primaryKeys()) as OrderId[]
}

const IDS_AT_ONCE = 500

/** Ids of a shop's orders that are open here. */
export async function openOrderIds(db: CaravelDatabase, connectionId: ConnectionId): Promise<OrderId[]> {
  const ids: OrderId[] = []
  for (const queue of OPEN_QUEUES) {
    const from = [connectionId, queue, Dexie.minKey]
    const to = [connectionId, queue, Dexie.maxKey]
    const range = db.orderRows.where('[connectionId+queue+sortKey+id]').between(from, to)
    ids.push(...((await range.primaryKeys()) as OrderId[]))
  }
  return ids
}

/** Remote ids of a shop's orders that are open here, whether or not their records parse. */
export async function openRemoteIds(db: CaravelDatabase, connectionId: ConnectionId): Promise<string[]> {
  const ids = await openOrderIds(db, connectionId)
  const remoteIds: string[] = []
  for (let i = 0; i < ids.length; i += IDS_AT_ONCE) {
    const found = await db.orders.bulkGet(ids.slice(i, i + IDS_AT_ONCE))
    remoteIds.push(...found.flatMap((stored) => (stored === undefined ? [] : [stored.remoteId])))
  }
  return remoteIds
}

/** Those of these orders that are there and parse. */
export async function loadOrders(db: CaravelDatabase, ids: readonly OrderId[]): Promise<Order[]> {
  const found = await db.orders.bulkGet([...ids])
  return found.flatMap((stored) => (stored === undefined ? [] : (parseStored(stored).data ?? [])))
}

/** Without what is there only for an index: all of the rest is to be as the schema has it. */
function parseStored({ openSkus: _indexOnly, ...order }: StoredOrder): Parsed<Order> {
  return quickParse(orderSchema, order)
}

function fromStored({ openSkus: _indexOnly, ...order }: StoredOrder): Order {
  return order
}

/** Removes up to `most` orders of a shop with all that is kept beside them; returns how many. */
export async function forgetOrders(
  db: CaravelDatabase,
  connectionId: ConnectionId,
  most: number,
): Promise<number> {
  const rows = await db.orderRows
    .where('[connectionId+sortKey+id]')
    .between([connectionId, Dexie.minKey], [connectionId, Dexie.maxKey])
    .limit(most)
    .toArray()
  const ids = rows.map((row) => row.id)
  const changes: CountChanges = new Map()
  for (const row of rows) noteChange(changes, row, undefined)
  await db.orders.bulkDelete(ids)
  await db.orderRows.bulkDelete(ids)
  await db.shadows.bulkDelete(ids.map(orderKey))
  await db.conflicts.bulkDelete(ids.map(orderKey))
  await applyCounts(db, changes)
  await noteOrderChanges(db, ids)
  return ids.length
}
