import { areRatesDue, fetchRates, type RatesTools } from '#renderer/usecases/fetch-rates.ts'

export interface RatesKeeper {
  /** The line may be back: an attempt that failed is made again. */
  lineBack(): void
  stop(): void
}

/** After the start, when shops were asked first. */
const FIRST_LOOK_MS = 10_000
const LOOK_EVERY_MS = 15 * 60_000

/**
 * Fetches exchange rates by itself when newer ones are out: one document on a working day. Nothing waits for it, and what it comes to
 * stands beside the rates (Settings) and nowhere else.
 */
export function keepRates(
  tools: RatesTools,
  { mayWrite, onError }: { mayWrite: () => boolean; onError: (error: unknown) => void },
): RatesKeeper {
  let stopped = false
  let looking = false

  async function look(lineBack = false): Promise<void> {
    if (looking || stopped || !mayWrite()) return
    looking = true
    try {
      if (await areRatesDue(tools, lineBack)) await fetchRates(tools)
    } catch (error) {
      // The database may be closed while an answer is on its way.
      if (!stopped) onError(error)
    } finally {
      looking = false
    }
  }

  const first = setTimeout(() => void look(), FIRST_LOOK_MS)
  const timer = setInterval(() => void look(), LOOK_EVERY_MS)
  return {
    lineBack: () => void look(true),
    stop() {
      stopped = true
      clearTimeout(first)
      clearInterval(timer)
    },
  }
}
