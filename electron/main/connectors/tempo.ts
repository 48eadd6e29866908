/** Tokens and pauses, in time that went by: somebody may set the clock back. */
export interface Tempo {
  /** Time that went by, in ms. */
  elapsed(): number
  msUntilTurn(): number
  /**
   * Takes one. The remote counts a call when it gets there, and a bucket that was full fills from then on: to be told by what this returns,
   * at the latest when the answer is here. Filled from the moment of sending, every later call would come a little too soon for the remote.
   */
  spend(): () => void
  /** Nothing is left. */
  drain(): void
  /** The remote said: not before this moment. Epoch ms. */
  blockUntil(at: number): void
  /** What is left stays; from now on it fills at this rate. */
  setRate(requestsPerSecond: number): void
}

export interface TempoLimits {
  requestsPerSecond: number
  burst: number
}

/** A call that hangs has arrived by then. */
const LONGEST_WAY_MS = 5_000

/** A token bucket. */
export function createTempo({ requestsPerSecond, burst }: TempoLimits, now: () => number): Tempo {
  let msPerToken = 1000 / requestsPerSecond
  let tokens = burst
  let lookedAt = now()
  let passed = 0
  let blockedUntil = 0
  let fillsFrom = 0

  const follow = (): void => {
    const at = now()
    const before = passed
    passed += Math.max(0, at - lookedAt)
    const filling = Math.max(0, passed - Math.max(before, fillsFrom))
    tokens = Math.min(burst, tokens + filling / msPerToken)
    lookedAt = at
  }

  return {
    elapsed() {
      follow()
      return passed
    },
    msUntilTurn() {
      follow()
      const forToken =
        tokens >= 1 ? 0 : Math.ceil((1 - tokens) * msPerToken + Math.max(0, fillsFrom - passed))
      return Math.max(forToken, blockedUntil - passed)
    },
    spend() {
      follow()
      const wasFull = tokens >= burst
      tokens -= 1
      if (!wasFull) return () => undefined
      const latest = passed + LONGEST_WAY_MS
      fillsFrom = latest
      return () => {
        follow()
        if (fillsFrom === latest) fillsFrom = Math.min(passed, latest)
      }
    },
    drain() {
      follow()
      tokens = Math.min(tokens, 0)
    },
    blockUntil(at) {
      follow()
      blockedUntil = Math.max(blockedUntil, passed + at - lookedAt)
    },
    setRate(rate) {
      follow()
      msPerToken = 1000 / rate
    },
  }
}
