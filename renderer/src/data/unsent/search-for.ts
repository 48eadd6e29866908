import { issue } from '#core/shared/issue.ts'
import type { Order } from '#core/order/order.ts'
import type { Shipment } from '#core/shipping/shipment.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import { orderKey } from '#renderer/data/repos/activity.repo.ts'

/**
 * The row that gets a bought label back whose bytes are gone: the carrier is asked for the same purchase. It cannot buy, because what
 * was asked for went away when it was bought. Null for a label of our own.
 */
export function searchFor(
  { id: shipmentId, service, purchase, createdAt: askedAt, updatedAt: at }: Shipment,
  order: Order,
): OutboxRow<'buy-label'> | null {
  if (purchase === undefined) return null
  return {
    ...{ id: purchase.intentId, connectionId: purchase.connectionId, kind: 'buy-label' },
    ...{ entityKey: orderKey(order.id), entityLabel: order.number },
    payload: {
      ...{ shipmentId, service, country: order.shipTo?.country ?? '', mayHaveArrived: true },
      // Bought some time between the wish for it and the last that was done with it.
      attempted: { from: askedAt, to: at },
    },
    ...{ state: 'waiting', held: false, inFlight: true, attempts: 0 },
    // As old as the wish for it: what was asked of the label since waits for it.
    ...{ createdAt: askedAt, nextAttemptAt: at, leaseUntil: 0 },
    lastIssue: issue('outcome-unknown', { reason: 'old-copy' }),
  }
}
