import { openBenchDesk, pullEverything } from '#tests/bench/bench-desk.ts'
import { benchRow, median, type RunBench } from '#tests/bench/bench-row.ts'
import { startBigShop } from '#tests/bench/big-shop.ts'

/**
 * Pulling 10,000 orders from a shop on this machine into storage, through the whole app, beside bare IndexedDB puts of the
 * records it left, into stores without indexes, in the same page.
 */

const ORDERS = 10_000
const FLOOR_RUNS = 3

const run: RunBench = async (say) => {
  const desk = await openBenchDesk()
  const shop = await startBigShop(ORDERS)
  try {
    const app = await desk.startApp()
    try {
      const { pullMs } = await pullEverything(app.page, shop, ORDERS)
      say(`pulled ${ORDERS} orders in ${(pullMs / 1000).toFixed(1)} s`)
      // The engine may still be busy with what follows a pull.
      await app.page.waitForTimeout(3_000)
      // tsx compiles inner functions to calls of a helper that a page does not have.
      await app.page.evaluate('globalThis.__name = (named) => named')
      const floors: BarePuts[] = []
      for (let turn = 0; turn < FLOOR_RUNS; turn++) floors.push(await app.page.evaluate(putBare, turn))
      const floorMs = median(floors.map(({ ms }) => ms))
      say(`bare puts of ${floors[0]?.records ?? 0} records in ${(floorMs / 1000).toFixed(2)} s`)
      return [benchRow(`pull and apply ${ORDERS} orders`, perSecond(pullMs), 'orders/s', perSecond(floorMs))]
    } finally {
      await app.close()
    }
  } finally {
    await shop.stop()
    await desk.stop()
  }
}
export default run

const perSecond = (ms: number) => (ORDERS * 1000) / ms

interface BarePuts {
  records: number
  ms: number
}

/** Runs in the page. Reads every record the pull left, then times putting them, 500 to a transaction. */
async function putBare(turn: number): Promise<BarePuts> {
  const open = (name: string, create?: (database: IDBDatabase) => void) =>
    new Promise<IDBDatabase>((resolve, reject) => {
      const opening = create === undefined ? indexedDB.open(name) : indexedDB.open(name, 1)
      opening.onupgradeneeded = () => create?.(opening.result)
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => reject(new Error(`${name} cannot be opened`))
    })
  const source = await open('caravel')
  const stores: { name: string; keyPath: string | string[] | null; records: unknown[] }[] = []
  for (const name of source.objectStoreNames) {
    const store = source.transaction(name).objectStore(name)
    const records = await new Promise<unknown[]>((resolve) => {
      const reading = store.getAll()
      reading.onsuccess = () => resolve(reading.result)
    })
    if (records.length > 0) stores.push({ name, keyPath: store.keyPath, records })
  }
  source.close()

  const name = `bench-floor-${turn}`
  const target = await open(name, (database) => {
    for (const store of stores) database.createObjectStore(store.name, { keyPath: store.keyPath })
  })
  const from = performance.now()
  for (const { name: store, records } of stores) {
    for (let at = 0; at < records.length; at += 500) {
      const transaction = target.transaction(store, 'readwrite')
      for (const record of records.slice(at, at + 500)) transaction.objectStore(store).put(record)
      await new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve()
        transaction.onabort = () => reject(new Error('a bare put failed'))
      })
    }
  }
  const ms = performance.now() - from
  target.close()
  indexedDB.deleteDatabase(name)
  return { records: stores.reduce((sum, { records }) => sum + records.length, 0), ms }
}
