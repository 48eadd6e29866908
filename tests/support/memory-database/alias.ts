import { fileURLToPath } from 'node:url'

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url))

/** For bundlers: puts the database in memory in the place of Dexie and of IndexedDB. */
export const memoryDatabaseAlias = {
  dexie: here('dexie.ts'),
  'fake-indexeddb/auto': here('install.ts'),
}
