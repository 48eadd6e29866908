import type { Page } from '@playwright/test'

/** Everything in a store of a database of the page, read past the app's own code. */
export async function readStore<T>(page: Page, database: string, store: string): Promise<T[]> {
  const rows = await page.evaluate(
    ([name, table]) =>
      new Promise<unknown[]>((resolve, reject) => {
        const opening = indexedDB.open(name)
        opening.onerror = () => reject(new Error(`${name} cannot be opened`))
        opening.onsuccess = () => {
          const db = opening.result
          const reading = db.transaction(table).objectStore(table).getAll()
          reading.onerror = () => reject(new Error(`${table} cannot be read`))
          reading.onsuccess = () => {
            db.close()
            resolve(reading.result)
          }
        }
      }),
    [database, store] as const,
  )
  return rows as T[]
}
