import type { OrderQuery } from '#core/order/order-query.ts'
import type { OrderRow } from '#core/order/order-row.ts'
import type { OrderId } from '#core/shared/ids.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import type { OrderIndexClient, ViewState, ViewWindow } from '#renderer/data/order-index/order-views.ts'
import { readRows, readRowsBetween, watchRows } from '#renderer/data/queries/order-lists.ts'
import { holdsSame } from '#renderer/data/queries/same-rows.ts'

/** A list as the page holds it at one moment. Another object whenever anything of it changed. */
export interface WindowedList {
  view: number
  query: OrderQuery
  count: number
  fresh: number
  rowAt(index: number): OrderRow | undefined
  placeOf(id: string): number
  /** Whether it is known that an order which is followed has left the list. */
  hasLeft(id: string): boolean
  keysBetween(from: number, to: number): Promise<readonly OrderId[]>
}

/** Places that are read together. */
const BLOCK = 100
/** Read ahead on either side of what is asked for. */
const AHEAD = 30
const MOST_BLOCKS = 40
/** Rows that are passed by in scrolling are not watched. */
const SETTLED_MS = 150

/**
 * The rows of a view of the order index, of which only those around the screen are here. One read is under way at a time and each begins
 * with what is wanted by then, so a scroll bar that is dragged through everything reads where it stops. What is shown is watched.
 */
export class OrderWindows {
  #state: ViewState | null = null
  #query: OrderQuery | null = null
  #turn = 0
  #asking: Promise<unknown> = Promise.resolve()
  /** Ids of each block, by its number. */
  #ids = new Map<number, readonly OrderId[]>()
  /** Blocks whose ids may have moved. */
  #stale = new Set<number>()
  #rows = new Map<OrderId, OrderRow>()
  /** Where orders stand that somebody keeps an eye on, wherever the screen is; null until that is known, -1 when they have left. */
  #followed = new Map<OrderId, number | null>()
  #wanted = { from: 0, to: BLOCK - 1 }
  #loading = false
  #stopWatching: () => void = () => undefined
  #ended = false

  constructor(
    private readonly db: CaravelDatabase,
    private readonly index: OrderIndexClient,
    private readonly hear: { list: (list: WindowedList) => void; failed: (error: unknown) => void },
  ) {}

