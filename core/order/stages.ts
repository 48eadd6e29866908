import type { AddressFinding } from '#core/address/check-address.ts'
import type { CustomsFinding } from '#core/customs/finding.ts'
import type { BlockedDetail, BlockedReason, Order, RemoteStatus, Stage } from '#core/order/order.ts'

/** Where the remote's word alone would put an order; null: it does not say. */
const STAGE_OF_STATUS: Readonly<Record<RemoteStatus, Stage | null>> = {
  awaiting_payment: 'unpaid',
  on_hold: 'to_ship',
  to_ship: 'to_ship',
  partially_shipped: 'to_ship',
  handed_over: 'handed_over',
  shipped: 'shipped',
  delivered: 'shipped',
  cancel_requested: 'to_ship',
  cancelled: 'cancelled',
  unknown: null,
}

/**
 * Moves a remote page may cause, by where we stand. Work done here is never undone by a remote that has not
 * noticed it yet: from label_ready and handed_over on only forwards. Cancelled is the remote's word, so only
 * its newer word leaves it.
 */
export const REMOTE_MOVES: Readonly<Record<Stage, readonly Stage[]>> = {
  unpaid: ['to_ship', 'handed_over', 'shipped', 'cancelled'],
  to_ship: ['unpaid', 'handed_over', 'shipped', 'cancelled'],
  label_ready: ['handed_over', 'shipped', 'cancelled'],
  handed_over: ['shipped', 'cancelled'],
  shipped: ['cancelled'],
  cancelled: ['unpaid', 'to_ship', 'handed_over', 'shipped'],
}

/**
 * Moves people make here: store a label, void it, hand over, take back a parcel that was not collected,
 * confirm.
 */
export const LOCAL_MOVES: Readonly<Record<Stage, readonly Stage[]>> = {
  unpaid: [],
  to_ship: ['label_ready', 'shipped'],
  label_ready: ['to_ship', 'handed_over', 'shipped'],
  handed_over: ['label_ready', 'shipped'],
  shipped: [],
  cancelled: [],
}

export interface LocalFacts {
  /** Where the order stands here; null for one never seen. */
  stage: Stage | null
  /** What the remote said before; null for one never seen. */
  statusBefore: RemoteStatus | null
}

/** Statuses with which the remote itself said the parcel has left the desk. */
export const SENT: readonly RemoteStatus[] = ['handed_over', 'shipped', 'delivered']

/**
 * The stage after the remote has spoken. Stays where it is when the move is not in {@link REMOTE_MOVES}, with
 * one exception: a remote that said itself the parcel was gone and now wants it shipped again (Shopee
 * RETRY_SHIP, a fulfilment cancelled by hand) takes its own word back, and the order is to ship again.
 */
export function decideStage(status: RemoteStatus, local: LocalFacts): Stage {
  const wanted = STAGE_OF_STATUS[status]
  if (local.stage === null) return wanted ?? 'to_ship'
  if (wanted === null || wanted === local.stage) return local.stage
  if (REMOTE_MOVES[local.stage].includes(wanted)) return wanted
  return takesBack(status, local) ? 'to_ship' : local.stage
}

/**
 * Only a plain `to_ship` takes back; a partial shipment or a cancel request says nothing about the parcel
 * that left.
 */
function takesBack(status: RemoteStatus, { stage, statusBefore }: LocalFacts): boolean {
  const gone = stage === 'handed_over' || stage === 'shipped'
  return gone && status === 'to_ship' && statusBefore !== null && SENT.includes(statusBefore)
}

/** What the address check and the declaration linter found on an order, with the order's own line numbers. */
export interface OrderFindings {
  address: readonly AddressFinding[]
  customs: readonly CustomsFinding[]
}

/**
 * Known only when the parcel is packed or once for the whole desk: no reason to keep an order out of the
 * queue.
 */
const PACKING_FIELDS = new Set([
  'grossGrams',
  'category',
  'explanation',
  'signer',
  'signedOn',
  'senderTaxReference',
  'service',
])

export interface BlockedAnswer {
  blocked: BlockedReason | null
  /** The field to open, '' when none: `shipTo.postcode`, `lines.0.customs.hs6`, `held`. */
  blockedField: string
  blockedDetail: BlockedDetail | null
}

/** Nothing is in the way. */
export const NOT_BLOCKED: BlockedAnswer = { blocked: null, blockedField: '', blockedDetail: null }

/**
 * Why an order that should go out cannot. One reason at a time, the one to settle first: the buyer's and the
 * marketplace's words (cancel-requested, on-hold-remote, unknown-status, gone-remote), then ours (cancelling, address-conflict, held, parked), then what is
 * missing (address-missing, address-incomplete, customs-incomplete; no point in filling in what may be
 * cancelled). A parcel with its label made is stopped by words only, an order in any other stage by nothing but a label that was
 * bought for it too late.
 */
export function decideBlocked(
  order: Pick<Order, 'stage' | 'shipTo'> & OrderWords,
  findings: OrderFindings,
): BlockedAnswer {
  // Whatever became of the order: somebody has to give the label back.
  if (order.spareLabel === true) return because('label-unused', 'stage')
  if (order.stage !== 'to_ship' && order.stage !== 'label_ready') return NOT_BLOCKED
  const words = findWords(order)
  if (words !== null) return words
  return order.stage === 'to_ship' ? findGaps(order, findings) : NOT_BLOCKED
}

type OrderWords = Pick<
  Order,
  'status' | 'held' | 'parked' | 'addressConflict' | 'cancelling' | 'goneAt' | 'spareLabel'
>

function findWords(order: OrderWords): BlockedAnswer | null {
  const { status, held, parked } = order
  if (status === 'cancel_requested') return because('cancel-requested', 'status')
  // Payment can be taken back after the label was made.
  if (status === 'on_hold' || status === 'awaiting_payment') return because('on-hold-remote', 'status')
  if (status === 'unknown') return because('unknown-status', 'status')
  if (order.goneAt !== undefined) return because('gone-remote', 'status')
  if (order.cancelling === true) return because('cancelling', 'status')
  if (order.addressConflict === true) return because('address-conflict', 'shipTo')
  if (held) return because('held', 'held')
  return parked === undefined ? null : because('parked', 'parked')
}

function findGaps({ shipTo }: Pick<Order, 'shipTo'>, { address, customs }: OrderFindings): BlockedAnswer {
  if (shipTo === null) return because('address-missing', 'shipTo')
  const place = address.find(({ severity }) => severity === 'error')
  if (place !== undefined)
    return because('address-incomplete', `shipTo.${place.field}`, { reason: place.reason, detail: '' })
  const goods = customs.find(
    ({ severity, field, id }) => severity === 'error' && !PACKING_FIELDS.has(field) && id !== 'form',
  )
  if (goods === undefined) return NOT_BLOCKED
  const { field, reason, detail, sku } = goods
  return because('customs-incomplete', field, { reason, detail, ...(sku === undefined ? {} : { sku }) })
}

function because(
  blocked: BlockedReason,
  blockedField: string,
  blockedDetail: BlockedDetail | null = null,
): BlockedAnswer {
  return { blocked, blockedField, blockedDetail }
}
