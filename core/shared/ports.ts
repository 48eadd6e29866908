import type { Id } from '#core/shared/ids.ts'

/** Epoch milliseconds. The only way core learns the time. */
export type Clock = () => number

/** Uniform in [0, 1). The only way core gets randomness. */
export type Rng = () => number

export type IdSource = <K extends string>() => Id<K>
