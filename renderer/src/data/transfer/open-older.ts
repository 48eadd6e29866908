import Dexie from 'dexie'
import { SCHEMA_VERSION } from '#renderer/data/schema/v8.ts'

/** A database whose layout is older than the present one, opened as it is; null when there is none. To be closed before it is upgraded. */
export async function openOlder(name: string): Promise<Dexie | null> {
  const found = (await indexedDB.databases()).find((entry) => entry.name === name)
  const version = Math.floor((found?.version ?? 0) / 10)
  if (version === 0 || version >= SCHEMA_VERSION) return null
  // Without declared versions Dexie takes the layout that is there.
  return new Dexie(name).open()
}
