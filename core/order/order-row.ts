import { DEFAULT_HANDLING_DAYS, shipByOf } from '#core/order/ship-by.ts'
import type { Money } from '#core/money/money.ts'
import { foldText } from '#core/shared/fold-text.ts'
import type { ConnectionId, OrderId } from '#core/shared/ids.ts'
import type { BlockedDetail, BlockedReason, Order, Stage } from '#core/order/order.ts'

/** The lists of the desk, in the order they are shown. */
export const QUEUES = [
  'to_ship',
  'blocked',
  'parked',
  'label_ready',
  'handed_over',
  'shipped',
  'unpaid',
  'cancelled',
] as const
export type QueueId = (typeof QUEUES)[number]

/** Where work is left to do or to wait for. */
export const OPEN_QUEUES: readonly QueueId[] = [
  'unpaid',
  'to_ship',
  'blocked',
  'parked',
  'label_ready',
  'handed_over',
]

export const ORDER_FLAGS = [
  'held',
  'note',
  'customs-override',
  'partly-shipped',
  'cancel-requested',
  'many-lines',
] as const
export type OrderFlag = (typeof ORDER_FLAGS)[number]

/** What a list shows of an order; stored beside the full record and written in the same transaction. */
export interface OrderRow {
  id: OrderId
  queue: QueueId
  /** Ascending is the order of the list: first to ship first; then what is done, the newest first. */
  sortKey: number
  number: string
  connectionId: ConnectionId
  /** Destination, ISO 3166-1 alpha-2; '' while there is no address. */
  country: string
  buyerName: string
  /** Pieces, not lines. */
  itemCount: number
  totalMinor: number
  currency: string
  shipBy: number | null
  placedAt: number | null
  blocked: BlockedReason | null
  blockedField: string
  /** What exactly is in the way, with the SKU it is about ('' when about none); null when `blocked` says everything. */
  blockedDetail: (BlockedDetail & { sku: string }) | null
  trackingNumber: string
  /** The buyer's data was taken out; absent while it is there. */
  purged?: true
  flags: OrderFlag[]
  tags: string[]
  /** '' when nobody in particular works on it. */
  assignee: string
  /** '' while it has no label. */
  service: string
  /** What its label was bought for; absent while nobody knows. */
  labelCost?: Money
  /** Null while it is not parked, or until a person brings it back. */
  parkedUntil: number | null
  printedAt: number | null
  handedOverAt: number | null
  newsAt: number | null
  /** Of each line: what, how many, and what the buyer pays for all of them in the order's currency. */
  lines: [sku: string, quantity: number, minor: number][]
  /** Folded; search with a folded needle. */
  searchText: string
}

/** Year 2286 in epoch ms: what is done sorts behind whatever is open, newest first, also in a list of all. */
export const DONE_KEY = 10_000_000_000_000
const LONGEST_SEARCH_TEXT = 2000
const DONE: readonly Stage[] = ['handed_over', 'shipped', 'cancelled']

/**
 * Stage and `blocked` decide the list, nothing else does; a blocked order leaves the list of what to ship, a parked one both.
 */
export function queueOf({ stage, blocked }: Pick<Order, 'stage' | 'blocked'>): QueueId {
  if (blocked === null || stage !== 'to_ship') return stage
  return blocked === 'parked' ? 'parked' : 'blocked'
}

export function toOrderRow(order: Order): OrderRow {
  return {
    id: order.id,
    queue: queueOf(order),
    sortKey: sortKeyOf(order),
    number: order.number,
    connectionId: order.connectionId,
    country: order.shipTo?.country ?? '',
    buyerName: order.buyerName || (order.shipTo?.name ?? ''),
    itemCount: order.lines.reduce((sum, { quantity }) => sum + quantity, 0),
    totalMinor: order.total.minor,
    currency: order.total.currency,
    shipBy: order.shipBy,
    placedAt: order.placedAt,
    blocked: order.blocked,
    blockedField: order.blockedField,
    blockedDetail: detailOf(order),
    trackingNumber: order.trackingNumber,
    flags: ORDER_FLAGS.filter((flag) => FLAG_TESTS[flag](order)),
    tags: order.tags ?? [],
    assignee: order.assignee ?? '',
    service: order.service ?? '',
    ...(order.labelCost === undefined ? {} : { labelCost: order.labelCost }),
    parkedUntil: order.parked?.until ?? null,
    printedAt: order.printedAt ?? null,
    handedOverAt: order.handedOverAt ?? null,
    newsAt: order.newsAt ?? null,
    lines: order.lines.map(({ sku, quantity, unitPrice }) => [sku, quantity, unitPrice.minor * quantity]),
    searchText: makeSearchText(order),
    ...(order.purgedAt === undefined ? {} : { purged: true as const }),
  }
}

const FLAG_TESTS: Readonly<Record<OrderFlag, (order: Order) => boolean>> = {
  held: ({ held }) => held,
  note: ({ note }) => note.trim() !== '',
  'customs-override': ({ lines }) => lines.some(({ customs }) => customs !== null),
  'partly-shipped': ({ status }) => status === 'partially_shipped',
  'cancel-requested': ({ status }) => status === 'cancel_requested',
  'many-lines': ({ lines }) => lines.length > 1,
}

/** What a list needs to name the thing without reading the order. */
function detailOf({ blockedDetail, blockedField, lines }: Order): OrderRow['blockedDetail'] {
  if (blockedDetail === null) return null
  const at = /^lines\.(\d+)\./.exec(blockedField)?.[1]
  const ofLine = at === undefined ? undefined : lines[Number(at)]?.sku
  return { ...blockedDetail, sku: blockedDetail.sku ?? ofLine ?? '' }
}

function sortKeyOf({ stage, shipBy, placedAt, remoteUpdatedAt }: Order): number {
  const placed = placedAt ?? remoteUpdatedAt
  return DONE.includes(stage)
    ? DONE_KEY - placed
    : (shipBy ?? shipByOf(placed, { handlingDays: DEFAULT_HANDLING_DAYS }) ?? placed)
}

/**
 * Every text people look an order up by; one blank-separated line, cut at a length no order of a person
 * reaches.
 */
function makeSearchText(order: Order): string {
  const { number, trackingNumber, buyerName, buyerEmail, shipTo, lines } = order
  const texts = [
    number,
    trackingNumber,
    buyerName,
    buyerEmail,
    shipTo?.name,
    shipTo?.latin?.name,
    shipTo?.company,
  ]
  for (const { trackingNumber: other } of order.fulfilments) texts.push(other)
  for (const { sku } of lines) texts.push(sku)
  for (const { title } of lines) texts.push(title)
  const folded = texts.map((text) => foldText(text ?? '')).filter((text) => text !== '')
  return [...new Set(folded)].join(' ').slice(0, LONGEST_SEARCH_TEXT)
}
