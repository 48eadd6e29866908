/** Of the last seconds only: what was skipped, or written while the machine was busy, says nothing of what is left. */
const WINDOW_MS = 20_000
const ENOUGH_MS = 3_000

/** How long a step will still take at the pace of its last seconds. */
export class Pace {
  #step = ''
  #seen: { done: number; at: number }[] = []

  /** In ms; null until some seconds of the step are known. `at` is epoch ms. */
  left(step: string, done: number, total: number, at: number): number | null {
    if (step !== this.#step) this.#seen = []
    this.#step = step
    this.#seen = [...this.#seen.filter((each) => at - each.at <= WINDOW_MS), { done, at }]
    const [first] = this.#seen
    if (first === undefined || at - first.at < ENOUGH_MS || done <= first.done) return null
    return ((total - done) * (at - first.at)) / (done - first.done)
  }
}
