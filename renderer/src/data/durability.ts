import type { DBCore, Middleware } from 'dexie'

export type Durability = 'strict' | 'relaxed'

/**
 * Dexie fixes durability per database, IndexedDB takes it per transaction (and it matters: reference/sync-perf.md).
 * The wish travels in the list of stores, the only argument that reaches Dexie's core unchanged: a store named
 * twice asks for `relaxed`. To IndexedDB the list is a set, so naming one twice means nothing else.
 */
export function storesFor(stores: readonly string[], durability: Durability): string[] {
  return durability === 'relaxed' ? [...stores, ...stores.slice(0, 1)] : [...stores]
}

/** Dexie middleware that reads the wish of `storesFor` back. */
export const chosenDurability: Middleware<DBCore> = {
  stack: 'dbcore',
  name: 'chosenDurability',
  create: (down) => ({
    ...down,
    transaction(stores, mode, options) {
      const distinct = [...new Set(stores)]
      if (distinct.length === stores.length) return down.transaction(stores, mode, options)
      return down.transaction(distinct, mode, { ...options, durability: 'relaxed' })
    },
  }),
}
