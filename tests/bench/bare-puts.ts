/** What the same records cost without the app. */
export interface BarePuts {
  records: number
  ms: number
}

export interface BareWish {
  /** Makes the name of the database that is filled. */
  turn: number
  /** With the same indexes as the app's stores, or with none. */
  indexes: boolean
}

/**
 * Runs in the page. Copies every record of the app's database into an empty one, 500 to a transaction and store by store; only the
 * puts and their commits are timed.
 */
export async function putBare({ turn, indexes }: BareWish): Promise<BarePuts> {
  const open = (name: string, create?: (database: IDBDatabase) => void) =>
    new Promise<IDBDatabase>((resolve, reject) => {
      const opening = create === undefined ? indexedDB.open(name) : indexedDB.open(name, 1)
      opening.onupgradeneeded = () => create?.(opening.result)
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => reject(new Error(`${name} cannot be opened`))
    })
  const source = await open('caravel')
  const names = [...source.objectStoreNames]
  const name = `bench-floor-${turn}-${indexes ? 'indexed' : 'plain'}`
  const target = await open(name, (database) => {
    const stores = source.transaction(names)
    for (const store of names) {
      const like = stores.objectStore(store)
      const made = database.createObjectStore(store, { keyPath: like.keyPath })
      for (const index of indexes ? like.indexNames : []) {
        const { keyPath, unique, multiEntry } = like.index(index)
        made.createIndex(index, keyPath, { unique, multiEntry })
      }
    }
  })
  const done = { records: 0, ms: 0 }
  for (const store of names) {
    let after: IDBValidKey | null = null
    for (;;) {
      const range: IDBKeyRange | null = after === null ? null : IDBKeyRange.lowerBound(after, true)
      const reading = source.transaction(store).objectStore(store)
      const [keys, records] = await Promise.all([
        new Promise<IDBValidKey[]>((resolve) => {
          const asked = reading.getAllKeys(range, 500)
          asked.onsuccess = () => resolve(asked.result)
        }),
        new Promise<unknown[]>((resolve) => {
          const asked = reading.getAll(range, 500)
          asked.onsuccess = () => resolve(asked.result)
        }),
      ])
      if (records.length === 0) break
      const from = performance.now()
      const transaction = target.transaction(store, 'readwrite', { durability: 'relaxed' })
      for (const record of records) transaction.objectStore(store).put(record)
      await new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve()
        transaction.onabort = () => reject(new Error('a bare put failed'))
      })
      done.ms += performance.now() - from
      done.records += records.length
      after = keys.at(-1) ?? null
    }
  }
  source.close()
  target.close()
  indexedDB.deleteDatabase(name)
  return done
}
