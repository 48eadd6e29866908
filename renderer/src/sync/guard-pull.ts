import type { ConnectionId } from '#core/shared/ids.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import type { GuardAlarm, PullGuard } from '#core/sync/guards.ts'
import type { RemoteOrder } from '#core/order/order.ts'
import { addActivity, ofConnection } from '#renderer/data/repos/activity.repo.ts'
import { findByRemoteIds } from '#renderer/data/repos/orders.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import type { SyncDeps } from '#renderer/sync/sync-deps.ts'

/**
 * Before a page is stored: how many orders that are open here it would cancel. When a pull brings too many, none of the page is
 * stored and the shop waits for a person. Returns the issue then, else null.
 */
export async function guardCancellations(
  deps: SyncDeps,
  id: ConnectionId,
  guard: PullGuard,
  orders: readonly RemoteOrder[],
): Promise<Issue | null> {
  const cancelled = [
    ...new Set(orders.filter(({ status }) => status === 'cancelled').map(({ remoteId }) => remoteId)),
  ]
  if (cancelled.length === 0) return null
  const found = await findByRemoteIds(deps.db, id, cancelled)
  const open = [...found.values()].filter(
    ({ order }) => order !== null && order.stage !== 'cancelled' && order.stage !== 'shipped',
  )
  const alarm = guard.note('mass-cancel', open.length, deps.now())
  return alarm === null ? null : raiseAlarm(deps, id, alarm)
}

/** Stops a shop until a person has answered. */
export function raiseAlarm({ db, newId }: SyncDeps, id: ConnectionId, alarm: GuardAlarm): Promise<Issue> {
  return inUnit(db, { stores: ['connections', 'activity'], durability: 'strict' }, async () => {
    const connection = await db.connections.get(id)
    if (connection !== undefined) {
      await db.connections.put({ ...connection, alarm })
      const { kind, count, of, at } = alarm
      await addActivity(db, newId, [
        { ...ofConnection(connection), at, by: 'remote', what: `alarm-${kind}`, values: { count, of } },
      ])
    }
    return issue('conflict', { reason: alarm.kind })
  })
}
