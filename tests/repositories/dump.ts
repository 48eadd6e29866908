import Dexie from 'dexie'

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

/** Makes the database that a dump describes; only what the dump says, so nothing of the present schema is in it. */
export async function restoreDump(name: string, { version, stores, records }: DatabaseDump): Promise<void> {
  const db = new Dexie(name, { autoOpen: false })
  db.version(version).stores(stores)
  await db.open()
  for (const [store, all] of Object.entries(records)) await db.table(store).bulkPut(all.map(readBytes))
  db.close()
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
