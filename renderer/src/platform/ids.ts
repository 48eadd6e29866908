import { makeId, type Id } from '#core/shared/ids.ts'
import type { Clock, IdSource, Rng } from '#core/shared/ports.ts'

/**
 * Ids that never go back: within one millisecond, or when the clock is set back, the time part is held at the
 * newest one used, so rows of one burst stay near each other in the index.
 */
export function createIdSource(clock: Clock, rng: Rng): IdSource {
  let newest = 0
  return <K extends string>(): Id<K> => {
    newest = Math.max(newest, clock())
    return makeId<K>(newest, rng)
  }
}
