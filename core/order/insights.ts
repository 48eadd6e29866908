import type { OrderFilters } from '#core/order/order-query.ts'
import type { QueueId } from '#core/order/order-row.ts'
import type { Period } from '#core/order/period.ts'

/**
 * What counts as revenue: every order that was placed and paid. An unpaid one is none yet, a cancelled one none any more; an order whose
 * buyer only asks to cancel still counts. A refund is not known to this desk.
 */
export function isRevenue(queue: QueueId): boolean {
  return queue !== 'unpaid' && queue !== 'cancelled'
}

/**
 * Figures of a group of orders; amounts in minor units of the home currency. Each total, line and cost is converted by the rates of its
 * order's own day and rounded once, as on its documents, so that sums are exact and those of all groups are the whole.
 * An order's revenue is its total, with shipping and discounts; a SKU's is what its lines come to. `margin` is what the lines bring
 * whose cost is known, less that cost and, of an order with such lines, less what its label cost where that is known; a SKU's is without
 * labels. `known` of `lines` says of how much of them the cost is known.
 */
export interface Figures {
  orders: number
  revenue: number
  margin: number
  lines: number
  known: number
}

export const MEASURES = ['revenue', 'orders', 'margin'] as const
export type Measure = (typeof MEASURES)[number]

export const NO_FIGURES: Figures = { orders: 0, revenue: 0, margin: 0, lines: 0, known: 0 }

/** Figures of one channel, country or SKU. */
export interface GroupFigures extends Figures {
  value: string
}

/** Orders that could not be converted, because their day has no rate for their currency: not in any amount. */
export interface Unconverted {
  currency: string
  orders: number
  /** Of that currency. */
  minor: number
}

export interface InsightsQuery {
  period: Period
  filters: OrderFilters
  home: string
}

export interface Insights {
  total: Figures
  /** The same of as many days before the period. */
  before: Figures
  /** Every day of the period, also those without orders. */
  days: GroupFigures[]
  channels: GroupFigures[]
  countries: GroupFigures[]
  /** Those with the most revenue, then nothing; `otherSkus` are all others together. */
  skus: GroupFigures[]
  otherSkus: Figures & { count: number }
  unconverted: Unconverted[]
  /** Orders whose margin has the cost of their label in it. */
  labelled: number
  /** Orders that were converted by rates which were more than a week old on their day. */
  staleOrders: number
  /** There are orders at all, whatever their day. */
  any: boolean
}

/** Share of what the lines come to for which the cost is known, 0 to 1; null where there is nothing. */
export function knownShare({ lines, known }: Pick<Figures, 'lines' | 'known'>): number | null {
  return lines > 0 ? Math.min(1, known / lines) : null
}

/** What is left of the lines whose cost is known; null while the cost of none is known, which is not a margin of 0. */
export function knownMargin({
  lines,
  known,
  margin,
}: Pick<Figures, 'lines' | 'known' | 'margin'>): number | null {
  return lines > 0 && known === 0 ? null : margin
}

/** Change against the period before, 0.1 for a tenth more; null when there was nothing to compare with. */
export function changeSince(now: number, before: number): number | null {
  return before > 0 ? (now - before) / before : null
}
