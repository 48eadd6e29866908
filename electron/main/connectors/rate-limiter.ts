import { chooseNext, type Priority, type Waiting } from '#core/sync/priority.ts'

/** Slots and tempo of one connection. */
export interface RateLimiter {
  /**
   * Waits for its turn; who is next among those that wait is decided by priority (core/sync/priority.ts). Resolves to a function that
   * gives the slot back, or to how many ms one would have to wait when that is more than `maxWaitMs`. Rejects when the signal aborts.
   */
  enter(signal: AbortSignal, priority: Priority): Promise<Turn>
  /** The remote said: not before this moment. Epoch ms. */
  blockUntil(at: number): void
}

export type Turn = { leave: () => void } | { retryAfterMs: number }

export interface RateLimits {
  requestsPerSecond: number
  burst: number
  concurrency: number
}

export interface LimiterPorts {
  now: () => number
  sleep: (ms: number, signal: AbortSignal) => Promise<void>
}

interface Caller extends Waiting {
  take: (turn: Turn) => void
}

/** A token bucket with a limit on requests at once. A longer wait than this is the caller's to schedule. */
export function createRateLimiter(limits: RateLimits, ports: LimiterPorts, maxWaitMs = 2_000): RateLimiter {
  const tempo = createTempo(limits, ports.now)
  const never = new AbortController().signal
  const waiting: Caller[] = []
  let inside = 0
  let asleep = false

  /** Lets in whoever may go now. */
  function letIn(): void {
    while (waiting.length > 0 && inside < limits.concurrency) {
      const wait = tempo.msUntilTurn()
      if (wait > maxWaitMs) return turnAway(wait)
      if (wait > 0) return lookAgainIn(wait)
      const [next] = waiting.splice(chooseNext(waiting), 1)
      tempo.spend()
      inside += 1
      next?.take({ leave: leaveOnce() })
    }
  }

  function turnAway(retryAfterMs: number): void {
    for (const { take } of waiting.splice(0)) take({ retryAfterMs })
  }

  function lookAgainIn(ms: number): void {
    if (asleep) return
    asleep = true
    const wake = (): void => {
      asleep = false
      letIn()
    }
    void ports.sleep(ms, never).then(wake, wake)
  }

  function leaveOnce(): () => void {
    let left = false
    return () => {
      if (left) return
      left = true
      inside -= 1
      letIn()
    }
  }

  return {
    enter: (signal, priority) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted()
        const stop = (): void => {
          waiting.splice(waiting.indexOf(caller), 1)
          reject(signal.reason as Error)
        }
        const take = (turn: Turn): void => {
          signal.removeEventListener('abort', stop)
          resolve(turn)
        }
        const caller: Caller = { priority, since: tempo.elapsed(), take }
        signal.addEventListener('abort', stop, { once: true })
        waiting.push(caller)
        letIn()
      }),
    blockUntil: (at) => tempo.blockUntil(at),
  }
}

/** Tokens and pauses, in time that went by: somebody may set the clock back. */
function createTempo({ requestsPerSecond, burst }: RateLimits, now: () => number) {
  const msPerToken = 1000 / requestsPerSecond
  let tokens = burst
  let lookedAt = now()
  let passed = 0
  let blockedUntil = 0

  const follow = (): void => {
    const at = now()
    const ms = Math.max(0, at - lookedAt)
    tokens = Math.min(burst, tokens + ms / msPerToken)
    passed += ms
    lookedAt = at
  }

  return {
    /** Time that went by, in ms. */
    elapsed(): number {
      follow()
      return passed
    },
    msUntilTurn(): number {
      follow()
      const forToken = tokens >= 1 ? 0 : Math.ceil((1 - tokens) * msPerToken)
      return Math.max(forToken, blockedUntil - passed)
    },
    spend(): void {
      tokens -= 1
    },
    blockUntil(at: number): void {
      follow()
      blockedUntil = Math.max(blockedUntil, passed + at - lookedAt)
    },
  }
}
