import type { CaravelDatabase } from '#renderer/data/database.ts'
import { buildColumns } from '#renderer/data/order-index/build-columns.ts'
import { ColumnsReading, columnParts, isColumnPart } from '#renderer/data/order-index/column-parts.ts'
import { repairByColumns } from '#renderer/data/order-index/count-columns.ts'
import { loadParts, readHead, saveParts, type IndexHead } from '#renderer/data/order-index/index-store.ts'
import { OrderColumns } from '#renderer/data/order-index/order-columns.ts'
import type { OrderIndex } from '#renderer/data/order-index/order-index.ts'
import type { IndexState } from '#renderer/data/order-index/order-views.ts'
import { readChanges, type ReadChanges } from '#renderer/data/order-index/read-changes.ts'
import type { Breathe } from '#renderer/data/order-index/sorted-orders.ts'
import { TextIndex } from '#renderer/data/order-index/text-index.ts'
import { fromTextParts, toTextParts } from '#renderer/data/order-index/text-parts.ts'
import { Turns } from '#renderer/data/order-index/turns.ts'
import { IndexCheck } from '#renderer/data/order-index/verify-index.ts'
import { noteOrderChanges } from '#renderer/data/repos/order-changes.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'

export interface FollowerTools {
  db: CaravelDatabase
  index: OrderIndex
  breathe: Breathe
  onState: (state: IndexState) => void
}

/** Notes, and orders named in them, after which the parts are stored anew. */
const MANY_NOTES = 2_000
const MANY_ORDERS = 20_000
/** Rows taken over before others get their turn: a few ms. */
const STRETCH = 250
/** More gone orders than these in the columns, and than there are others: they are made anew. */
const FEW_GONE = 10_000

/** Keeps an index as the store is: loads or builds it, takes over what is noted, stores it, and checks it. One thing at a time. */
export class OrderFollower {
  readonly #tools: FollowerTools
  readonly #turns = new Turns()
  #columns = new OrderColumns()
  #words = new TextIndex()
  #head: IndexHead | null = null
  #seq = 0
  #ordersSince = 0
  #check: IndexCheck | null = null
  #stopped = false

  constructor(tools: FollowerTools) {
    this.#tools = tools
  }

  /** The last noted change that the index holds. */
  get seq(): number {
    return this.#seq
  }

  /** From the stored parts when they fit, else from the rows; then all that was noted since. */
  load(): Promise<void> {
    return this.#turns.take(async () => {
      if (!(await this.#loadParts())) await this.#build()
      await this.#catchUp()
      this.#sayReady()
    })
  }

  catchUp(): Promise<void> {
    return this.#turns.take(() => this.#catchUp())
  }

  /** Whether enough was taken over to store it. */
  get isDue(): boolean {
    return this.#seq - (this.#head?.seq ?? -MANY_NOTES) >= MANY_NOTES || this.#ordersSince >= MANY_ORDERS
  }

  /** Makes few segments of the many that words come to lie in; for idle time. */
  async settle(): Promise<void> {
    const steps = this.#words.settle()
    while (!this.#stopped && steps.next().done !== true) await this.#tools.breathe()
  }

  /** Stores what changed of the index, and forgets the notes that it holds. */
  save(): Promise<void> {
    return this.#turns.take(async () => {
      await this.settle()
      const parts = [...columnParts(this.#columns), ...toTextParts(this.#words)]
      const state = { parts, seq: this.#seq, count: this.#columns.count }
      const saved = await saveParts(this.#tools.db, state, this.#head)
      // Another one's are not of these columns: next time all of them are stored.
      this.#head = saved ?? withoutParts(await readHead(this.#tools.db))
      this.#ordersSince = 0
      if (saved !== null) this.#columns.dirty.clear()
    })
  }

  /**
   * Compares the next rows with the index, and at the end of the walk the kept counts; what is wrong is put right. `mayWrite`: also in the
   * store, so that other windows hear of it. Returns whether the walk is at its end.
   */
  checkNext(mayWrite: boolean): Promise<boolean> {
    return this.#turns.take(async () => {
      await this.#catchUp()
      const { db, index } = this.#tools
      this.#check ??= new IndexCheck(this.#columns)
      const found = await this.#check.next(db, this.#seq)
      if (found === 'later') return false
      if (found.ids.length > 0) {
        await index.apply(found)
        if (mayWrite)
          await inUnit(db, { stores: ['orderChanges', 'counters'], durability: 'relaxed' }, () =>
            noteOrderChanges(db, found.ids),
          )
        await this.#catchUp()
      }
      if (!found.isDone) return false
      this.#check = null
      if (mayWrite) await repairByColumns(db, this.#columns, this.#seq)
      return true
    })
  }

  stop(): void {
    this.#stopped = true
  }

  async #catchUp(): Promise<void> {
    for (;;) {
      if (this.#stopped) return
      const changes = await readChanges(this.#tools.db, this.#seq)
      if (changes === null) await this.#startOver()
      else await this.#takeOver(changes)
      if (changes?.isLast === true) return
    }
  }

  async #takeOver({ seq, ids, rows }: ReadChanges): Promise<void> {
    for (let at = 0; at < ids.length; at += STRETCH) {
      await this.#tools.index.apply({ ids: ids.slice(at, at + STRETCH), rows: rows.slice(at, at + STRETCH) })
      if (at + STRETCH < ids.length) await this.#tools.breathe()
    }
    this.#seq = seq
    this.#tools.db.ownChanges?.forget(seq)
    this.#ordersSince += ids.length
  }

  /** The notes do not reach back to where the index is: another window stored its own and took them away. */
  async #startOver(): Promise<void> {
    const before = this.#seq
    if (!(await this.#loadParts()) || this.#seq <= before) await this.#build()
    this.#sayReady()
  }

  #sayReady(): void {
    const { alive } = this.#columns
    if (!this.#stopped) this.#tools.onState({ state: 'ready', done: alive, total: alive })
  }

  async #loadParts(): Promise<boolean> {
    const { db, index } = this.#tools
    try {
      const parts = new Map<string, Uint8Array>()
      let reading = new ColumnsReading(0)
      const head = await loadParts(db, ({ count }) => {
        reading = new ColumnsReading(count)
        return (name, bytes) => (isColumnPart(name) ? reading.take(name, bytes) : parts.set(name, bytes))
      })
      if (head === null) return false
      const columns = reading.finish()
      await this.#tools.breathe()
      const words = fromTextParts(parts)
      if (words === null || columns.count - columns.alive > Math.max(FEW_GONE, columns.alive)) return false
      this.#become(columns, words, head.seq)
      this.#head = head
      await index.replace(columns, words)
      return true
    } catch (error) {
      // What does not fit together is made anew; a store that refuses says so again there.
      if (error instanceof Error) return false
      throw error
    }
  }

  async #build(): Promise<void> {
    const { db, index, breathe, onState } = this.#tools
    const words = new TextIndex()
    const built = await buildColumns(db, words, {
      breathe,
      stopped: () => this.#stopped,
      onProgress: (done, total) => onState({ state: 'building', done, total }),
    })
    if (built === null) return
    this.#become(built.columns, words, built.seq)
    this.#head = withoutParts(this.#head)
    this.#ordersSince = MANY_ORDERS
    await index.replace(built.columns, words)
  }

  #become(columns: OrderColumns, words: TextIndex, seq: number): void {
    this.#columns = columns
    this.#words = words
    this.#seq = seq
    this.#check = null
    this.#ordersSince = 0
  }
}

/** So that the next time everything is stored. */
function withoutParts(head: IndexHead | null): IndexHead | null {
  return head === null ? null : { ...head, parts: [] }
}
