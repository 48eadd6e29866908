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
