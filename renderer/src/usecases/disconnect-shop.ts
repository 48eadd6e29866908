import type { ConnectionId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { addActivity, ofConnection } from '#renderer/data/repos/activity.repo.ts'
import { forgetListings } from '#renderer/data/repos/listings.repo.ts'
import { forgetOrders } from '#renderer/data/repos/orders.repo.ts'
import { forgetCopiedReserves } from '#renderer/data/repos/reserves.repo.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

const BATCH = 500

/**
 * Removes a shop: its secrets in main, its orders and what did not parse. Shipments, labels and used numbers stay.
 * Issues: `conflict.unsent-changes` while the shop has changes that did not leave; they are sent or dropped first;
 * `conflict.stock-frozen` while this desk keeps pieces of its stock; they are given back first.
 */
export async function disconnectShop(
  { db, host, newId, now }: UseCaseContext,
  { connectionId }: { connectionId: ConnectionId },
): Promise<Result<null>> {
  if ((await db.outbox.where('connectionId').equals(connectionId).count()) > 0)
    return err(issue('conflict', { reason: 'unsent-changes' }))
  if ((await db.reserves.where('connectionId').equals(connectionId).count()) > 0)
    return err(issue('conflict', { reason: 'stock-frozen' }))
  const removed = await host['connections.remove']({ connectionId })
  if (!removed.ok) return removed
  let gone = BATCH
  while (gone === BATCH) {
    gone = await inUnit(
      db,
      {
        stores: ['orders', 'orderRows', 'orderChanges', 'counters', 'shadows', 'conflicts'],
        durability: 'strict',
      },
      () => forgetOrders(db, connectionId, BATCH),
    )
  }
  for (let left = BATCH; left === BATCH;)
    left = await inUnit(
      db,
      {
        stores: ['listings', 'listingRows', 'counters', 'pictures', 'shadows', 'conflicts'],
        durability: 'strict',
      },
      () => forgetListings(db, connectionId, BATCH),
    )
  // Last, so that a removal that was cut off can be called again.
  await inUnit(
    db,
    { stores: ['connections', 'quarantine', 'conflicts', 'activity'], durability: 'strict' },
    async () => {
      const connection = await db.connections.get(connectionId)
      if (connection !== undefined)
        await addActivity(db, newId, [
          { ...ofConnection(connection), at: now(), what: 'shop-disconnected', values: {}, by: 'here' },
        ])
      await db.conflicts.where('connectionId').equals(connectionId).delete()
      await db.quarantine.where('connectionId').equals(connectionId).delete()
      await forgetCopiedReserves(db, connectionId)
      await db.connections.delete(connectionId)
    },
  )
  return ok(null)
}
