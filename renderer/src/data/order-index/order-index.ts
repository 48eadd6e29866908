import type { OrderId } from '#core/shared/ids.ts'
import {
  plainQuery,
  QUEUE_ORDER,
  type FacetId,
  type OrderQuery,
  type OrderSort,
} from '#core/order/order-query.ts'
import type { OrderRow } from '#core/order/order-row.ts'
import { countFacets } from '#renderer/data/order-index/count-facets.ts'
import { criteriaOf, matching, type Criterion, type QueryTools } from '#renderer/data/order-index/criteria.ts'
import { facetColumn, type ClockTest } from '#renderer/data/order-index/facet-columns.ts'
import { OrderColumns, type ColumnsReader } from '#renderer/data/order-index/order-columns.ts'
import { OrderView, type Changed } from '#renderer/data/order-index/order-view.ts'
import type { FacetCounts, Selection, ViewState, ViewWindow } from '#renderer/data/order-index/order-views.ts'
import { SortedOrders, type Breathe } from '#renderer/data/order-index/sorted-orders.ts'
import type { TextSearch } from '#renderer/data/order-index/text-search.ts'
import { Turns } from '#renderer/data/order-index/turns.ts'

/** What the index works with besides its own columns. */
export interface IndexTools {
  clock: ClockTest
  /** Epoch ms. */
  now: () => number
  breathe: Breathe
  /** A view's numbers changed by itself. */
  onChange: (state: ViewState) => void
}

/** Orders as they are now; those whose row is undefined are gone. */
export interface ReadOrders {
  ids: readonly OrderId[]
  rows: readonly (OrderRow | undefined)[]
}

/** All orders in memory, and the lists that pages have open. Knows nothing of storage. */
export class OrderIndex {
  #columns = new OrderColumns()
  #text: TextSearch
  readonly #tools: IndexTools
  readonly #turns = new Turns()
  readonly #sorts = new Map<string, SortedOrders>()
  readonly #views = new Map<number, OrderView>()
  #nextView = 1

  constructor(tools: IndexTools, text: TextSearch) {
    this.#tools = tools
    this.#text = text
  }

  /** Orders that are there. */
  get alive(): number {
    return this.#columns.alive
  }

  get columns(): ColumnsReader {
    return this.#columns
  }

  /** Takes over what changed, and tells the views. */
  apply({ ids, rows }: ReadOrders): Promise<void> {
    return this.#turns.take(() => {
      const changed = this.#put(ids, rows)
      for (const sorted of this.#sorts.values()) sorted.update(changed.ordinals)
      for (const view of this.#views.values()) this.#takeInto(view, changed)
    })
  }

