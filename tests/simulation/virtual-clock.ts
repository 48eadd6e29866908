import type { SetTimer } from '#renderer/sync/sync-deps.ts'

interface Timer {
  at: number
  run: () => void
}

/** Time that moves only when told to; timers fire in order of their moment. */
export class VirtualClock {
  #now: number
  readonly #timers = new Set<Timer>()

  constructor(start: number) {
    this.#now = start
  }

  readonly now = (): number => this.#now

  readonly setTimer: SetTimer = (run, ms) => {
    const timer = { at: this.#now + ms, run }
    this.#timers.add(timer)
    return () => void this.#timers.delete(timer)
  }

  /** Moves on to the next timer within `ms` and fires it; otherwise by all of `ms`. Returns how far it moved. */
  step(ms: number): number {
    const next = [...this.#timers].filter(({ at }) => at <= this.#now + ms).sort((a, b) => a.at - b.at)[0]
    const before = this.#now
    this.#now = Math.max(before, next?.at ?? before + ms)
    if (next !== undefined) {
      this.#timers.delete(next)
      next.run()
    }
    return this.#now - before
  }
}
