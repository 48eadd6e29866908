import { QUEUE_ORDER, type OrderQuery } from '#core/order/order-query.ts'
import type { OrderRow } from '#core/order/order-row.ts'
import { refind } from '#renderer/data/order-index/order-text.ts'
import type { Asked } from '#renderer/data/order-index/asked.ts'
import type { Matching } from '#renderer/data/order-index/criteria.ts'
import type { SortedOrders } from '#renderer/data/order-index/sorted-orders.ts'
import type { ColumnsReader } from '#renderer/data/order-index/order-columns.ts'
import type { ViewState, ViewWindow } from '#renderer/data/order-index/order-views.ts'

const OUT = 0
const SHOWN = 1
const FRESH = 2
/** Was shown, does not fit now, and keeps its place. */
const LEFT = 3

/** What changed: the orders, and those of them whose place in the queue did. */
export interface Changed {
  ordinals: Uint32Array
  /** By ordinal; undefined for what is gone. */
  rows: ReadonlyMap<number, OrderRow | undefined>
  moved: ReadonlySet<number>
}

/** One list as a page sees it. Steady: only `fill` lets anything in or moves it. */
export class OrderView {
  ordinals: Uint32Array = new Uint32Array(0)
  /** New orders come in by themselves. */
  always = false
  /** Counts the queries it was asked for; only the last one is worth an answer. */
  asks = 0
  /** As filled: also those that have left since. */
  #places: Uint32Array = this.ordinals
  #standing: Uint8Array = new Uint8Array(0)
  #fresh = 0
  #version = 0
  /** An order that is shown belongs elsewhere by now. */
  #hasMoved = false

  constructor(
    private readonly view: number,
    public asked: Asked,
  ) {}

  /** All that fit, in this order. */
  fill(sorted: Pick<SortedOrders, 'those'>, matching: Matching): void {
    this.ordinals = sorted.those(matching)
    this.#places = this.ordinals
    this.#standing = matching.fits
    this.#fresh = 0
    this.#hasMoved = false
    this.#version++
  }

  /** Looks anew at the words of what changed. */
  refind({ ordinals, rows }: Changed): void {
    let { text } = this.asked
    for (const ordinal of ordinals) text = refind(text, ordinal, rows.get(ordinal))
    this.asked = { ...this.asked, text }
  }

  /**
   * Those that no longer fit leave, and take their places again when they come back; new ones are counted. Says whether anything is different
   * now.
   */
  take({ ordinals, moved }: Changed, columns: ColumnsReader, fits: (ordinal: number) => boolean): boolean {
    this.#reserve(columns.count)
    let changed = false
    let shownChanged = false
    for (const ordinal of ordinals) {
      const standing = this.#standing[ordinal] ?? OUT
      const belongs = fits(ordinal)
      const hasPlace = standing === SHOWN || standing === LEFT
      if (hasPlace && moved.has(ordinal)) this.#hasMoved = true
      if (belongs === (standing === SHOWN || standing === FRESH)) continue
      changed = true
      if (hasPlace) {
        this.#standing[ordinal] = belongs ? SHOWN : LEFT
        shownChanged = true
      } else {
        this.#standing[ordinal] = belongs ? FRESH : OUT
        this.#fresh += belongs ? 1 : -1
      }
    }
    if (shownChanged) this.ordinals = this.#places.filter((ordinal) => this.#standing[ordinal] === SHOWN)
    if (changed) this.#version++
    return changed
  }

  state(): ViewState {
    return { view: this.view, count: this.ordinals.length, fresh: this.#fresh, version: this.#version }
  }

  window(columns: ColumnsReader, from: number, count: number): ViewWindow {
    const start = Math.max(0, Math.min(from, this.ordinals.length))
    const shown = this.ordinals.subarray(start, start + Math.max(0, count))
    const ids = [...shown].map((ordinal) => columns.ids.at(ordinal))
    return { ...this.state(), from: start, ids, range: this.#rangeOf(columns, shown) }
  }

  placeOf(ordinal: number): number {
    return ordinal < 0 || this.#standing[ordinal] !== SHOWN ? -1 : this.ordinals.indexOf(ordinal)
  }

  /** Where the store has exactly these, one after the other: nothing is fresh, nothing is out of its place. */
  #rangeOf({ arrays: { sortKey }, ids }: ColumnsReader, shown: Uint32Array): ViewWindow['range'] {
    const [first, last] = [shown.at(0), shown.at(-1)]
    if (first === undefined || last === undefined) return null
    if (this.#fresh > 0 || this.#hasMoved || !isPlain(this.asked.query)) return null
    return [
      [sortKey[first] ?? 0, ids.at(first)],
      [sortKey[last] ?? 0, ids.at(last)],
    ]
  }

  #reserve(count: number): void {
    if (count <= this.#standing.length) return
    const grown = new Uint8Array(Math.ceil(count * 1.1))
    grown.set(this.#standing)
    this.#standing = grown
  }
}

function isPlain({ text, filters, days, sort }: OrderQuery): boolean {
  const isFiltered = Object.values(filters).some((chosen) => chosen.length > 0)
  const isQueueOrder = sort.by === QUEUE_ORDER.by && sort.descending === QUEUE_ORDER.descending
  return text.trim() === '' && days === null && !isFiltered && isQueueOrder
}
