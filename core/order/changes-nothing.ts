import { sameJson } from '#core/shared/same-json.ts'
import type { Order, RemoteOrder } from '#core/order/order.ts'
import { decideStage } from '#core/order/stages.ts'

/**
 * True when a reading can be left alone: the remote says what it said last (`said`), and of that nothing waits to be taken again. Most of
 * what a pull reads is like that. False is no verdict: then the order is reconciled (reconcile-order.ts), which may find it unchanged too.
 * What an order is judged by beside (customs facts, dated rules) is not looked at here.
 */
export function changesNothing(order: Order, said: unknown, remote: RemoteOrder): boolean {
  if (order.remoteUpdatedAt !== remote.updatedAt || order.status !== remote.status) return false
  // It shows again; its address is asked about; its buyer was purged; it is being cancelled: each may end by this very reading.
  const { goneAt, addressConflict, purgedAt, cancelling } = order
  if ((goneAt ?? addressConflict ?? purgedAt ?? cancelling) !== undefined) return false
  if (decideStage(remote.status, { stage: order.stage, statusBefore: order.status }) !== order.stage)
    return false
  // A number that was taken off here is filled in by theirs.
  const hasNumber = remote.fulfilments.some(({ trackingNumber }) => trackingNumber !== '')
  if (order.trackingNumber === '' && hasNumber) return false
  if (order.shipBy === null && order.placedAt !== null) return false
  return sameJson(said, remote)
}
