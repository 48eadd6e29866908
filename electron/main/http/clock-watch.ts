/** Compares this machine's clock with the `Date` of answers. */
export interface ClockWatch {
  note(host: string, headers: Readonly<Record<string, string>>, receivedAt: number): void
  /** How far the clock here is ahead (negative: behind), in ms; null until there is enough to go by. */
  offMs(): number | null
}

/** Answers of one host that are looked at. */
const LATEST = 5
/** A single answer may have been made, or held up, somewhere on its way. */
const LEAST = 3
const MOST_HOSTS = 50

/**
 * The median of the last few answers of each host, then of the hosts: neither one late answer nor one shop with a wrong clock says
 * that the clock here is off. Answers from a cache (`Age`) carry the time at which they were made, and say nothing.
 */
export function createClockWatch(): ClockWatch {
  const byHost = new Map<string, number[]>()
  return {
    note(host, headers, receivedAt) {
      const said = Date.parse(headers['date'] ?? '')
      if (Number.isNaN(said) || headers['age'] !== undefined) return
      if (!byHost.has(host) && byHost.size >= MOST_HOSTS) return
      // The header has whole seconds: on average the moment was half a second later.
      byHost.set(host, [...(byHost.get(host) ?? []), receivedAt - said - 500].slice(-LATEST))
    },
    offMs() {
      const known = [...byHost.values()].filter(({ length }) => length >= LEAST)
      return known.length === 0 ? null : median(known.map(median))
    },
  }
}

/** Of an even number the one nearer to zero. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const [low = 0, high = low] = sorted.slice(
    Math.ceil(sorted.length / 2) - 1,
    Math.floor(sorted.length / 2) + 1,
  )
  return Math.abs(low) <= Math.abs(high) ? low : high
}
