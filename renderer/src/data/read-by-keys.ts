import type { Table } from 'dexie'

/**
 * The records under these keys of a unique index. All requests are on their way at once; Dexie's `anyOf` walks a cursor from
 * key to key and waits for the store at each.
 */
export async function readByKeys<T>(
  table: Table<T, string>,
  index: string,
  keys: readonly (string | string[])[],
): Promise<T[]> {
  const found = await Promise.all(keys.map((key) => table.where(index).equals(key).first()))
  return found.filter((each) => each !== undefined)
}
