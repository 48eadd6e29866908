import type { QueueId } from '#core/order/order-row.ts'

export type ListId = QueueId | 'all'

/** What a list can be narrowed by. Values are what the row holds, of `clock` one of {@link CLOCK_STATES}, of `day` see {@link DayRange}. */
export const FACETS = [
  'channel',
  'country',
  'blocked',
  'flag',
  'tag',
  'assignee',
  'service',
  'currency',
  'sku',
  'clock',
] as const
export type FacetId = (typeof FACETS)[number]

/**
 * `late`: should have left. `late-risk`: has to leave within the day. `not-scanned-out`: its label is printed and it is still here.
 * `no-scan`: it left days ago and nobody has heard of it since (core/order/clock.ts).
 */
export const CLOCK_STATES = ['late', 'late-risk', 'not-scanned-out', 'no-scan'] as const
export type ClockState = (typeof CLOCK_STATES)[number]

/** Chosen values; one of them within a facet, all facets together. '' stands for orders that have none (nobody, no tag, no country). */
export type OrderFilters = Partial<Record<FacetId, readonly string[]>>

/** Days on which orders were placed, ISO days in the desk's time zone, both included. */
export interface DayRange {
  from: string
  to: string
}

/** `queue` is the order of the queue itself: first to ship first, then what is done, the newest first. */
export const SORT_COLUMNS = [
  'queue',
  'ship-by',
  'placed',
  'number',
  'buyer',
  'country',
  'channel',
  'items',
  'total',
] as const
export type SortColumn = (typeof SORT_COLUMNS)[number]

export interface OrderSort {
  by: SortColumn
  descending: boolean
}

/** Which orders a list shows, and in what order: what the address says and what a saved view keeps. */
export interface OrderQuery {
  list: ListId
  /** As typed: words and operators (core/order/parse-search.ts). */
  text: string
  filters: OrderFilters
  days: DayRange | null
  sort: OrderSort
}

export const QUEUE_ORDER: OrderSort = { by: 'queue', descending: false }

export function plainQuery(list: ListId): OrderQuery {
  return { list, text: '', filters: {}, days: null, sort: QUEUE_ORDER }
}