  /** Shows another query; the list before stays until its first rows are here. */
  show(query: OrderQuery): void {
    const turn = ++this.#turn
    this.#asking = this.#asking
      .then(() => (turn === this.#turn ? this.#ask(query, turn) : undefined))
      .catch(this.hear.failed)
  }

  want(from: number, to: number): void {
    this.#wanted = { from, to }
    void this.#load()
  }

  /** Keeps the places of these orders up to date. */
  follow(ids: readonly OrderId[]): void {
    const list = ids.map((id) => [id, this.#placeOf(id)] as const)
    this.#followed = new Map(list.map(([id, place]) => [id, place < 0 ? null : place]))
    if (list.some(([, place]) => place < 0)) void this.#find()
  }

  /** `always`: what is new comes in by itself from now on. */
  async letIn(always: boolean): Promise<void> {
    if (this.#state === null) return
    try {
      this.#take(await this.index.letIn(this.#state.view, always))
    } catch (error) {
      this.hear.failed(error)
    }
  }

  end(): void {
    this.#ended = true
    this.#stopWatching()
    if (this.#state !== null) this.index.close(this.#state.view)
  }

  async #ask(query: OrderQuery, turn: number): Promise<void> {
    const { index } = this
    const before = this.#state
    const first =
      before === null
        ? await index.open(query, (now) => this.#take(now), BLOCK)
        : await index.change(before.view, query, BLOCK)
    if (this.#ended) return index.close(first.view)
    this.#state = first
    // From here on the view answers for the new query: nothing of it belongs to what is shown.
    this.#query = null
    if (turn !== this.#turn) return
    const rows = await this.#read(first, query, before === null ? [] : [...this.#rows.values()])
    if (turn !== this.#turn) return
    this.#ids.clear()
    this.#stale.clear()
    this.#put(0, first)
    this.#query = query
    this.#followed = new Map([...this.#followed.keys()].map((id) => [id, null]))
    this.#rows = new Map(rows.map((row) => [row.id, row]))
    this.#wanted = { from: 0, to: Math.min(BLOCK - 1, first.count - 1) }
    this.#publish()
    void this.#load()
    void this.#find()
    this.#watch()
  }

  /** The view changed: what is here may stand elsewhere by now. */
  #take(state: ViewState): void {
    if (this.#state?.view !== state.view || state.version <= this.#state.version) return
    this.#state = state
    for (const block of this.#ids.keys())
      if (this.#touches(block) && block * BLOCK < state.count) this.#stale.add(block)
      else this.#ids.delete(block)
    if (this.#query === null) return
    this.#publish()
    void this.#load()
    void this.#find()
  }

  async #load(): Promise<void> {
    if (this.#loading || this.#query === null) return
    this.#loading = true
    try {
      for (let block = this.#nextBlock(); block !== null && this.#isShowing(); block = this.#nextBlock())
        await this.#fill(block)
    } catch (error) {
      this.hear.failed(error)
    } finally {
      this.#loading = false
    }
    this.#watch()
  }

  /** Not while another query takes the place of what is shown. */
  #isShowing(): boolean {
    return this.#query !== null && !this.#ended
  }

  async #fill(block: number): Promise<void> {
    const { query, turn, state } = { query: this.#query, turn: this.#turn, state: this.#state }
    if (query === null || state === null) return
    const found = await this.index.window(state.view, block * BLOCK, BLOCK)
    const rows = await this.#read(found, query, [])
    if (turn !== this.#turn || this.#query !== query) return
    this.#put(block, found)
    for (const row of rows) this.#rows.set(row.id, row)
    this.#forget()
    this.#publish()
  }

  /** The list may have changed while this was on its way or its rows were read: then it is read again. */
  #put(block: number, found: ViewWindow): void {
    this.#take(found)
    this.#ids.set(block, found.ids)
    if (this.#state?.version === found.version) this.#stale.delete(block)
    else this.#stale.add(block)
  }

  /** The nearest block that is wanted and not here, or not sure to be. */
  #nextBlock(): number | null {
    const count = this.#state?.count ?? 0
    const first = Math.floor(Math.max(0, this.#wanted.from - AHEAD) / BLOCK)
    const last = Math.floor(Math.min(count - 1, this.#wanted.to + AHEAD) / BLOCK)
    const middle = (this.#wanted.from + this.#wanted.to) / 2 / BLOCK
    const open = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i).filter(
      (block) => !this.#ids.has(block) || this.#stale.has(block),
    )
    open.sort((a, b) => Math.abs(a + 0.5 - middle) - Math.abs(b + 0.5 - middle))
    return open[0] ?? null
  }

  /** Rows of a window: those in `known` stay the objects they are unless something in them changed. */
  async #read(window: ViewWindow, query: OrderQuery, known: readonly OrderRow[]): Promise<OrderRow[]> {
    const missing = window.ids.filter((id) => !this.#rows.has(id))
    const { range } = window
    const whole = missing.length === window.ids.length && range !== null
    const read = whole ? await readRowsBetween(this.db, query.list, range) : []
    const here = new Set(read.map(({ id }) => id))
    const rest = missing.filter((id) => !here.has(id))
    if (rest.length > 0) read.push(...(await readRows(this.db, rest)))
    const wanted = new Set(window.ids)
    return [...known.filter(({ id }) => wanted.has(id)), ...read]
  }

  async #find(): Promise<void> {
    const state = this.#state
    const ids = [...this.#followed.keys()]
    if (state === null || ids.length === 0) return
    let places: number[]
    try {
      places = await Promise.all(ids.map((id) => this.index.placeOf(state.view, id)))
    } catch (error) {
      return this.hear.failed(error)
    }
    if (this.#state?.version !== state.version || this.#ended) return
    ids.forEach((id, i) => this.#followed.has(id) && this.#followed.set(id, places[i] ?? -1))
    if (this.#query !== null) this.#publish()
  }

  #touches(block: number): boolean {
    const { from, to } = this.#wanted
    return block * BLOCK <= to + AHEAD && (block + 1) * BLOCK > from - AHEAD
  }

  #forget(): void {
    if (this.#ids.size <= MOST_BLOCKS) return
    for (const block of this.#ids.keys()) if (!this.#touches(block)) this.#ids.delete(block)
    const kept = new Set([...this.#ids.values()].flat())
    for (const id of this.#rows.keys()) if (!kept.has(id)) this.#rows.delete(id)
  }

  #watch(): void {
    this.#stopWatching()
    const ids = this.#idsBetween(this.#wanted.from, this.#wanted.to).filter((id) => id !== undefined)
    if (ids.length === 0 || this.#ended) return
    let watched = { unsubscribe: (): void => undefined }
    const timer = setTimeout(() => {
      watched = watchRows(this.db, ids).subscribe((rows) => this.#refresh(rows), this.hear.failed)
    }, SETTLED_MS)
    this.#stopWatching = () => {
      clearTimeout(timer)
      watched.unsubscribe()
    }
  }

  #refresh(rows: readonly OrderRow[]): void {
    const changed = rows.filter((row) => {
      const was = this.#rows.get(row.id)
      return was === undefined || !holdsSame(was, row)
    })
    for (const row of changed) this.#rows.set(row.id, row)
    if (changed.length > 0) this.#publish()
  }

  #idAt(index: number): OrderId | undefined {
    return this.#ids.get(Math.floor(index / BLOCK))?.[index % BLOCK]
  }

  #idsBetween(from: number, to: number): (OrderId | undefined)[] {
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => this.#idAt(from + i))
  }

  #placeOf(id: string): number {
    for (const [block, ids] of this.#ids) {
      const at = ids.indexOf(id as OrderId)
      if (at >= 0) return block * BLOCK + at
    }
    return this.#followed.get(id as OrderId) ?? -1
  }

  #publish(): void {
    const { view, count, fresh } = this.#state ?? { view: -1, count: 0, fresh: 0 }
    if (this.#query === null || this.#ended) return
    this.hear.list({
      ...{ view, count, fresh, query: this.#query },
      rowAt: (index) => {
        const id = index < count ? this.#idAt(index) : undefined
        return id === undefined ? undefined : this.#rows.get(id)
      },
      placeOf: (id) => this.#placeOf(id),
      hasLeft: (id) => this.#followed.get(id as OrderId) === -1,
      keysBetween: async (from, to) => {
        const here = this.#idsBetween(from, to)
        if (here.every((id) => id !== undefined)) return here
        return (await this.index.window(view, from, to - from + 1)).ids
      },
    })
  }
}
