import { isHandlingDays, withHandlingTime } from '#core/order/ship-by.ts'
import type { ConnectionId } from '#core/shared/ids.ts'
import { changeText } from '#core/shared/field-change.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { inUnit, ORDER_STORES } from '#renderer/data/unit-of-work.ts'
import { addActivity, ofConnection } from '#renderer/data/repos/activity.repo.ts'
import { loadOrders, openOrderIds, saveOrders } from '#renderer/data/repos/orders.repo.ts'
import type { UseCaseContext } from '#renderer/usecases/context.ts'

/** Orders held in memory at once; all batches are one transaction. */
const BATCH = 500

/**
 * How many days a shop's orders may take until they leave. Its open orders move to their new moment in the same
 * transaction; those that are gone keep theirs. Issues: `invalid-input.handling-days-invalid`, `not-found.connection`.
 * The value is how many orders moved.
 */
export async function setHandlingTime(
  { db, newId, now }: UseCaseContext,
  { connectionId, handlingDays }: { connectionId: ConnectionId; handlingDays: number },
): Promise<Result<{ changedOrders: number }>> {
  if (!isHandlingDays(handlingDays))
    return err(issue('invalid-input', { reason: 'handling-days-invalid', field: 'handlingDays' }))
  return inUnit(db, { stores: [...ORDER_STORES, 'connections'], durability: 'strict' }, async () => {
    const connection = await db.connections.get(connectionId)
    if (connection === undefined) return err(issue('not-found', { reason: 'connection' }))
    await db.connections.put({ ...connection, handlingDays })
    const [from, to] = [connection.handlingDays, handlingDays].map(changeText)
    const changes = [{ field: 'handlingDays', from: from ?? null, to: to ?? null }]
    await addActivity(db, newId, [
      { ...ofConnection(connection), at: now(), what: 'handling-set', values: {}, by: 'here', changes },
    ])
    const open = await openOrderIds(db, connectionId)
    let changedOrders = 0
    for (let i = 0; i < open.length; i += BATCH) {
      const orders = await loadOrders(db, open.slice(i, i + BATCH))
      const moved = orders
        .map((order) => withHandlingTime(order, handlingDays, now()))
        .filter((order, at) => order !== orders[at])
      await saveOrders(db, moved)
      changedOrders += moved.length
    }
    return ok({ changedOrders })
  })
}
