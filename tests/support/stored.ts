import type { Page } from '@playwright/test'

/** Everything in a store of a database of the page, read past the app's own code. */
export async function readStore<T>(page: Page, database: string, store: string): Promise<T[]> {
  return (await readStores(page, database, [store]))[store] as T[]
}

/** The same of several stores, all as they are at one moment. */
export async function readStores<N extends string>(
  page: Page,
  database: string,
  stores: readonly N[],
): Promise<Record<N, unknown[]>> {
  const found = await page.evaluate(
    ([name, tables]) =>
      new Promise<unknown[][]>((resolve, reject) => {
        const opening = indexedDB.open(name)
        opening.onerror = () => reject(new Error(`${name} cannot be opened`))
        opening.onsuccess = () => {
          const db = opening.result
          const transaction = db.transaction(tables)
          const reads = tables.map((table) => transaction.objectStore(table).getAll())
          transaction.onabort = () => reject(new Error(`${tables.join(', ')} cannot be read`))
          transaction.oncomplete = () => {
            db.close()
            resolve(reads.map((read) => read.result as unknown[]))
          }
        }
      }),
    [database, [...stores]] as const,
  )
  return Object.fromEntries(stores.map((store, i) => [store, found[i] ?? []])) as Record<N, unknown[]>
}

/** Writes one record past the app's own code; pages hear of it when they load anew. */
export function putRecord(page: Page, database: string, store: string, value: unknown): Promise<void> {
  return page.evaluate(
    ([name, table, record]) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open(name as string)
        opening.onerror = () => reject(new Error(`${String(name)} cannot be opened`))
        opening.onsuccess = () => {
          const transaction = opening.result.transaction(table as string, 'readwrite')
          transaction.objectStore(table as string).put(record)
          transaction.oncomplete = () => {
            opening.result.close()
            resolve()
          }
        }
      }),
    [database, store, value],
  )
}
