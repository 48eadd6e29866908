import Dexie from 'dexie'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { endRests } from '#renderer/data/rests.ts'
import { storesFor, type Durability } from '#renderer/data/durability.ts'
import { isJournalled } from '#renderer/data/unsent/touched.ts'
import { closeUnit } from '#renderer/data/unsent/unsent-journal.ts'

export type StoreName =
  | 'connections'
  | 'orders'
  | 'orderRows'
  | 'orderChanges'
  | 'indexParts'
  | 'savedViews'
  | 'bulkJobs'
  | 'bulkSteps'
  | 'counters'
  | 'shadows'
  | 'products'
  | 'listings'
  | 'listingRows'
  | 'conflicts'
  | 'pictures'
  | 'reserves'
  | 'rateSets'
  | 'referenceFiles'
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
  'orderChanges',
  'counters',
  'activity',
] as const satisfies readonly StoreName[]

/** The stores that change together whenever a listing does. */
export const LISTING_STORES = [
  'listings',
  'listingRows',
  'counters',
  'conflicts',
  'outbox',
  'shadows',
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
export async function inUnit<T>(
  db: CaravelDatabase,
  { stores, durability }: UnitOptions,
  work: () => Promise<T>,
): Promise<T> {
  // An entry of the journal needs the one before, this desk's name and whether it is offline.
  const named: StoreName[] = stores.includes('activity') ? [...stores, 'settings'] : [...stores]
  const { unsent } = db
  const ownWork = durability === 'strict' && !isInside()
  const keep = unsent !== null && ownWork && stores.some(isJournalled)
  // What an order was, and its parcels, belong to what is kept of it; the settings count the changes.
  if (keep)
    named.push(
      'settings',
      ...(stores.includes('orders') ? (['shadows', 'shipments'] as const) : []),
      ...(stores.includes('listings') ? (['shadows', 'outbox'] as const) : []),
    )
  let told: Promise<void> | undefined
  // Dexie follows native awaits only through a function that is itself async.
  const result = await db.transaction('rw', storesFor([...new Set(named)], durability), async () => {
    const value = await work()
    const entries = keep ? await closeUnit(db) : []
    if (entries.length > 0) told = onceCommitted(() => unsent?.note(entries))
    return value
  })
  if (ownWork) endRests()
  await told
  return result
}

/**
 * Does it as soon as the present transaction is committed, and never when it is not. Before anything that is shown is read anew: whoever
 * acted waits for this, and not for that.
 */
function onceCommitted(run: () => Promise<void> | undefined): Promise<void> {
  const done = new Promise<void>((resolve, reject) => {
    const begin = (): void => void Promise.resolve(run()).then(resolve, reject)
    Dexie.currentTransaction.idbtrans.addEventListener('complete', begin, { capture: true, once: true })
  })
  // Heard by the unit, which may get to it a moment later.
  done.catch(() => undefined)
  return done
}

/** A unit inside another one leaves it to the outer one to say when it is committed. */
function isInside(): boolean {
  return (Dexie.currentTransaction as unknown) !== null
}
