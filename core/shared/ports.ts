/** Epoch milliseconds. The only way core learns the time. */
export type Clock = () => number

/** Uniform in [0, 1). The only way core gets randomness. */
export type Rng = () => number

export type IdSource = <K extends string>() => import('#core/shared/ids.ts').Id<K>
