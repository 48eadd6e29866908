import type { ConnectionId } from '#core/shared/ids.ts'
import type { OperationOutput } from '#core/contracts/operations.ts'
import type { RemoteOrder } from '#core/order/order.ts'
import { advanceCheckpoint } from '#core/sync/checkpoint.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { quarantine, releaseQuarantined } from '#renderer/data/repos/quarantine.repo.ts'
import { MERGE_STORES, mergeRemoteOrders } from '#renderer/sync/merge-orders.ts'
import type { SyncDeps } from '#renderer/sync/sync-deps.ts'

export type PullPage = OperationOutput<'pull-orders'>

/** One transaction of more rows freezes this thread for longer than it is worth (reference/sync-perf.md). */
const MOST_PER_UNIT = 500

/**
 * Stores a page. The place it leads to is stored in the transaction of its last orders, so a pull that is cut off
 * anywhere takes the page again, and taking it again changes nothing. An empty page removes nothing.
 */
export async function applyPage(deps: SyncDeps, id: ConnectionId, page: PullPage): Promise<void> {
  const chunks: RemoteOrder[][] = []
  for (let i = 0; i < page.orders.length; i += MOST_PER_UNIT) chunks.push(page.orders.slice(i, i + MOST_PER_UNIT))
  const last = chunks.pop() ?? []
  for (const chunk of chunks) await store(deps, id, chunk, null)
  await store(deps, id, last, page)
}

/** `end` is the page whose place is stored with this chunk; null when more of it follows. */
function store(deps: SyncDeps, id: ConnectionId, orders: RemoteOrder[], end: PullPage | null): Promise<void> {
  const { db, now } = deps
  return inUnit(db, { stores: [...MERGE_STORES, 'connections'], durability: 'relaxed' }, async () => {
    const connection = await db.connections.get(id)
    // Disconnected while the page was on its way.
    if (connection === undefined) return
    await releaseQuarantined(db, id, orders.map(({ remoteId }) => remoteId))
    await mergeRemoteOrders(deps, id, orders)
    if (end !== null) await quarantine(db, end.rejected.map((item) => ({ ...item, connectionId: id })), now())
    const { pulling } = connection
    await db.connections.put({
      ...connection,
      checkpoint: advanceCheckpoint(connection.checkpoint, end?.checkpoint ?? null),
      pageToken: end === null ? connection.pageToken : end.nextPage,
      pulling: pulling === null ? null : { ...pulling, stored: pulling.stored + orders.length },
    })
  })
}
