import type { OrderId } from '#core/shared/ids.ts'
import { changesNothing } from '#core/order/changes-nothing.ts'
import type { RemoteOrder } from '#core/order/order.ts'
import { orderKey } from '#renderer/data/repos/activity.repo.ts'
import type { FoundOrder } from '#renderer/data/repos/orders.repo.ts'
import type { Conflict, Shadow } from '#renderer/data/records.ts'

/** What is kept beside orders, by their key. */
export interface BesideOrders {
  shadows: Map<string, Shadow>
  conflicts: Map<string, Conflict>
}

/** Without the orders of which nothing is new, in all their places on the page. */
export function withoutKnown(
  said: readonly RemoteOrder[],
  found: ReadonlyMap<string, FoundOrder>,
  { shadows, conflicts }: BesideOrders,
  judged: ReadonlySet<OrderId>,
): readonly RemoteOrder[] {
  const isKnown = (remote: RemoteOrder): boolean => {
    const { id, order = null } = found.get(remote.remoteId) ?? {}
    if (id === undefined || order === null || !judged.has(id)) return false
    const key = orderKey(id)
    return !conflicts.has(key) && changesNothing(order, shadows.get(key)?.value, remote)
  }
  const fresh = new Set(said.filter((remote) => !isKnown(remote)).map(({ remoteId }) => remoteId))
  return fresh.size === 0 ? [] : said.filter(({ remoteId }) => fresh.has(remoteId))
}
