import type { ConnectionId, OrderId } from '#core/shared/ids.ts'
import type { Money } from '#core/money/money.ts'
import type { Address } from '#core/address/address.ts'
import type { ItemCustoms } from '#core/catalog/product.ts'
import type { IgnoredFinding } from '#core/customs/ignored-finding.ts'

/** What the marketplace says, in one vocabulary for all (reference: marketplaces 5.0). */
export const REMOTE_STATUSES = [
  'awaiting_payment',
  'on_hold',
  'to_ship',
  'partially_shipped',
  'handed_over',
  'shipped',
  'delivered',
  'cancel_requested',
  'cancelled',
  'unknown',
] as const
export type RemoteStatus = (typeof REMOTE_STATUSES)[number]

export interface RemoteFulfilment {
  remoteId: string
  state: string
  carrier: string
  trackingNumber: string
}

/** One line as the marketplace last said it. */
export interface RemoteOrderLine {
  remoteLineId: string
  sku: string
  title: string
  quantity: number
  /** What the buyer paid for one piece, tax included. */
  unitPrice: Money
  /** Taken off the whole line, not below zero; absent where the marketplace does not say it by line. */
  discount?: Money | undefined
  /** Of the whole line; absent where the marketplace does not say it by line. */
  tax?: Money | undefined
}

/** How the total of an order comes about, in the order's currency. */
export interface OrderCharges {
  /** Before discounts. */
  goods: Money
  /** Taken off goods and shipping together, not below zero. */
  discount: Money
  /** Before discounts. */
  shipping: Money
  /** On goods and shipping together. */
  tax: Money
  /** The tax is inside goods and shipping; else it comes on top. */
  taxIncluded: boolean
  /** The total as the buyer saw it, where that was in another currency. */
  presented?: Money | undefined
}

/** An order as a connector hands it over: canonical, not yet ours. */
export interface RemoteOrder {
  remoteId: string
  /** The number people use. */
  number: string
  status: RemoteStatus
  rawStatus: string
  placedAt: number | null
  updatedAt: number
  currency: string
  total: Money
  buyerName: string
  buyerEmail: string
  shipTo: Address | null
  lines: RemoteOrderLine[]
  fulfilments: RemoteFulfilment[]
  /** Latest moment the parcel should leave, epoch ms, where the marketplace says one. */
  shipBy?: number | undefined
  /** The recipient's number for customs (PCCC, CPF, RFC…), where the marketplace hands it on. */
  consigneeId?: string | undefined
  /** The marketplace's own tax id for this order (IOSS, VOEC…), where it collected the tax. */
  marketplaceTaxId?: string | undefined
  /** Absent where the marketplace says no more than the total. */
  charges?: OrderCharges | undefined
}

/** Where an order stands on this desk; together with `blocked` it decides the queue, nothing else does. */
export const STAGES = ['unpaid', 'to_ship', 'label_ready', 'handed_over', 'shipped', 'cancelled'] as const
export type Stage = (typeof STAGES)[number]

/** Why an order that should go out cannot; null when nothing is in the way. */
export const BLOCKED_REASONS = [
  'on-hold-remote',
  'held',
  'parked',
  'cancel-requested',
  'gone-remote',
  'cancelling',
  'label-unused',
  'address-conflict',
  'address-missing',
  'address-incomplete',
  'customs-incomplete',
  'unknown-status',
] as const
export type BlockedReason = (typeof BLOCKED_REASONS)[number]

/** What exactly is in the way: the first finding's reason, and what fills its text in (`10` digits; '' for most). */
export interface BlockedDetail {
  reason: string
  detail: string
  /** The part of a bundle that it is about; absent where it is the line in `blockedField`. */
  sku?: string | undefined
}

export interface OrderLine extends RemoteOrderLine {
  /** Set when this line differs from its product's customs facts; null means: take the product's. */
  customs: ItemCustoms | null
}

/** An order on this desk: the remote's words, plus what people here did to it. */
export interface Order {
  id: OrderId
  connectionId: ConnectionId
  remoteId: string
  number: string
  status: RemoteStatus
  rawStatus: string
  placedAt: number | null
  remoteUpdatedAt: number
  /** Latest moment the parcel should leave; epoch ms, null when there is no promise. */
  shipBy: number | null
  /** The marketplace said it: no rule of ours moves it. Absent when ours did. */
  promised?: true | undefined
  currency: string
  total: Money
  /** Absent where the shop says no more than the total. */
  charges?: OrderCharges | undefined
  buyerName: string
  buyerEmail: string
  shipTo: Address | null
  lines: OrderLine[]
  fulfilments: RemoteFulfilment[]
  stage: Stage
  blocked: BlockedReason | null
  /** The field to open for the blocked reason, e.g. `lines.0.customs.hs6`. */
  blockedField: string
  /** The finding behind it; null when `blocked` says everything. */
  blockedDetail: BlockedDetail | null
  held: boolean
  /** Set aside on purpose: out of the queues of work until then, epoch ms; null: until a person brings it back. Absent when not. */
  parked?: { until: number | null } | undefined
  /** Words a person put on it, each once, in the order they came; never sent to a shop. Absent when there are none. */
  tags?: string[] | undefined
  /** Who works on it, as people here call them. Absent when nobody in particular does. */
  assignee?: string | undefined
  /** The address was changed here and there; a person has to choose. Absent when not. */
  addressConflict?: true | undefined
  /** Cancelled here, and the shop does not know yet. Absent when not. */
  cancelling?: true | undefined
  /** A label was bought for it when it was no longer to be shipped; money was spent. Absent when not, or voided. */
  spareLabel?: true | undefined
  /** When the shop stopped showing it; absent while it does. Nothing was removed. */
  goneAt?: number | undefined
  /** Customs findings that a person lets pass on it. Absent when there are none. */
  ignored?: IgnoredFinding[] | undefined
  note: string
  /** The note as the shop has it; absent when it has none of ours. */
  sentNote?: string | undefined
  trackingNumber: string
  /** Service of its label, as on the shipment. Absent while it has none. */
  service?: string | undefined
  /** What its label was bought for. Absent while it has none, or nobody knows. */
  labelCost?: Money | undefined
  /** When its label was last sent to a printer, epoch ms. Absent before that. */
  printedAt?: number | undefined
  /** When its parcel left this desk, epoch ms. Absent before that. */
  handedOverAt?: number | undefined
  /** When carrier or shop last said something new of its parcel, epoch ms. Absent before that. */
  newsAt?: number | undefined
  /** The recipient's number for customs (PCCC, CPF, RFC…): personal data, shown masked, purged with the buyer. Absent when not known. */
  consigneeId?: string | undefined
  /** The marketplace's tax id that came with this order: it goes with this parcel only, and before any of the seller's. */
  marketplaceTaxId?: string | undefined
  /** When the buyer's data was taken out (core/order/purge-order.ts); absent while it is there. */
  purgedAt?: number | undefined
  updatedAt: number
}
