import type { ConnectionId } from '#core/shared/ids.ts'
import { without } from '#core/shared/without.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { addActivity, ofConnection } from '#renderer/data/repos/activity.repo.ts'
import { forgetListingRules } from '#renderer/data/repos/listing-rules.repo.ts'
import { forgetListings } from '#renderer/data/repos/listings.repo.ts'
import { forgetOrders } from '#renderer/data/repos/orders.repo.ts'
import { forgetCopiedReserves } from '#renderer/data/repos/reserves.repo.ts'
import { changeConnection } from '#renderer/usecases/change-connection.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

const BATCH = 500

/**
 * Removes a shop: its secrets in main, its orders and what did not parse. Shipments, labels and used numbers stay. With `keepData` only the
 * secrets go: its orders and listings stay as they are, and signing in connects it again.
 * Issues: `conflict.unsent-changes` while the shop has changes that did not leave; they are sent or dropped first;
 * `conflict.stock-frozen` while this desk keeps pieces of its stock; they are given back first.
 */
export async function disconnectShop(
  ctx: UseCaseContext,
  { connectionId, keepData = false }: { connectionId: ConnectionId; keepData?: boolean },
): Promise<Result<null>> {
  const { db, host, now } = ctx
  if ((await db.outbox.where('connectionId').equals(connectionId).count()) > 0)
    return err(issue('conflict', { reason: 'unsent-changes' }))
  if ((await db.reserves.where('connectionId').equals(connectionId).count()) > 0)
    return err(issue('conflict', { reason: 'stock-frozen' }))
  const removed = await host['connections.remove']({ connectionId })
  if (!removed.ok) return removed
  if (keepData)
    return changeConnection(ctx, connectionId, {
      what: 'shop-disconnected',
      change: (connection) => ({
        ...without(connection, 'tokenExpiresAt'),
        ...{ disconnectedAt: now(), needsSignIn: false, lastIssue: null },
      }),
    })
  await forgetData(db, connectionId)
  return forgetConnection(ctx, connectionId)
}

async function forgetData(db: CaravelDatabase, connectionId: ConnectionId): Promise<void> {
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
}

/** Last, so that a removal that was cut off can be called again. */
async function forgetConnection(
  { db, newId, now }: UseCaseContext,
  connectionId: ConnectionId,
): Promise<Result<null>> {
  await inUnit(
    db,
    {
      stores: ['connections', 'quarantine', 'conflicts', 'activity', 'referenceFiles'],
      durability: 'strict',
    },
    async () => {
      const connection = await db.connections.get(connectionId)
      if (connection !== undefined)
        await addActivity(db, newId, [
          { ...ofConnection(connection), at: now(), what: 'shop-disconnected', values: {}, by: 'here' },
        ])
      await db.conflicts.where('connectionId').equals(connectionId).delete()
      await db.quarantine.where('connectionId').equals(connectionId).delete()
      await forgetCopiedReserves(db, connectionId)
      await forgetListingRules(db, connectionId)
      await db.connections.delete(connectionId)
    },
  )
  return ok(null)
}
