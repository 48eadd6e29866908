import type { Table } from 'dexie'

/** Whether a table has no records. Dexie's `limit(1).count()` counts all of them first, which keeps every reader of a large store waiting. */
export async function isEmpty(table: Table<unknown, string>): Promise<boolean> {
  return (await table.limit(1).primaryKeys()).length === 0
}
