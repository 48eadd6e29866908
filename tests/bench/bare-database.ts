/** Bare IndexedDB for the floors of benches: put into the page once, because what runs there can import nothing. */
export interface BareDatabase {
  open(name: string): Promise<IDBDatabase>
  answer<T>(asked: IDBRequest<T>): Promise<T>
}

declare global {
  var bareDatabase: BareDatabase
}

/** Runs in the page, before anything that asks of `bareDatabase`. */
export function offerBareDatabase(): void {
  globalThis.bareDatabase = {
    open: (name) =>
      new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name)
        opening.onsuccess = () => resolve(opening.result)
        opening.onerror = () => reject(new Error(`${name} cannot be opened`))
      }),
    answer: <T>(asked: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        asked.onsuccess = () => resolve(asked.result)
        asked.onerror = () => reject(new Error('a bare request failed'))
      }),
  }
}
