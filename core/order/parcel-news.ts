import type { Order, RemoteOrder } from '#core/order/order.ts'
import { SENT } from '#core/order/stages.ts'

/**
 * True when what the shop says now is news of a parcel on its way: where it stands has moved on since the shop first said that it left. The
 * first word itself is none: most often it is the shop's echo of what this desk has told it.
 */
export function hasParcelNews(
  before: Pick<Order, 'status' | 'fulfilments'>,
  now: Pick<RemoteOrder, 'status' | 'fulfilments'>,
): boolean {
  if (!SENT.includes(before.status)) return now.status === 'delivered'
  if (now.status !== before.status) return SENT.includes(now.status)
  const states = new Map(before.fulfilments.map(({ remoteId, state }) => [remoteId, state]))
  return now.fulfilments.some(({ remoteId, state }) => (states.get(remoteId) ?? state) !== state)
}
