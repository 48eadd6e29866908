import Dexie from 'dexie'
import { BLOCKED_REASONS, type BlockedReason } from '#core/order/order.ts'
import type { ConnectionId, OrderId } from '#core/shared/ids.ts'
import type { ListId } from '#core/order/order-query.ts'
import { QUEUES, type OrderRow } from '#core/order/order-row.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { watch, type Watched } from '#renderer/data/queries/watch.ts'

export type { ListId } from '#core/order/order-query.ts'
export type QueueCounts = Record<ListId, number>
/** How many orders are blocked for which reason; reasons that block none are left out. */
export type ReasonCounts = { reason: BlockedReason; count: number }[]

/** Where a page ends: the place of its last row. */
export type PageKey = readonly [sortKey: OrderRow['sortKey'], id: string]

export interface OrderPageQuery {
  queue: ListId
  connectionId?: ConnectionId | undefined
  /** The page before's `next`; null for the first page. */
  after: PageKey | null
  limit: number
}

export interface OrderPage {
  rows: OrderRow[]
  /** Null when this page is the last. */
  next: PageKey | null
}

/** How many orders are in each queue, from kept counters: one read, whatever the size. */
export async function readQueueCounts(
  db: CaravelDatabase,
  connectionId?: ConnectionId,
): Promise<QueueCounts> {
  const lists: ListId[] = [...QUEUES, 'all']
  const prefix = connectionId === undefined ? '' : `${connectionId}:`
  const kept = await db.counters.bulkGet(lists.map((list) => prefix + list))
  return Object.fromEntries(lists.map((list, i) => [list, kept[i]?.count ?? 0])) as QueueCounts
}

export function watchQueueCounts(db: CaravelDatabase, connectionId?: ConnectionId): Watched<QueueCounts> {
  return watch(() => readQueueCounts(db, connectionId))
}

export function watchReasonCounts(db: CaravelDatabase): Watched<ReasonCounts> {
  return watch(async () => {
    const kept = await db.counters.bulkGet(BLOCKED_REASONS.map((reason) => `blocked.${reason}`))
    return BLOCKED_REASONS.map((reason, i) => ({ reason, count: kept[i]?.count ?? 0 })).filter(
      ({ count }) => count > 0,
    )
  })
}

/** One page of a queue in its order, by keyset: page 1,000 costs what page 1 costs. */
export async function readOrderPage(
  db: CaravelDatabase,
  { queue, connectionId, after, limit }: OrderPageQuery,
): Promise<OrderPage> {
  const scope: string[] = [
    ...(connectionId === undefined ? [] : [connectionId]),
    ...(queue === 'all' ? [] : [queue]),
  ]
  const index = [
    ...(connectionId === undefined ? [] : ['connectionId']),
    ...(queue === 'all' ? [] : ['queue']),
    'sortKey',
    'id',
  ]
  const lower = after === null ? [...scope, Dexie.minKey] : [...scope, ...after]
  const rows = await db.orderRows
    .where(`[${index.join('+')}]`)
    .between(lower, [...scope, Dexie.maxKey], after === null, true)
    .limit(limit)
    .toArray()
  const last = rows.at(-1)
  return { rows, next: rows.length < limit || last === undefined ? null : [last.sortKey, last.id] }
}

/** The first rows of a queue, in its order. */
export async function readQueueRows(db: CaravelDatabase, queue: ListId, limit: number): Promise<OrderRow[]> {
  return (await readOrderPage(db, { queue, after: null, limit })).rows
}

export function watchQueueRows(db: CaravelDatabase, queue: ListId, limit: number): Watched<OrderRow[]> {
  return watch(() => readQueueRows(db, queue, limit))
}

/** Rows between two places of a list, both included: one read. */
export async function readRowsBetween(
  db: CaravelDatabase,
  queue: ListId,
  [first, last]: readonly [PageKey, PageKey],
): Promise<OrderRow[]> {
  const scope = queue === 'all' ? [] : [queue]
  return db.orderRows
    .where(queue === 'all' ? '[sortKey+id]' : '[queue+sortKey+id]')
    .between([...scope, ...first], [...scope, ...last], true, true)
    .toArray()
}

/** Rows by id; those that are gone are left out. */
export async function readRows(db: CaravelDatabase, ids: readonly OrderId[]): Promise<OrderRow[]> {
  const rows = await db.orderRows.bulkGet([...ids])
  return rows.filter((row) => row !== undefined)
}

/** The same after every change of one of them. */
export function watchRows(db: CaravelDatabase, ids: readonly OrderId[]): Watched<OrderRow[]> {
  return watch(() => readRows(db, ids))
}
