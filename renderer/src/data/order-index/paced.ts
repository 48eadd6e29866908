/** Two runs in half a second, then a rest until that is over: what a person does shows at once, a pull four times a second. */
const RUNS = 2
const WITHIN_MS = 500

/** Runs `work` now or soon, however often it is asked for; never twice at once. */
export class Paced {
  #ran: number[] = []
  #timer: ReturnType<typeof setTimeout> | null = null
  #running = false
  #again = false
  #ended = false

  constructor(
    private readonly work: () => Promise<void> | void,
    private readonly onError: (error: unknown) => void,
  ) {}

  ask(): void {
    if (this.#ended || this.#timer !== null) return
    if (this.#running) {
      this.#again = true
      return
    }
    const now = performance.now()
    this.#ran = this.#ran.filter((at) => at > now - WITHIN_MS)
    if (this.#ran.length < RUNS) return void this.#run()
    this.#timer = setTimeout(() => void this.#run(), (this.#ran[0] ?? now) + WITHIN_MS - now)
  }

  end(): void {
    this.#ended = true
    if (this.#timer !== null) clearTimeout(this.#timer)
  }

  async #run(): Promise<void> {
    this.#timer = null
    if (this.#ended) return
    this.#running = true
    this.#ran.push(performance.now())
    try {
      await this.work()
    } catch (error) {
      if (!this.#ended) this.onError(error)
    } finally {
      this.#running = false
      if (this.#again) {
        this.#again = false
        this.ask()
      }
    }
  }
}
