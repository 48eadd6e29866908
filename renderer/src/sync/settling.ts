import type { OutboxId } from '#core/shared/ids.ts'
import { mayHaveArrived } from '#core/sync/outbox-machine.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import type { SetTimer } from '#renderer/sync/sync-deps.ts'

/**
 * Rows whose last attempt may still be arriving. What the row says of it is a moment of the clock, and somebody may set that
 * forward: here the pause is a timer, which no clock moves. At the start every open question pauses, since nobody knows when the
 * attempt before was made.
 */
export class Settling {
  readonly #ids = new Set<OutboxId>()
  readonly #setTimer: SetTimer
  readonly #over: () => void
  #begun = false

  constructor(setTimer: SetTimer, over: () => void) {
    this.#setTimer = setTimer
    this.#over = over
  }

  /** What an earlier engine left open; does so once. */
  begin(rows: readonly OutboxRow[], settleMs: (row: OutboxRow) => number): void {
    const byTime = new Map<number, OutboxId[]>()
    for (const row of this.#begun ? [] : rows.filter(mayHaveArrived)) {
      const ms = settleMs(row)
      byTime.set(ms, [...(byTime.get(ms) ?? []), row.id])
    }
    for (const [ms, ids] of byTime) this.hold(ids, ms)
    this.#begun = true
  }

  hold(ids: readonly OutboxId[], ms: number): void {
    if (ids.length === 0) return
    for (const id of ids) this.#ids.add(id)
    this.#setTimer(() => {
      for (const id of ids) this.#ids.delete(id)
      this.#over()
    }, ms)
  }

  has(id: OutboxId): boolean {
    return this.#ids.has(id)
  }
}
