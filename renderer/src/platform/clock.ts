import type { Clock, Rng } from '#core/shared/ports.ts'

/** The machine's clock and randomness, behind core's ports. */
export const systemClock: Clock = () => Date.now()

/** Drawn ahead: a call to the system for each digit of an id is most of what an id costs. */
const drawn = new Uint32Array(1024)
let used = drawn.length

export const systemRng: Rng = () => {
  if (used === drawn.length) {
    crypto.getRandomValues(drawn)
    used = 0
  }
  return (drawn[used++] ?? 0) / 4294967296
}
