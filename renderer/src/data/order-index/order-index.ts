import { foldText } from '#core/shared/fold-text.ts'
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
import { criteriaOf, matching, type Criterion } from '#renderer/data/order-index/criteria.ts'
import { facetColumn, type ClockTest } from '#renderer/data/order-index/facet-columns.ts'
import { OrderColumns, type ColumnsReader } from '#renderer/data/order-index/order-columns.ts'
import { findText, NO_TEXT } from '#renderer/data/order-index/order-text.ts'
import type { Asked } from '#renderer/data/order-index/asked.ts'
import { OrderView, type Changed } from '#renderer/data/order-index/order-view.ts'
import type { FacetCounts, Selection, ViewState, ViewWindow } from '#renderer/data/order-index/order-views.ts'
import type { SearchFacts } from '#renderer/data/order-index/search-facts.ts'
import { SortedOrders, type Breathe } from '#renderer/data/order-index/sorted-orders.ts'
import { rowTokens } from '#core/order/search-tokens.ts'
import { TextIndex } from '#renderer/data/order-index/text-index.ts'
import { Turns } from '#renderer/data/order-index/turns.ts'

/** What the index works with besides its own columns. */
export interface IndexTools {
  clock: ClockTest
  facts: SearchFacts
  /** The folded texts of orders; '' of one that is gone. */
  readTexts: (ids: OrderId[]) => Promise<string[]>
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

/** Ids that are put together before others get their turn: a few ms. */
const IDS_AT_ONCE = 32_768

/** All orders in memory, and the lists that pages have open. Knows nothing of storage. */
export class OrderIndex {
  #columns = new OrderColumns()
  #words = new TextIndex()
  readonly #tools: IndexTools
  readonly #turns = new Turns()
  readonly #sorts = new Map<string, SortedOrders>()
  readonly #views = new Map<number, OrderView>()
  #nextView = 1

  constructor(tools: IndexTools) {
    this.#tools = tools
  }

  get columns(): ColumnsReader {
    return this.#columns
  }

  /** Takes over what changed, and tells the views. */
  apply({ ids, rows }: ReadOrders): Promise<void> {
    return this.#turns.take(() => {
      const changed = this.#put(ids, rows)
      for (const sorted of this.#sorts.values()) sorted.update(touched(changed, sorted.sort))
      for (const view of this.#views.values()) this.#takeInto(view, changed)
    })
  }

