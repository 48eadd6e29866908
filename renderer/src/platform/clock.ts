import type { Clock, Rng } from '#core/shared/ports.ts'

/** The machine's clock and randomness, behind core's ports. */
export const systemClock: Clock = () => Date.now()

export const systemRng: Rng = () => {
  const [word = 0] = crypto.getRandomValues(new Uint32Array(1))
  return word / 4294967296
}
