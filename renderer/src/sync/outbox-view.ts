import type { OutboxId } from '#core/shared/ids.ts'
import { sortForSending } from '#core/sync/choose-sends.ts'
import { isLeaseOver } from '#core/sync/outbox-machine.ts'
import type { OutboxRow } from '#core/sync/outbox.ts'
import { prepareRound } from '#renderer/sync/push.ts'
import type { SyncDeps } from '#renderer/sync/sync-deps.ts'

/** Up to here the outbox is read anew for each look; it costs less than a call. */
const SMALL = 200
/** A long one is read again at most four times a second, and for at most a tenth of the time. */
const LEAST_MS = 250
const SHARE = 10

/**
 * The outbox as the rounds see it. While thousands of rows drain, reading all of them after each would make the whole quadratic,
 * so a long outbox is looked at from memory for a moment: what was sent is taken out of it, anything else that changed shows
 * at the next reading. That a row may still be sent is decided in the transaction that leases it (push.ts), not here.
 */
export class OutboxView {
  readonly #deps: SyncDeps
  #rows: OutboxRow[] | null = null
  #gone = new Set<OutboxId>()
  #readAt = 0
  #restMs = 0
  #changed = false
  #forgets = 0

  constructor(deps: SyncDeps) {
    this.#deps = deps
  }

  /** Somebody wrote to the outbox, maybe we. */
  noteChange(): void {
    this.#changed = true
  }

  /** The next look reads everything. */
  forget(): void {
    this.#rows = null
    this.#forgets++
  }

  /** It left the outbox: not to be chosen again. */
  remove(id: OutboxId): void {
    this.#gone.add(id)
  }

  /** All rows in sending order; those whose lease ran out are open questions by now. */
  async rows(): Promise<readonly OutboxRow[]> {
    const now = this.#deps.now()
    const kept = this.#rows
    if (kept === null || !this.#mayServe(kept, now)) return this.#read(now)
    return this.#sift(kept)
  }

  /** When it wants to be looked at again because of a change it has not read; null when there is none. */
  get nextReadAt(): number | null {
    return this.#changed && this.#rows !== null ? this.#readAt + this.#restMs : null
  }

  #mayServe(rows: readonly OutboxRow[], now: number): boolean {
    if (rows.length - this.#gone.size <= SMALL || now >= this.#readAt + this.#restMs) return false
    return !rows.some((row) => isLeaseOver(row, now, this.#deps.aliveSince))
  }

  async #read(from: number): Promise<readonly OutboxRow[]> {
    this.#changed = false
    this.#gone = new Set()
    const forgets = this.#forgets
    const rows = sortForSending(await prepareRound(this.#deps))
    // Told to forget while reading: this reading serves once.
    this.#rows = forgets === this.#forgets ? rows : null
    this.#readAt = this.#deps.now()
    this.#restMs = rows.length <= SMALL ? 0 : Math.max(LEAST_MS, SHARE * (this.#readAt - from))
    return this.#sift(rows)
  }

  /** Without what has left, also while it was being read. */
  #sift(rows: OutboxRow[]): OutboxRow[] {
    if (this.#gone.size === 0) return rows
    const left = rows.filter(({ id }) => !this.#gone.has(id))
    this.#gone = new Set()
    if (this.#rows !== null) this.#rows = left
    return left
  }
}
