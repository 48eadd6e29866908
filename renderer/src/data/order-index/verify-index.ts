import type { OrderId } from '#core/shared/ids.ts'
import type { OrderRow } from '#core/order/order-row.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import type { OrderColumns } from '#renderer/data/order-index/order-columns.ts'
import { rowsAfter } from '#renderer/data/order-index/read-changes.ts'
import { lastChange } from '#renderer/data/repos/order-changes.repo.ts'
import { RowComparer } from '#renderer/data/order-index/same-as-row.ts'

/** Rows that are read at once: the store answers nobody else for some 10 ms. */
const PORTION = 300

/** Orders whose columns are not as their rows; the rows as they are. */
export interface WrongOrders {
  ids: OrderId[]
  rows: (OrderRow | undefined)[]
}

/** One walk over all rows, portion by portion, comparing them with the columns. */
export class IndexCheck {
  #after = ''
  #seen: Uint8Array
  readonly #comparer: RowComparer

  constructor(private readonly columns: OrderColumns) {
    this.#seen = new Uint8Array(columns.count)
    this.#comparer = new RowComparer(columns)
  }

  /**
   * The next portion. The columns hold all changes up to `seq`; 'later' when there are others by now, and nothing was looked at. At the end
   * of the walk those that no row stands for come out, and `isDone`.
   */
  async next(db: CaravelDatabase, seq: number): Promise<(WrongOrders & { isDone: boolean }) | 'later'> {
    return db.transaction('r', [db.counters, db.orderRows], async () => {
      if ((await lastChange(db)) !== seq) return 'later'
      const rows = await rowsAfter(db, this.#after, PORTION)
      const last = rows.at(-1)
      if (last === undefined) return { ...(await this.#ghosts(db)), isDone: true }
      this.#after = last.id
      const wrong = rows.filter((row) => !this.#isRight(row))
      return { ids: wrong.map(({ id }) => id), rows: wrong, isDone: false }
    })
  }

  #isRight(row: OrderRow): boolean {
    const ordinal = this.columns.ids.find(row.id)
    if (ordinal >= 0) this.#seen[ordinal] = 1
    return this.#comparer.isSame(row)
  }

  /** In the columns and not met: gone from the rows without a word, or new since the walk began. */
  async #ghosts(db: CaravelDatabase): Promise<WrongOrders> {
    const ids: OrderId[] = []
    for (let ordinal = 0; ordinal < this.#seen.length; ordinal++)
      if (this.#seen[ordinal] !== 1 && this.columns.has(ordinal)) ids.push(this.columns.ids.at(ordinal))
    const rows = await db.orderRows.bulkGet(ids)
    const gone = ids.filter((_, i) => rows[i] === undefined)
    return { ids: gone, rows: gone.map(() => undefined) }
  }
}
