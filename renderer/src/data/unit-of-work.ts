import type { CaravelDatabase } from '#renderer/data/database.ts'
import { storesFor, type Durability } from '#renderer/data/durability.ts'

export type StoreName =
  | 'connections'
  | 'orders'
  | 'orderRows'
  | 'counters'
  | 'shadows'
  | 'products'
  | 'shipments'
  | 'documents'
  | 'pools'
  | 'printJobs'
  | 'outbox'
  | 'activity'
  | 'quarantine'
  | 'settings'

/** The stores that change together whenever an order does. */
export const ORDER_STORES = [
  'orders',
  'orderRows',
  'counters',
  'activity',
] as const satisfies readonly StoreName[]

export interface UnitOptions {
  stores: readonly StoreName[]
  /** `strict` for intents, numbers, money and what a person typed; `relaxed` for what can be pulled again. */
  durability: Durability
}

/**
 * Everything that `work` writes is there, or nothing is. When `work` throws, all of it is undone and the error
 * comes out here. Inside, only await storage: any other wait lets IndexedDB commit early.
 */
export function inUnit<T>(
  db: CaravelDatabase,
  { stores, durability }: UnitOptions,
  work: () => Promise<T>,
): Promise<T> {
  // Dexie follows native awaits only through a function that is itself async.
  return Promise.resolve(
    db.transaction('rw', storesFor([...new Set(stores)], durability), async () => work()),
  )
}
