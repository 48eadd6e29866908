/** Floors of the orders bench: the same reads and writes on bare IndexedDB. */

export interface BareReads {
  /** 50 rows of a queue by its index, of each turn, ms. */
  page: number[]
  /** 50 rows by their keys, anywhere. */
  keys: number[]
  /** A few counters. */
  counts: number[]
  /** One put of an order with its row and three counters, then a get of one of them. */
  write: number[]
}

/** Runs in the page, on the workspace itself; what is put is what was there. */
export async function readBare({ name, turns }: { name: string; turns: number }): Promise<BareReads> {
  const { open, answer } = bareDatabase
  const db = await open(name)
  const rows = () => db.transaction('orderRows').objectStore('orderRows')
  const done: BareReads = { page: [], keys: [], counts: [], write: [] }
  const ids = (await answer(rows().getAllKeys(null, 200_000))) as string[]
  for (let turn = 0; turn < turns; turn++) {
    let from = performance.now()
    const queue = turn % 2 === 0 ? 'to_ship' : 'shipped'
    const range = IDBKeyRange.bound([queue, -Infinity], [queue, []])
    await answer(rows().index('[queue+sortKey+id]').getAll(range, 50))
    done.page.push(performance.now() - from)
    const at = Math.floor((ids.length * ((turn * 7919) % 1000)) / 1000)
    const keys = Array.from({ length: 50 }, (_, n) => ids[(at + n * 31) % ids.length] ?? '')
    from = performance.now()
    const store = rows()
    await Promise.all(keys.map((key) => answer(store.get(key))))
    done.keys.push(performance.now() - from)
    const key = keys[0] ?? ''
    const order: unknown = await answer(db.transaction('orders').objectStore('orders').get(key))
    const row: unknown = await answer(rows().get(key))
    from = performance.now()
    const kept = db.transaction('counters').objectStore('counters')
    const counters: unknown[] = await Promise.all(
      ['all', 'to_ship', 'blocked'].map((id) => answer<unknown>(kept.get(id))),
    )
    done.counts.push(performance.now() - from)
    from = performance.now()
    const writing = db.transaction(['orders', 'orderRows', 'counters'], 'readwrite', { durability: 'strict' })
    writing.objectStore('orders').put(order)
    writing.objectStore('orderRows').put(row)
    for (const counter of counters) if (counter !== undefined) writing.objectStore('counters').put(counter)
    await new Promise<void>((resolve) => (writing.oncomplete = () => resolve()))
    await answer(db.transaction('counters').objectStore('counters').get('all'))
    done.write.push(performance.now() - from)
  }
  db.close()
  return done
}

/**
 * Runs in the page. The records that an import writes, put into an empty database with the same indexes, as many to a transaction as the
 * import takes; only puts and their commits are timed. Answers ms for `most` orders with as many rows, and how many there were.
 */
export async function putBareOrders({
  name,
  most,
}: {
  name: string
  most: number
}): Promise<{ ms: number; records: number }> {
  const open = (wanted: string, create?: (database: IDBDatabase) => void) =>
    new Promise<IDBDatabase>((resolve, reject) => {
      const opening = create === undefined ? indexedDB.open(wanted) : indexedDB.open(wanted, 1)
      opening.onupgradeneeded = () => create?.(opening.result)
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => reject(new Error(`${wanted} cannot be opened`))
    })
  const source = await open(name)
  const stores = ['orders', 'orderRows']
  const target = await open('bench-bare-orders', (database) => {
    const like = source.transaction(stores)
    for (const store of stores) {
      const model = like.objectStore(store)
      const made = database.createObjectStore(store, { keyPath: model.keyPath })
      for (const index of model.indexNames) {
        const { keyPath, unique, multiEntry } = model.index(index)
        made.createIndex(index, keyPath, { unique, multiEntry })
      }
    }
  })
  const done = { ms: 0, records: 0 }
  for (const store of stores) {
    let after: string | null = null
    for (let put = 0; put < most;) {
      const range: IDBKeyRange | null = after === null ? null : IDBKeyRange.lowerBound(after, true)
      const records = await new Promise<{ id: string }[]>((resolve) => {
        const asked = source
          .transaction(store)
          .objectStore(store)
          .getAll(range, Math.min(1000, most - put))
        asked.onsuccess = () => resolve(asked.result as { id: string }[])
      })
      if (records.length === 0) break
      const from = performance.now()
      const writing = target.transaction(store, 'readwrite', { durability: 'relaxed' })
      for (const record of records) writing.objectStore(store).put(record)
      await new Promise<void>((resolve, reject) => {
        writing.oncomplete = () => resolve()
        writing.onabort = () => reject(new Error('a bare put failed'))
      })
      done.ms += performance.now() - from
      done.records += records.length
      put += records.length
      after = records.at(-1)?.id ?? null
    }
  }
  source.close()
  target.close()
  indexedDB.deleteDatabase('bench-bare-orders')
  return done
}

/**
 * Runs in the page, on the workspace itself, after a verb on so many orders. Reads as many orders, their rows and the newest entries of the
 * timeline, which is what the verb has to write, and puts them as they are, 500 of each to a transaction; answers ms of the puts and their
 * commits.
 */
export async function writeBareAgain({ name, most }: { name: string; most: number }): Promise<number> {
  const { open, answer } = bareDatabase
  const db = await open(name)
  const stores = ['orders', 'orderRows', 'activity']
  const entries = (await answer(db.transaction('activity').objectStore('activity').getAllKeys())) as string[]
  const after = ['', '', entries.at(-most - 1) ?? '']
  let ms = 0
  for (let put = 0; put < most; put += 500) {
    const read = (store: string, i: number) => {
      const range = IDBKeyRange.lowerBound(after[i], true)
      const count = Math.min(500, most - put)
      return answer(db.transaction(store).objectStore(store).getAll(range, count)) as Promise<
        { id: string }[]
      >
    }
    const all = await Promise.all(stores.map(read))
    const from = performance.now()
    const writing = db.transaction(stores, 'readwrite', { durability: 'strict' })
    for (const [i, records] of all.entries())
      for (const record of records) writing.objectStore(stores[i] ?? '').put(record)
    await new Promise<void>((resolve, reject) => {
      writing.oncomplete = () => resolve()
      writing.onabort = () => reject(new Error('a bare put failed'))
    })
    ms += performance.now() - from
    for (const [i, records] of all.entries()) after[i] = records.at(-1)?.id ?? after[i] ?? ''
  }
  db.close()
  return ms
}
