import Dexie from 'dexie'
import type { OrderId } from '#core/shared/ids.ts'
import type { OrderRow } from '#core/order/order-row.ts'

/** More rows than these are not kept: whoever follows is far behind then, and reads them. */
const MOST_ROWS = 10_000

type Rows = ReadonlyMap<OrderId, OrderRow>

/**
 * Slim rows that this very thread has committed, by the number under which their change is noted. The index in the same thread takes them
 * over from here: while it reads them from the store, the next unit of a long verb would wait.
 */
export class OwnChanges {
  readonly #committed = new Map<number, Rows>()
  readonly #open = new WeakMap<IDBTransaction, { rows: Map<OrderId, OrderRow>; seq: number | null }>()
  #count = 0

  /** In a unit: these rows are written. */
  wrote(rows: readonly OrderRow[]): void {
    const { rows: written } = this.#unit()
    for (const row of rows) written.set(row.id, row)
  }

  /** In a unit: what it writes is noted under this number. */
  noted(seq: number): void {
    this.#unit().seq = seq
  }

  /** Rows as that change left them; null when it was not made here. */
  rowsOf(seq: number): Rows | null {
    return this.#committed.get(seq) ?? null
  }

  /** Changes up to this one are taken over. */
  forget(upTo: number): void {
    for (const [seq, rows] of this.#committed) {
      if (seq > upTo) continue
      this.#committed.delete(seq)
      this.#count -= rows.size
    }
  }

  #unit(): { rows: Map<OrderId, OrderRow>; seq: number | null } {
    const { idbtrans } = Dexie.currentTransaction
    const known = this.#open.get(idbtrans)
    if (known !== undefined) return known
    const unit = { rows: new Map<OrderId, OrderRow>(), seq: null as number | null }
    this.#open.set(idbtrans, unit)
    // Of a unit that is undone nothing is heard: its number is given again.
    const keep = (): void => this.#keep(unit.seq, unit.rows)
    idbtrans.addEventListener('complete', keep, { capture: true, once: true })
    return unit
  }

  #keep(seq: number | null, rows: Rows): void {
    if (seq === null || rows.size === 0 || this.#count + rows.size > MOST_ROWS) return
    this.#committed.set(seq, rows)
    this.#count += rows.size
  }
}
