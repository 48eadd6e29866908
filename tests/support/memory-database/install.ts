import { removeStored, storedDatabases } from '#tests/support/memory-database/shared-store.ts'

/** What is asked of IndexedDB itself, past Dexie: which databases there are. Stands in for `fake-indexeddb/auto`. */

interface DeleteRequest {
  onsuccess: (() => void) | null
}

const indexedDB = {
  databases: async () => storedDatabases(),
  deleteDatabase(name: string): DeleteRequest {
    const request: DeleteRequest = { onsuccess: null }
    removeStored(name)
    setImmediate(() => request.onsuccess?.())
    return request
  },
}

Object.defineProperty(globalThis, 'indexedDB', { value: indexedDB, configurable: true, writable: true })
