import type Dexie from 'dexie'
import type { IndexableType, Table } from 'dexie'

/**
 * The records under these keys of a unique index. All requests are on their way at once; Dexie's `anyOf` walks a cursor from
 * key to key and waits for the store at each.
 */
export function readByKeys<T>(
  db: Dexie,
  table: Table<T, string>,
  index: string,
  keys: readonly IndexableType[],
): Promise<T[]> {
  if (keys.length === 0) return Promise.resolve([])
  return db.transaction('r', table, async () => {
    const found = await Promise.all(keys.map((key) => table.where(index).equals(key).first()))
    return found.filter((record) => record !== undefined)
  })
}
