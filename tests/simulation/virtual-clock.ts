import type { SetTimer } from '#renderer/sync/sync-deps.ts'

interface Timer {
  at: number
  run: () => void
}

/** Time that moves only when told to; timers fire in order of their moment. */
export class VirtualClock {
  /** Time that passed, whatever the desk's clock says. */
  #real: number
  /** What somebody set the desk's clock by. */
  #offset = 0
  readonly #timers = new Set<Timer>()

  constructor(start: number) {
    this.#real = start
  }

  readonly now = (): number => this.#real + this.#offset

  /** The time in the rest of the world. */
  readonly real = (): number => this.#real

  readonly setTimer: SetTimer = (run, ms) => {
    const timer = { at: this.#real + ms, run }
    this.#timers.add(timer)
    return () => void this.#timers.delete(timer)
  }

  /** The desk's clock is set forward or back; timers do not count by it. */
  jump(ms: number): void {
    this.#offset += ms
  }

  /** Moves on to the next timer within `ms` and fires it; otherwise by all of `ms`. Returns how far it moved. */
  step(ms: number): number {
    let next: Timer | undefined
    for (const timer of this.#timers)
      if (timer.at <= this.#real + ms && (next === undefined || timer.at < next.at)) next = timer
    const before = this.#real
    this.#real = Math.max(before, next?.at ?? before + ms)
    if (next !== undefined) {
      this.#timers.delete(next)
      next.run()
    }
    return this.#real - before
  }
}