  /** Other columns and words in the place of these; the lists that are open are made anew from them. */
  async replace(columns: OrderColumns, text: TextSearch): Promise<void> {
    await this.#turns.take(() => {
      this.#columns = columns
      this.#text = text
      this.#sorts.clear()
    })
    for (const view of this.#views.values()) this.#tools.onChange(await this.#fill(view))
  }

  open(query: OrderQuery): Promise<ViewState> {
    const number = this.#nextView++
    const view = new OrderView(number, query, this.#tools.now())
    this.#views.set(number, view)
    return this.#fill(view)
  }

  change(number: number, query: OrderQuery): Promise<ViewState> {
    return this.#fill(this.#view(number), query)
  }

  letIn(number: number, always?: boolean): Promise<ViewState> {
    const view = this.#view(number)
    if (always !== undefined) view.always = always
    return this.#fill(view)
  }

  window(number: number, from: number, count: number): ViewWindow {
    return this.#view(number).window(this.#columns, from, count)
  }

  placeOf(number: number, id: OrderId): number {
    return this.#view(number).placeOf(this.#columns.ids.find(id))
  }

  facets(number: number, of: readonly FacetId[]): FacetCounts {
    const { query, now } = this.#view(number)
    const columnOf = (facet: FacetId) => facetColumn(this.#columns, facet, { clock: this.#tools.clock, now })
    return countFacets(this.#columns, this.#criteria(query, now), { of, filters: query.filters, columnOf })
  }

  close(number: number): void {
    this.#views.delete(number)
    this.#forgetSorts()
  }

  /** Orders of a selection, in the order of the list, as it is at this moment; null when its view is no longer open. */
  idsOf(selection: Selection): OrderId[] | null {
    if ('ids' in selection) return selection.ids
    const view = this.#views.get(selection.view)
    if (view === undefined) return null
    const except = new Set<string>(selection.except)
    const ids: OrderId[] = []
    for (const ordinal of view.ordinals) {
      const id = this.#columns.ids.at(ordinal)
      if (!except.has(id)) ids.push(id)
    }
    return ids
  }

  /** Which orders a query finds now: 1 by ordinal. Nothing may be awaited before it is used. */
  matching(query: OrderQuery): Uint8Array {
    return matching(this.#columns, this.#criteria(query, this.#tools.now()))
  }

  /** One that was closed is empty: a question may cross its end. */
  #view(number: number): OrderView {
    return this.#views.get(number) ?? new OrderView(number, plainQuery('all'), this.#tools.now())
  }

  #put(ids: readonly OrderId[], rows: readonly (OrderRow | undefined)[]): Changed {
    const columns = this.#columns
    const text = this.#text
    const ordinals: number[] = []
    const moved = new Set<number>()
    for (const [i, id] of ids.entries()) {
      const row = rows[i]
      if (row === undefined) {
        const gone = columns.remove(id)
        if (gone < 0) continue
        text.remove(gone)
        ordinals.push(gone)
      } else {
        const before = columns.arrays.sortKey[columns.ids.find(id)]
        const ordinal = columns.put(row)
        text.set(ordinal, row)
        ordinals.push(ordinal)
        if (before !== row.sortKey) moved.add(ordinal)
      }
    }
    return { ordinals: new Uint32Array(new Set(ordinals)), moved }
  }

  #takeInto(view: OrderView, changed: Changed): void {
    const criteria = this.#criteria(view.query, view.now)
    const { alive } = this.#columns.arrays
    const fits = (ordinal: number): boolean =>
      alive[ordinal] === 1 && criteria.every(({ test }) => test(ordinal))
    const before = view.state().version
    view.take(changed, this.#columns, fits)
    const sorted = this.#sorts.get(sortName(view.query.sort))
    if (view.always && sorted?.stale === false && this.#isTouched(view, changed, fits)) {
      view.now = this.#tools.now()
      view.fill(sorted.ordinals, matching(this.#columns, this.#criteria(view.query, view.now)))
    }
    if (view.state().version !== before) this.#tools.onChange(view.state())
  }

  #isTouched(view: OrderView, { ordinals }: Changed, fits: (ordinal: number) => boolean): boolean {
    return view.state().fresh > 0 || ordinals.some((ordinal) => fits(ordinal))
  }

  /** In a turn of its own: while a list is sorted for the first time nothing may change. */
  #fill(view: OrderView, wanted?: OrderQuery): Promise<ViewState> {
    return this.#turns.take(async () => {
      const query = wanted ?? view.query
      const sorted = await this.#sorted(query.sort)
      view.query = query
      view.now = this.#tools.now()
      view.fill(sorted.ordinals, matching(this.#columns, this.#criteria(query, view.now)))
      this.#forgetSorts()
      return view.state()
    })
  }

  async #sorted(sort: OrderSort): Promise<SortedOrders> {
    const name = sortName(sort)
    const sorted = this.#sorts.get(name) ?? new SortedOrders(this.#columns, sort)
    this.#sorts.set(name, sorted)
    if (sorted.stale) await sorted.build(this.#tools.breathe)
    return sorted
  }

  /** The order of the queues is kept, others only as long as a list is in them. */
  #forgetSorts(): void {
    const used = new Set([...this.#views.values()].map(({ query }) => sortName(query.sort)))
    used.add(sortName(QUEUE_ORDER))
    for (const name of this.#sorts.keys()) if (!used.has(name)) this.#sorts.delete(name)
  }

  #criteria(query: OrderQuery, now: number): Criterion[] {
    const tools: QueryTools = {
      columns: this.#columns,
      clock: this.#tools.clock,
      textCriteria: (typed, at) => this.#text.criteria(this.#columns, typed, at),
    }
    return criteriaOf(tools, query, now)
  }
}

function sortName({ by, descending }: OrderSort): string {
  return `${by}${descending ? '-' : '+'}`
}
