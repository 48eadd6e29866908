/** Slots and tempo of one connection. */
export interface RateLimiter {
  /**
   * Waits for its turn. Resolves to a function that gives the slot back, or to how many ms one would have to wait when
   * that is more than `maxWaitMs`. Rejects when the signal aborts.
   */
  enter(signal: AbortSignal): Promise<{ leave: () => void } | { retryAfterMs: number }>
  /** The remote said: not before this moment. Epoch ms. */
  blockUntil(at: number): void
}

export interface RateLimits {
  requestsPerSecond: number
  burst: number
  concurrency: number
}

export interface LimiterPorts {
  now: () => number
  sleep: (ms: number, signal: AbortSignal) => Promise<void>
}

/** A token bucket with a limit on requests at once. A longer wait than this is the caller's to schedule. */
export function createRateLimiter(limits: RateLimits, ports: LimiterPorts, maxWaitMs = 2_000): RateLimiter {
  const msPerToken = 1000 / limits.requestsPerSecond
  let tokens = limits.burst
  let filledAt = ports.now()
  let blockedUntil = 0

  const msUntilTurn = (): number => {
    const now = ports.now()
    tokens = Math.min(limits.burst, tokens + Math.max(0, now - filledAt) / msPerToken)
    filledAt = now
    const forToken = tokens >= 1 ? 0 : Math.ceil((1 - tokens) * msPerToken)
    return Math.max(forToken, blockedUntil - now)
  }

  const slots = createSlots(limits.concurrency)

  return {
    async enter(signal) {
      await slots.take(signal)
      try {
        for (let wait = msUntilTurn(); wait > 0; wait = msUntilTurn()) {
          if (wait > maxWaitMs) {
            slots.leave()
            return { retryAfterMs: wait }
          }
          await ports.sleep(wait, signal)
        }
      } catch (error) {
        slots.leave()
        throw error
      }
      tokens -= 1
      let left = false
      return {
        leave() {
          if (!left) slots.leave()
          left = true
        },
      }
    },
    blockUntil(at) {
      blockedUntil = Math.max(blockedUntil, at)
    },
  }
}

function createSlots(count: number) {
  let inside = 0
  const waiting: (() => void)[] = []

  const waitForTurn = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const go = (): void => {
        signal.removeEventListener('abort', stop)
        resolve()
      }
      const stop = (): void => {
        waiting.splice(waiting.indexOf(go), 1)
        reject(signal.reason as Error)
      }
      signal.addEventListener('abort', stop, { once: true })
      waiting.push(go)
    })

  return {
    async take(signal: AbortSignal): Promise<void> {
      signal.throwIfAborted()
      while (inside >= count) await waitForTurn(signal)
      inside += 1
    },
    leave(): void {
      inside -= 1
      waiting.shift()?.()
    },
  }
}
