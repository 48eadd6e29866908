import Dexie, { type DBCoreKeyRange, type DBCoreTransaction, type Table } from 'dexie'

/** What Dexie calls "exactly this key"; its enum is a type only. */
const EQUAL: unknown = 1

function exactly(key: unknown): DBCoreKeyRange {
  return { type: EQUAL as DBCoreKeyRange['type'], lower: key, upper: key }
}

/**
 * The records under these keys of a unique index. All requests are on their way at once; Dexie's `anyOf` walks a cursor from
 * key to key and waits for the store at each.
 */
export function readByKeys<T>(
  db: Dexie,
  table: Table<T, string>,
  index: readonly string[],
  keys: readonly unknown[],
): Promise<T[]> {
  if (keys.length === 0) return Promise.resolve([])
  const { core } = table
  // Of a single part Dexie knows only the name.
  const [only = ''] = index
  const found = core.schema.getIndexByKeyPath(index.length === 1 ? only : [...index])
  if (found === undefined) throw new Error(`${table.name} has no index over ${index.join(', ')}`)
  return db.transaction('r', table, async () => {
    const trans = Dexie.currentTransaction.idbtrans as unknown as DBCoreTransaction
    const answers = await Promise.all(
      keys.map((key) =>
        core.query({
          ...{ trans, values: true, limit: 1 },
          query: { index: found, range: exactly(key) },
        }),
      ),
    )
    return answers.flatMap(({ result }) => result as T[])
  })
}
