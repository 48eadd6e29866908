import { makeIdAt, timePart, type Id } from '#core/shared/ids.ts'
import type { Clock, IdSource, Rng } from '#core/shared/ports.ts'

/**
 * Ids that never go back: within one millisecond, or when the clock is set back, the time part is held at the
 * newest one used, so rows of one burst stay near each other in the index.
 */
export function createIdSource(clock: Clock, rng: Rng): IdSource {
  let newest = 0
  let time = timePart(newest)
  return <K extends string>(): Id<K> => {
    const now = clock()
    // In a burst many ids are of one millisecond.
    if (now > newest) {
      newest = now
      time = timePart(now)
    }
    return makeIdAt<K>(time, rng)
  }
}
