import { v7 } from '#renderer/data/schema/v7.ts'

/**
 * The present layout. Against v7: reference data that a person brought (rule files, nomenclatures); what is in them is not indexed.
 */
export const v8 = {
  ...v7,
  referenceFiles: 'id',
}

/** Dexie multiplies versions by ten for IndexedDB; this is Dexie's number. */
export const SCHEMA_VERSION = 8
