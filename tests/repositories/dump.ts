import type Dexie from 'dexie'

/** A database as JSON: its version, its stores, and records with bytes as base64. */
export interface DatabaseDump {
  version: number
  stores: Record<string, string>
  records: Record<string, unknown[]>
}

/** Everything in a database that Dexie has opened. */
export async function toDump(db: Dexie): Promise<DatabaseDump> {
  const dump: DatabaseDump = { version: db.verno, stores: {}, records: {} }
  for (const table of db.tables) {
    const { primKey, indexes } = table.schema
    dump.stores[table.name] = [primKey.src, ...indexes.map(({ src }) => src)].join(',')
    dump.records[table.name] = (await table.toArray()).map(
      (record) => JSON.parse(JSON.stringify(record, writeBytes)) as unknown,
    )
  }
  return dump
}

/** Makes the database that a dump describes; uses IndexedDB itself, so nothing of the present schema is in it. */
export async function restoreDump(name: string, { version, stores, records }: DatabaseDump): Promise<void> {
  const open = indexedDB.open(name, version * 10)
  open.onupgradeneeded = () => {
    for (const [store, form] of Object.entries(stores)) {
      const [key = 'id', ...indexes] = form.split(',')
      const made = open.result.createObjectStore(store, { keyPath: key })
      for (const index of indexes) makeIndex(made, index)
    }
  }
  const db = await done(open)
  const tx = db.transaction(Object.keys(stores), 'readwrite')
  for (const [store, all] of Object.entries(records))
    for (const record of all) tx.objectStore(store).put(readBytes(record))
  await new Promise((resolve, reject) => {
    tx.oncomplete = resolve
    tx.onabort = () => reject(tx.error ?? new Error('aborted'))
  })
  db.close()
}

/** Dexie's notation: & unique, * one entry per element, [a+b] compound. */
function makeIndex(store: IDBObjectStore, form: string): void {
  const name = form.replace(/^[&*]+/, '')
  const keyPath = name.startsWith('[') ? name.slice(1, -1).split('+') : name
  store.createIndex(name, keyPath, { unique: form.includes('&'), multiEntry: form.includes('*') })
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('failed'))
  })
}

function writeBytes(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? { base64: btoa(String.fromCharCode(...value)) } : value
}

function readBytes(record: unknown): unknown {
  return JSON.parse(JSON.stringify(record), (_key, value: unknown) => {
    const text =
      typeof value === 'object' && value !== null && 'base64' in value
        ? (value as { base64: string }).base64
        : null
    return text === null ? value : Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
  }) as unknown
}
