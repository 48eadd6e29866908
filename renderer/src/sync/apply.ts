import type { ConnectionId } from '#core/shared/ids.ts'
import type { OperationOutput, RejectedItem } from '#core/contracts/operations.ts'
import type { RemoteOrder } from '#core/order/order.ts'
import { advanceCheckpoint } from '#core/sync/checkpoint.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { localDay } from '#renderer/data/repos/facts.repo.ts'
import { findByRemoteIds } from '#renderer/data/repos/orders.repo.ts'
import { quarantine, releaseQuarantined } from '#renderer/data/repos/quarantine.repo.ts'
import { MERGE_STORES, mergeRemoteOrders } from '#renderer/sync/merge-orders.ts'
import type { PullDeps } from '#renderer/sync/sync-deps.ts'

export type PullPage = OperationOutput<'pull-orders'>

/** One transaction of more rows freezes this thread for longer than it is worth (reference/sync-perf.md). */
const MOST_PER_UNIT = 500

/**
 * Stores a page. The place it leads to is stored in the transaction of its last orders, so a pull that is cut off
 * anywhere takes the page again, and taking it again changes nothing. An empty page removes nothing; one without a
 * checkpoint leaves the stored one. False when the shop is gone.
 */
export async function applyPage(
  deps: PullDeps,
  id: ConnectionId,
  page: PullPage,
  read: PageRead,
): Promise<boolean> {
  const last = await storeAllButLast(deps, id, page.orders, read)
  return store(deps, id, { ...read, orders: last, rejected: page.rejected, end: page })
}

export interface PageRead {
  /** From before the page was asked for. */
  mark: number
  /** Remote ids of all that is here of the shop, where that is known: what is stored joins them. */
  here: Set<string> | null
}

/** Stores orders that were read by id: as a page does, but how far the changes were read stays. */
export async function storeRead(
  deps: PullDeps,
  id: ConnectionId,
  read: Pick<PullPage, 'orders' | 'rejected'>,
  mark: number,
): Promise<void> {
  const last = await storeAllButLast(deps, id, read.orders, { mark, here: null })
  await store(deps, id, { orders: last, mark, here: null, rejected: read.rejected, end: null })
}

async function storeAllButLast(
  deps: PullDeps,
  id: ConnectionId,
  all: RemoteOrder[],
  read: PageRead,
): Promise<RemoteOrder[]> {
  let at = 0
  for (; all.length - at > MOST_PER_UNIT; at += MOST_PER_UNIT) {
    const orders = all.slice(at, at + MOST_PER_UNIT)
    await store(deps, id, { ...read, orders, rejected: [], end: null })
  }
  return all.slice(at)
}

interface Portion extends PageRead {
  orders: RemoteOrder[]
  rejected: RejectedItem[]
  /** The page whose place is stored with these orders; null when more of it follows, or they are no page. */
  end: Pick<PullPage, 'checkpoint' | 'nextPage'> | null
}

async function store(
  deps: PullDeps,
  id: ConnectionId,
  { orders, mark, here, rejected, end }: Portion,
): Promise<boolean> {
  const { db, now, judged } = deps
  const day = localDay(now())
  const merged = await inUnit(db, { stores: MERGE_STORES, durability: 'relaxed' }, async () => {
    const parsed = orders.map(({ remoteId }) => remoteId)
    const [connection] = await Promise.all([db.connections.get(id), releaseQuarantined(db, id, parsed)])
    // Disconnected while the page was on its way.
    if (connection === undefined) return null
    const certain = await dropDoubtful(deps, id, orders, mark)
    const done = await mergeRemoteOrders(deps, id, certain, { judged: judged.on(day), here })
    await quarantine(
      db,
      rejected.map((item) => ({ ...item, connectionId: id })),
      now(),
    )
    const { pulling } = connection
    await db.connections.put({
      ...connection,
      checkpoint: advanceCheckpoint(connection.checkpoint, end?.checkpoint ?? null),
      pageToken: end === null ? connection.pageToken : end.nextPage,
      pulling: pulling === null ? null : { ...pulling, stored: pulling.stored + done.written },
    })
    return done
  })
  judged.note(merged?.judged ?? [], day)
  if (here !== null) for (const { remoteId } of orders) here.add(remoteId)
  return merged !== null
}

/**
 * Without orders that may have been read before a shipment of ours was confirmed; told apart by the time of change where
 * it moved. The sweep of the next pull, or the next read by id, shows them again.
 */
async function dropDoubtful(
  { db, writes }: PullDeps,
  id: ConnectionId,
  orders: RemoteOrder[],
  mark: number,
): Promise<RemoteOrder[]> {
  const doubtful = orders.filter(({ remoteId }) => writes.isDoubtful(mark, id, remoteId))
  if (doubtful.length === 0) return orders
  const found = await findByRemoteIds(
    db,
    id,
    doubtful.map(({ remoteId }) => remoteId),
  )
  const isOld = (remote: RemoteOrder): boolean =>
    remote.updatedAt <= (found.get(remote.remoteId)?.order?.remoteUpdatedAt ?? -Infinity)
  const dropped = new Set(doubtful.filter(isOld))
  return orders.filter((order) => !dropped.has(order))
}