  /** Other columns and words in the place of these; the lists that are open are made anew from them. */
  async replace(columns: OrderColumns, words: TextIndex): Promise<void> {
    await this.#turns.take(() => {
      this.#columns = columns
      this.#words = words
      this.#sorts.clear()
    })
    for (const view of this.#views.values()) {
      await this.#fill(view)
      this.#tools.onChange(view.state())
    }
  }

  open(query: OrderQuery, first = 0): Promise<ViewWindow> {
    const number = this.#nextView++
    const view = new OrderView(number, this.#nothingAsked(query))
    this.#views.set(number, view)
    return this.#fill(view, { query, first })
  }

  change(number: number, query: OrderQuery, first = 0): Promise<ViewWindow> {
    const view = this.#view(number)
    view.asks++
    return this.#fill(view, { query, first })
  }

  letIn(number: number, always?: boolean): Promise<ViewState> {
    const view = this.#view(number)
    if (always !== undefined) view.always = always
    return this.#fill(view).then(() => view.state())
  }

  window(number: number, from: number, count: number): ViewWindow {
    return this.#view(number).window(this.#columns, from, count)
  }

  placeOf(number: number, id: OrderId): number {
    return this.#view(number).placeOf(this.#columns.ids.find(id))
  }

  facets(number: number, of: readonly FacetId[]): Promise<FacetCounts> {
    return this.#turns.take(() => {
      const { asked } = this.#view(number)
      const { clock, breathe } = this.#tools
      const columnOf = (facet: FacetId) => facetColumn(this.#columns, facet, { clock, now: asked.now })
      const { filters } = asked.query
      return countFacets(this.#columns, this.#criteria(asked), { of, filters, columnOf, breathe })
    })
  }

  close(number: number): void {
    this.#views.delete(number)
    this.#forgetSorts()
  }

  /** Orders of a selection, in the order of the list, as it is at this moment; null when its list is no longer open. */
  async idsOf(selection: Selection): Promise<OrderId[] | null> {
    if ('ids' in selection) return selection.ids
    const view = this.#views.get(selection.view)
    if (view === undefined) return null
    // What it shows by and by is another array.
    const { ordinals } = view
    const { ids } = this.#columns
    const except = new Set<string>(selection.except)
    const all: OrderId[] = []
    for (let from = 0; from < ordinals.length; from += IDS_AT_ONCE) {
      for (const id of ids.list(ordinals.subarray(from, from + IDS_AT_ONCE)))
        if (!except.has(id)) all.push(id)
      await this.#tools.breathe()
    }
    return all
  }

  /** Works with the columns and with what a query finds now (1 by ordinal), while neither changes. */
  withMatching<T>(
    query: OrderQuery,
    work: (columns: ColumnsReader, fits: Uint8Array) => Promise<T>,
  ): Promise<T> {
    return this.#turns.take(async () => {
      const asked = await this.#ask(query)
      return work(this.#columns, matching(this.#columns, this.#criteria(asked)).fits)
    })
  }

  /** One that was closed is empty: a question may cross its end. */
  #view(number: number): OrderView {
    return this.#views.get(number) ?? new OrderView(number, this.#nothingAsked(plainQuery('all')))
  }

  #nothingAsked(query: OrderQuery): Asked {
    return { query, text: NO_TEXT, shops: [], now: this.#tools.now() }
  }

  #put(ids: readonly OrderId[], rows: readonly (OrderRow | undefined)[]): Changed {
    const columns = this.#columns
    const changed = new Map<number, OrderRow | undefined>()
    const moved = new Set<number>()
    for (const [i, id] of ids.entries()) {
      const row = rows[i]
      const before = columns.sortKeyOf(id)
      const ordinal = row === undefined ? columns.remove(id) : columns.put(row)
      if (ordinal < 0) continue
      if (row === undefined) this.#words.remove(ordinal)
      else this.#words.set(ordinal, rowTokens(row))
      if (before !== row?.sortKey) moved.add(ordinal)
      changed.set(ordinal, row)
    }
    return { ordinals: Uint32Array.from(changed.keys()), rows: changed, moved }
  }

  #takeInto(view: OrderView, changed: Changed): void {
    const before = view.state().version
    view.refind(changed)
    const criteria = this.#criteria(view.asked)
    const { alive } = this.#columns.arrays
    const fits = (ordinal: number): boolean =>
      alive[ordinal] === 1 && criteria.every(({ test }) => test(ordinal))
    view.take(changed, this.#columns, fits)
    const sorted = this.#sorts.get(sortName(view.asked.query.sort))
    const isTouched = view.state().version !== before || changed.ordinals.some(fits)
    if (view.always && isTouched && sorted?.stale === false) {
      view.asked = { ...view.asked, now: this.#tools.now() }
      view.fill(sorted, matching(this.#columns, this.#criteria(view.asked)))
    }
    if (view.state().version !== before) this.#tools.onChange(view.state())
  }

  /** In a turn of its own: while a list is sorted for the first time nothing may change. */
  #fill(
    view: OrderView,
    { query: wanted, first = 0 }: { query?: OrderQuery; first?: number } = {},
  ): Promise<ViewWindow> {
    const asks = view.asks
    return this.#turns.take(async () => {
      // While a person types, the next query comes before this one's turn.
      if (asks !== view.asks) return view.window(this.#columns, 0, first)
      const query = wanted ?? view.asked.query
      const sorted = await this.#sorted(query.sort)
      view.asked = await this.#ask(query)
      view.fill(sorted, matching(this.#columns, this.#criteria(view.asked)))
      this.#forgetSorts()
      return view.window(this.#columns, 0, first)
    })
  }

  async #ask(query: OrderQuery): Promise<Asked> {
    const { facts, readTexts, now } = this.#tools
    if (query.text.trim() === '') return this.#nothingAsked(query)
    const { ids, count } = this.#columns
    const text = await findText(this.#words, query.text, {
      ...{ count, facts },
      readTexts: (ordinals) => readTexts(ids.list(ordinals)),
    })
    const shops = text.facts.some(({ kind }) => kind === 'channel') ? await facts.shops() : []
    return { query, text, shops, now: now() }
  }

  async #sorted(sort: OrderSort): Promise<SortedOrders> {
    const name = sortName(sort)
    const shops = sort.by === 'channel' ? await this.#tools.facts.shops() : []
    const names = new Map(shops.map(({ id, name: shop }) => [id, foldText(shop)]))
    const sorted = this.#sorts.get(name) ?? new SortedOrders(this.#columns, sort, names)
    this.#sorts.set(name, sorted)
    if (sorted.stale) await sorted.build(this.#tools.breathe)
    return sorted
  }

  /** The order of the queues is kept, others only as long as a list is in them. */
  #forgetSorts(): void {
    const used = new Set([...this.#views.values()].map(({ asked }) => sortName(asked.query.sort)))
    used.add(sortName(QUEUE_ORDER))
    for (const name of this.#sorts.keys()) if (!used.has(name)) this.#sorts.delete(name)
  }

  #criteria(asked: Asked): Criterion[] {
    return criteriaOf({ columns: this.#columns, clock: this.#tools.clock }, asked)
  }
}

/** The order of the queues knows what moved in it; any other may be touched by every change. */
function touched({ ordinals, moved }: Changed, { by }: OrderSort): Uint32Array {
  return by === QUEUE_ORDER.by ? Uint32Array.from(moved) : ordinals
}

function sortName({ by, descending }: OrderSort): string {
  return `${by}${descending ? '-' : '+'}`
}
