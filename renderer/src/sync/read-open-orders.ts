import type { ConnectionId } from '#core/shared/ids.ts'
import type { Issue } from '#core/shared/issue.ts'
import { issue } from '#core/shared/issue.ts'
import { readsAtOnce } from '#core/connectors/manifests.ts'
import type { Order } from '#core/order/order.ts'
import { refreshBlocked } from '#core/order/reconcile-order.ts'
import { addActivity, ofOrder } from '#renderer/data/repos/activity.repo.ts'
import { findByRemoteIds, loadOrders, openRemoteIds, saveOrders } from '#renderer/data/repos/orders.repo.ts'
import { inUnit, ORDER_STORES } from '#renderer/data/unit-of-work.ts'
import { storeRead } from '#renderer/sync/apply.ts'
import { guardCancellations, raiseAlarm } from '#renderer/sync/guard-pull.ts'
import { ownRefusalAsCancelled } from '#renderer/sync/local-issue.ts'
import type { PullDeps, PullRun } from '#renderer/sync/sync-deps.ts'

/**
 * After a pull: reads by id what is open here and was not on its pages. Such an order was shipped, cancelled or settled
 * elsewhere without the shop's clock moving, or the shop has no more of it. Returns what stopped it, or null.
 */
export async function readOpenOrders(run: PullRun): Promise<Issue | null> {
  const { deps, id, seen, stopped } = run
  const open = await openRemoteIds(deps.db, id)
  const unseen = open.filter((remoteId) => !seen.has(remoteId))
  const connection = await deps.db.connections.get(id)
  const most = readsAtOnce(connection?.connectorId ?? '')
  for (let i = 0; i < unseen.length; i += most) {
    if (stopped()) return issue('cancelled')
    const found = await readSome(run, unseen.slice(i, i + most))
    if (found !== null) return isNotOffered(found) ? null : found
    await deps.breathe()
  }
  return null
}

async function readSome(
  { deps, id, guard, stopped, priority }: PullRun,
  remoteIds: string[],
): Promise<Issue | null> {
  const mark = deps.writes.mark()
  const answer = ownRefusalAsCancelled(
    await deps.host['connector.read-orders']({ connectionId: id, remoteIds, priority: priority() }),
  )
  if (!answer.ok) return answer.error
  if (stopped()) return issue('cancelled')
  const { orders, rejected, missing } = answer.value
  const alarm = await guardCancellations(deps, id, guard, orders)
  if (alarm !== null) return alarm
  await storeRead(deps, id, { orders, rejected }, mark)
  const asked = new Set(remoteIds)
  const fresh = await freshMissing(
    deps,
    id,
    missing.filter((remoteId) => asked.has(remoteId)),
  )
  const gone = guard.note('mass-missing', fresh.length, deps.now())
  if (gone !== null) return raiseAlarm(deps, id, gone)
  await markGone(deps, fresh)
  return null
}

/** Of these orders, those that are not known to be gone. */
async function freshMissing({ db }: PullDeps, id: ConnectionId, missing: string[]): Promise<Order[]> {
  if (missing.length === 0) return []
  const found = [...(await findByRemoteIds(db, id, missing)).values()]
  return found.flatMap(({ order }) => (order === null || order.goneAt !== undefined ? [] : [order]))
}

/** An order that the remote no longer shows is kept and says so; nobody is to ship it by mistake. It goes on when it shows again. */
async function markGone({ db, newId, now }: PullDeps, missing: readonly Order[]): Promise<void> {
  if (missing.length === 0) return
  await inUnit(db, { stores: ORDER_STORES, durability: 'relaxed' }, async () => {
    const fresh = await loadOrders(
      db,
      missing.map(({ id }) => id),
    )
    const nothing = { address: [], customs: [] }
    await saveOrders(
      db,
      fresh.map((order) => refreshBlocked({ ...order, goneAt: now(), updatedAt: now() }, nothing, now())),
    )
    await addActivity(
      db,
      newId,
      fresh.map((order) => ({
        ...{ ...ofOrder(order), at: now(), what: 'remote-missing', values: {}, by: 'remote' as const },
      })),
    )
  })
}

/** A connector whose remote moves its clock with every change need not have this operation. */
function isNotOffered({ code, reason }: Issue): boolean {
  return code === 'unsupported' && reason === 'no-such-operation'
}
