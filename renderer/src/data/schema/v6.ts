import { v5 } from '#renderer/data/schema/v5.ts'

/** The present layout. Against v5: exchange rates, a day of a source each. */
export const v6 = {
  ...v5,
  rateSets: 'id, date',
}

/** Dexie multiplies versions by ten for IndexedDB; this is Dexie's number. */
export const SCHEMA_VERSION = 6
