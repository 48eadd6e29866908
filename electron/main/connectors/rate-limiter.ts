import { chooseNext, type Priority, type Waiting } from '#core/sync/priority.ts'
import { createTempo, type Tempo, type TempoLimits } from '#main/connectors/tempo.ts'

/** Slots and tempo of one connection, and of those of its requests that the remote counts apart. */
export interface RateLimiter {
  /**
   * Waits for its turn; who is next among those that wait is decided by priority (core/sync/priority.ts). Resolves to a function that
   * gives the slot back, or to how many ms one would have to wait when that is more than `maxWaitMs`. Rejects when the signal aborts.
   * `name` is the request's: one that is counted apart needs a turn in its own bucket too.
   */
  enter(signal: AbortSignal, priority: Priority, name?: string): Promise<Turn>
  /** The remote said: not before this moment. Epoch ms. */
  blockUntil(at: number): void
  /** The remote said that the bucket of these requests is empty: after how many ms it has one again; null when they have none of their own. */
  drain(name: string): number | null
  /** The remote said how fast that bucket fills. */
  setRate(name: string, requestsPerSecond: number): void
}

export type Turn = { leave: () => void } | { retryAfterMs: number }

export interface RateLimits extends TempoLimits {
  concurrency: number
  /** By name of the request. */
  rates?: Readonly<Record<string, TempoLimits>> | undefined
}

export interface LimiterPorts {
  now: () => number
  sleep: (ms: number, signal: AbortSignal) => Promise<void>
}

interface Caller extends Waiting {
  take: (turn: Turn) => void
  /** Of requests that are counted apart. */
  own: Tempo | undefined
}

/** Token buckets with a limit on requests at once. A longer wait than `maxWaitMs` is the caller's to schedule. */
export function createRateLimiter(limits: RateLimits, ports: LimiterPorts, maxWaitMs = 2_000): RateLimiter {
  return new WaitingLine(limits, ports, maxWaitMs)
}

const NEVER = new AbortController().signal

class WaitingLine implements RateLimiter {
  readonly #concurrency: number
  readonly #ports: LimiterPorts
  readonly #maxWaitMs: number
  readonly #tempo: Tempo
  readonly #apart: ReadonlyMap<string, Tempo>
  readonly #waiting: Caller[] = []
  #inside = 0
  #wakesAt = Infinity

  constructor(limits: RateLimits, ports: LimiterPorts, maxWaitMs: number) {
    this.#concurrency = limits.concurrency
    this.#ports = ports
    this.#maxWaitMs = maxWaitMs
    this.#tempo = createTempo(limits, ports.now)
    this.#apart = new Map(
      Object.entries(limits.rates ?? {}).map(([name, rate]) => [name, createTempo(rate, ports.now)]),
    )
  }

  enter(signal: AbortSignal, priority: Priority, name = ''): Promise<Turn> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted()
      const stop = (): void => {
        this.#remove(caller)
        reject(signal.reason as Error)
      }
      const take = (turn: Turn): void => {
        signal.removeEventListener('abort', stop)
        resolve(turn)
      }
      const caller: Caller = { priority, since: this.#tempo.elapsed(), take, own: this.#apart.get(name) }
      signal.addEventListener('abort', stop, { once: true })
      this.#waiting.push(caller)
      this.#letIn()
    })
  }

  blockUntil(at: number): void {
    this.#tempo.blockUntil(at)
  }

  drain(name: string): number | null {
    const own = this.#apart.get(name)
    own?.drain()
    return own?.msUntilTurn() ?? null
  }

  setRate(name: string, requestsPerSecond: number): void {
    this.#apart.get(name)?.setRate(requestsPerSecond)
  }

  /** Lets in whoever may go now. */
  #letIn(): void {
    this.#turnAway(ownWait)
    while (this.#waiting.length > 0 && this.#inside < this.#concurrency) {
      const wait = this.#tempo.msUntilTurn()
      if (wait > this.#maxWaitMs) return this.#turnAway(() => wait)
      if (wait > 0) return this.#lookAgainIn(wait)
      const ready = this.#waiting.filter((caller) => ownWait(caller) === 0)
      const next = ready[chooseNext(ready)]
      if (next === undefined) return this.#lookAgainIn(Math.min(...this.#waiting.map(ownWait)))
      this.#remove(next)
      // Nobody counts along with this one.
      this.#tempo.spend()()
      const arrived = next.own?.spend()
      this.#inside += 1
      next.take({ leave: this.#leaveOnce(arrived) })
    }
  }

  #turnAway(waitOf: (caller: Caller) => number): void {
    for (const caller of [...this.#waiting]) {
      const retryAfterMs = waitOf(caller)
      if (retryAfterMs <= this.#maxWaitMs) continue
      this.#remove(caller)
      caller.take({ retryAfterMs })
    }
  }

  #remove(caller: Caller): void {
    this.#waiting.splice(this.#waiting.indexOf(caller), 1)
  }

  #lookAgainIn(ms: number): void {
    const at = this.#tempo.elapsed() + ms
    if (this.#wakesAt <= at) return
    this.#wakesAt = at
    const wake = (): void => {
      if (this.#wakesAt === at) this.#wakesAt = Infinity
      this.#letIn()
    }
    void this.#ports.sleep(ms, NEVER).then(wake, wake)
  }

  #leaveOnce(arrived?: () => void): () => void {
    let left = false
    return () => {
      if (left) return
      left = true
      arrived?.()
      this.#inside -= 1
      this.#letIn()
    }
  }
}

function ownWait({ own }: Caller): number {
  return Math.max(0, own?.msUntilTurn() ?? 0)
}
