import { without } from '#core/shared/without.ts'
import type { ConnectionId, OrderId } from '#core/shared/ids.ts'
import type { Order, RemoteOrder } from '#core/order/order.ts'
import { isSame, listChanges, type OrderChange } from '#core/order/list-changes.ts'
import { mergeLines } from '#core/order/merge-lines.ts'
import { mergeAddress } from '#core/order/merge-address.ts'
import { hasParcelNews } from '#core/order/parcel-news.ts'
import { promiseOf, type ShipByRule } from '#core/order/ship-by.ts'
import { decideBlocked, decideStage, NOT_BLOCKED, type OrderFindings } from '#core/order/stages.ts'

export interface ReconcileContext extends ShipByRule {
  connectionId: ConnectionId
  /** Epoch ms. */
  now: number
  /** Called once, for an order never seen. */
  makeOrderId: () => OrderId
  /** Address and customs findings of the merged order; decides `blocked`. */
  check: (order: Order) => OrderFindings
}

export interface Reconciled {
  /** `stale`: an older page than what we have; nothing was taken from it. */
  outcome: 'created' | 'changed' | 'unchanged' | 'stale'
  /** The very same object as `existing` when unchanged or stale: nothing to write. */
  order: Order
  /** What moved, for the activity list; empty on `created`, and when only the remote's clock moved. */
  changes: OrderChange[]
}

/**
 * Puts what the remote says on top of what we have, without losing what people did here. The remote owns
 * number, status, money, buyer, address, lines, fulfilments; we own customs overrides, note, held, Latin
 * address forms, the tracking number, and shipBy unless the remote promises one. What the remote stops sending (address, buyer, all lines:
 * withheld or a shrunken page) is kept. Applying the same page again changes nothing; an older page is
 * ignored. The same remote time is applied, last one wins, because some remotes count in whole seconds.
 */
export function reconcileOrder(
  existing: Order | null,
  remote: RemoteOrder,
  context: ReconcileContext,
): Reconciled {
  if (existing === null) return { outcome: 'created', order: createOrder(remote, context), changes: [] }
  if (remote.updatedAt < existing.remoteUpdatedAt) return { outcome: 'stale', order: existing, changes: [] }
  const merged = block(mergeOrder(existing, remote, context), context)
  if (isSame(existing, merged)) return { outcome: 'unchanged', order: existing, changes: [] }
  return {
    outcome: 'changed',
    order: { ...merged, updatedAt: context.now },
    changes: listChanges(existing, merged),
  }
}

/**
 * Decides `blocked` anew, e.g. after a product's customs facts changed; the same object when nothing differs.
 */
export function refreshBlocked(order: Order, findings: OrderFindings, now: number): Order {
  const answer = decideBlocked(order, findings)
  const same =
    answer.blocked === order.blocked &&
    answer.blockedField === order.blockedField &&
    answer.blockedDetail?.reason === order.blockedDetail?.reason &&
    answer.blockedDetail?.detail === order.blockedDetail?.detail &&
    answer.blockedDetail?.sku === order.blockedDetail?.sku
  return same ? order : { ...order, ...answer, updatedAt: now }
}

function createOrder(remote: RemoteOrder, context: ReconcileContext): Order {
  const blank: Order = {
    id: context.makeOrderId(),
    connectionId: context.connectionId,
    ...takeRemote(remote),
    placedAt: remote.placedAt,
    ...promiseOf(remote, null, remote.placedAt, context),
    buyerName: remote.buyerName,
    buyerEmail: remote.buyerEmail,
    shipTo: remote.shipTo,
    ...mergeIds(null, remote),
    lines: mergeLines([], remote.lines),
    stage: decideStage(remote.status, { stage: null, statusBefore: null }),
    ...NOT_BLOCKED,
    held: false,
    note: '',
    trackingNumber: findTracking(remote),
    updatedAt: context.now,
  }
  return block(blank, context)
}

function mergeOrder(existing: Order, remote: RemoteOrder, context: ReconcileContext): Order {
  const placedAt = remote.placedAt ?? existing.placedAt
  // It is shown, so it is not gone; and once it is cancelled, nothing of ours waits for that.
  const { cancelling } = existing
  const stage = decideStage(remote.status, { stage: existing.stage, statusBefore: existing.status })
  // The shop wants another parcel: what was known of the one before is over.
  const isAgain = stage === 'to_ship' && (existing.stage === 'handed_over' || existing.stage === 'shipped')
  const kept = isAgain ? without(existing, 'printedAt', 'handedOverAt', 'newsAt') : existing
  return {
    ...withoutOldCharges(without(kept, 'goneAt', 'cancelling'), remote),
    ...(!isAgain && hasParcelNews(existing, remote) ? { newsAt: context.now } : {}),
    ...(cancelling === undefined || stage === 'cancelled' ? {} : { cancelling }),
    ...takeRemote(remote),
    placedAt,
    ...promiseOf(remote, existing, placedAt, context),
    buyerName: remote.buyerName || existing.buyerName,
    buyerEmail: remote.buyerEmail || existing.buyerEmail,
    shipTo: mergeAddress(existing.shipTo, remote.shipTo),
    ...mergeIds(existing, remote),
    lines: mergeLines(existing.lines, remote.lines),
    stage,
    // A number of ours may be on a label already; the remote's only fills a gap.
    trackingNumber: existing.trackingNumber || findTracking(remote),
  }
}

/** Numbers that a person may have typed: the remote's only fills a gap. */
function mergeIds(
  existing: Order | null,
  remote: RemoteOrder,
): Pick<Order, 'consigneeId' | 'marketplaceTaxId'> {
  const consigneeId = existing?.consigneeId ?? remote.consigneeId
  const marketplaceTaxId = existing?.marketplaceTaxId ?? remote.marketplaceTaxId
  return {
    ...(consigneeId === undefined ? {} : { consigneeId }),
    ...(marketplaceTaxId === undefined ? {} : { marketplaceTaxId }),
  }
}

/** Charges that the remote stops sending are withheld while the total stands; those of another total are not the order's any more. */
function withoutOldCharges<T extends Pick<Order, 'charges' | 'total'>>(kept: T, { total }: RemoteOrder): T {
  const stands = kept.total.minor === total.minor && kept.total.currency === total.currency
  return stands ? kept : (without(kept, 'charges') as T)
}

/** What simply follows the remote. */
function takeRemote(remote: RemoteOrder) {
  const { remoteId, number, status, rawStatus, currency, total, charges, fulfilments } = remote
  return {
    remoteId,
    number,
    status,
    rawStatus,
    currency,
    total,
    ...(charges === undefined ? {} : { charges }),
    fulfilments,
    remoteUpdatedAt: remote.updatedAt,
  }
}

function findTracking(remote: RemoteOrder): string {
  return remote.fulfilments.findLast(({ trackingNumber }) => trackingNumber !== '')?.trackingNumber ?? ''
}

function block(order: Order, { check }: ReconcileContext): Order {
  return { ...order, ...decideBlocked(order, check(order)) }
}
