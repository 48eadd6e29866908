import type { OutboxId } from '#core/shared/ids.ts'
import { mayHaveArrived, SETTLING_MS } from '#core/sync/outbox-machine.ts'
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
  begin(rows: readonly OutboxRow[]): void {
    if (!this.#begun) this.#hold(rows.filter(mayHaveArrived).map(({ id }) => id))
    this.#begun = true
  }

  hold(id: OutboxId): void {
    this.#hold([id])
  }

  has(id: OutboxId): boolean {
    return this.#ids.has(id)
  }

  #hold(ids: readonly OutboxId[]): void {
    if (ids.length === 0) return
    for (const id of ids) this.#ids.add(id)
    this.#setTimer(() => {
      for (const id of ids) this.#ids.delete(id)
      this.#over()
    }, SETTLING_MS)
  }
}
