/** Tokens and pauses, in time that went by: somebody may set the clock back. */
export interface Tempo {
  /** Time that went by, in ms. */
  elapsed(): number
  msUntilTurn(): number
  spend(): void
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

/** A token bucket. */
export function createTempo({ requestsPerSecond, burst }: TempoLimits, now: () => number): Tempo {
  let msPerToken = 1000 / requestsPerSecond
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
    elapsed() {
      follow()
      return passed
    },
    msUntilTurn() {
      follow()
      const forToken = tokens >= 1 ? 0 : Math.ceil((1 - tokens) * msPerToken)
      return Math.max(forToken, blockedUntil - passed)
    },
    spend() {
      tokens -= 1
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
