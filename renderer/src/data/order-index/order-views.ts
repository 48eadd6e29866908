import type { OrderId } from '#core/shared/ids.ts'
import type { Insights, InsightsQuery } from '#core/order/insights.ts'
import type { FacetId, OrderQuery } from '#core/order/order-query.ts'
import type { PageKey } from '#renderer/data/queries/order-lists.ts'

/**
 * A list of orders as the worker's index holds it for one page: in its order, steady under a person's hands. Orders that no longer belong
 * leave at once; new ones are counted and come in on request.
 */
export interface ViewState {
  /** Names the view in every further question. */
  view: number
  /** How many orders are in it. */
  count: number
  /** How many more belong to it by now. */
  fresh: number
  /** Counts up whenever `count`, `fresh` or what is at a place changed. */
  version: number
}

/** Orders of a view from a place on. `from` is the first one's place; fewer than asked for at the end. */
export interface ViewWindow extends ViewState {
  from: number
  ids: OrderId[]
  /** Their first and last key in the index of the plain list, when it has them in this very order; else null. */
  range: [first: PageKey, last: PageKey] | null
}

/** How many of a view's orders have each value; a facet's own choice is left out of its counts, so that more can be chosen. */
export type FacetCounts = Partial<Record<FacetId, { value: string; count: number }[]>>

/** Orders that a verb works on: those named, or all of a view but some. */
export type Selection = { ids: OrderId[] } | { view: number; except: OrderId[] }

/** Where the index stands. */
export interface IndexState {
  /** `loading` until it can answer; `building` while it is made anew from the rows. */
  state: 'loading' | 'building' | 'ready'
  done: number
  total: number
}

/** What the page asks of the index; answered by the data worker, whose memory it is in. */
export interface OrderIndexClient {
  /**
   * Opens a view; answers with as many of its orders as are asked for first. `onChange` hears of every change until `close`. While the index
   * is not ready the answer waits; every question rejects when the store cannot be read.
   */
  open(query: OrderQuery, onChange: (state: ViewState) => void, first?: number): Promise<ViewWindow>
  /** Another query in the place of a view's: what is shown stays until the answer is there. */
  change(view: number, query: OrderQuery, first?: number): Promise<ViewWindow>
  window(view: number, from: number, count: number): Promise<ViewWindow>
  /** Place of an order in the view; -1 when it is not in it. */
  placeOf(view: number, id: OrderId): Promise<number>
  /** Lets in what is fresh, in its place. `always`: from now on by itself, as while nobody works in the list. */
  letIn(view: number, always?: boolean): Promise<ViewState>
  facets(view: number, of: readonly FacetId[]): Promise<FacetCounts>
  /** Sums over the orders of some days; nothing of them is read from the store. */
  insights(query: InsightsQuery): Promise<Insights>
  close(view: number): void
  onState(hear: (state: IndexState) => void): () => void
}
