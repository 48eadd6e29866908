import 'fake-indexeddb/auto'
import { expect, it, vi } from 'vitest'
import { plainQuery } from '#core/order/order-query.ts'
import { seededRng } from '#core/shared/seeded-rng.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { saveOrders } from '#renderer/data/repos/orders.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'
import { orderIndexClient } from '#renderer/platform/order-index-client.ts'
import type { FromWorker, ToWorker } from '#renderer/worker/messages.ts'
import { OrderIndexDesk } from '#renderer/worker/order-index-desk.ts'
import type { IndexState, ViewState } from '#renderer/data/order-index/order-views.ts'
import { madeOrder } from '#tests/support/made-orders.ts'
import { freshDatabase } from '#tests/support/test-desk.ts'

const rng = seededRng(4)
const idOf = (n: number) => String(n).padStart(17, '0')

async function write(db: CaravelDatabase, ids: readonly number[]): Promise<void> {
  const orders = ids.map((n) => madeOrder(idOf(n), rng))
  await inUnit(
    db,
    { stores: ['orders', 'orderRows', 'orderChanges', 'counters'], durability: 'relaxed' },
    () => saveOrders(db, orders),
  )
}

/** A page and its worker's desk, with messages between them as copies. */
function pageAndDesk(db: CaravelDatabase) {
  const worker = new EventTarget()
  const errors: unknown[] = []
  const send = (message: FromWorker) =>
    worker.dispatchEvent(new MessageEvent('message', { data: structuredClone(message) }))
  const tools = { db, mayWrite: () => true, onError: (error: unknown) => errors.push(error) }
  const waiting = new Map<number, (answer: never) => void>()
  worker.addEventListener('message', (event) => {
    const { data } = event as MessageEvent<FromWorker>
    if (data.kind === 'answer') waiting.get(data.ask)?.(data.answer as never)
  })
  const tell = (message: ToWorker): void => {
    const { kind } = message
    if (kind === 'close-orders') desk.close(message.view)
    if (kind === 'orders')
      void desk.answer(message.call).then((answer) => send({ kind: 'answer', ask: message.ask, answer }))
  }
  let asked = 0
  const client = orderIndexClient(worker as never, tell, (ask) => {
    const number = ++asked
    const answer = new Promise<never>((resolve) => waiting.set(number, resolve))
    ask(number)
    return answer
  })
  const desk = new OrderIndexDesk({ ...tools, post: send })
  return { client, desk, errors }
}

it('answers when it is ready, and tells at once of what another thread wrote', async () => {
  const db = await freshDatabase()
  await write(db, [1, 2, 3])
  const { client, desk, errors } = pageAndDesk(db)
  const states: IndexState[] = []
  client.onState((state) => states.push(state))
  const heard: ViewState[] = []
  const { view, count } = await client.open(plainQuery('all'), (state) => heard.push(state))
  expect(count).toBe(3)
  expect(states.map(({ state }) => state)).toEqual(['loading', 'building', 'building', 'ready'])
  await write(db, [4])
  await vi.waitFor(() => expect(heard).toEqual([{ view, count: 3, fresh: 1, version: 2 }]))
  expect(await client.letIn(view)).toMatchObject({ count: 4, fresh: 0 })
  expect(await client.placeOf(view, (await client.window(view, 1, 1)).ids[0]!)).toBe(1)
  const { channel } = await client.facets(view, ['channel'])
  expect(channel!.reduce((sum, each) => sum + each.count, 0)).toBe(4)
  desk.stop()
  expect(errors).toEqual([])
  db.close()
})

it('tells of a burst four times a second, of its end always, and of nothing once it is stopped', async () => {
  const db = await freshDatabase()
  const { client, desk, errors } = pageAndDesk(db)
  const heard: ViewState[] = []
  await client.open(plainQuery('all'), (state) => heard.push(state))
  const from = performance.now()
  for (let n = 0; n < 60; n++) {
    await write(db, [n])
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  await vi.waitFor(() => expect(heard.at(-1)?.fresh).toBe(60))
  const seconds = (performance.now() - from) / 1000
  expect(heard.length).toBeLessThanOrEqual(Math.ceil(seconds / 0.5) * 2 + 2)
  desk.stop()
  const before = heard.length
  await write(db, [99])
  db.close()
  await new Promise((resolve) => setTimeout(resolve, 600))
  expect(heard.length).toBe(before)
  expect(errors).toEqual([])
})

it('finds by itself what it was not told of', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] })
  const db = await freshDatabase()
  await write(db, [1])
  const { client, desk, errors } = pageAndDesk(db)
  const heard: ViewState[] = []
  await client.open(plainQuery('all'), (state) => heard.push(state))
  const elsewhere = await freshDatabase()
  await write(elsewhere, [1])
  await write(elsewhere, [2, 3])
  await copySilently(elsewhere, db)
  // Seconds of the desk's clock; the walk over all of the index is a minute away.
  for (let second = 0; second < 40 && heard.length === 0; second++) {
    vi.advanceTimersByTime(1_000)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  expect(heard.at(-1)).toMatchObject({ count: 1, fresh: 2 })
  desk.stop()
  vi.useRealTimers()
  expect(errors).toEqual([])
  db.close()
  elsewhere.close()
})

/** As another program would: no live query hears of it. */
async function copySilently(from: CaravelDatabase, to: CaravelDatabase): Promise<void> {
  const stores = ['orders', 'orderRows', 'orderChanges', 'counters'] as const
  const records = await Promise.all(stores.map((store) => from.table<unknown>(store).toArray()))
  const raw = to.backendDB().transaction(stores, 'readwrite')
  for (const [at, store] of stores.entries())
    for (const record of records[at] ?? []) raw.objectStore(store).put(record)
  await new Promise((resolve) => raw.addEventListener('complete', resolve))
}

it('stores nothing while somebody asks, though not for ever', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] })
  const db = await freshDatabase()
  await write(db, [1])
  const { client, desk, errors } = pageAndDesk(db)
  const { view } = await client.open(plainQuery('all'), () => undefined)
  const isStored = async () => (await db.indexParts.count()) > 0
  const askFor = async (seconds: number) => {
    for (let second = 0; second < seconds && !(await isStored()); second++) {
      await client.window(view, 0, 1)
      vi.advanceTimersByTime(1_000)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  await askFor(60)
  expect(await isStored()).toBe(false)
  await askFor(600)
  await vi.waitFor(async () => expect(await isStored()).toBe(true))
  desk.stop()
  vi.useRealTimers()
  expect(errors).toEqual([])
  db.close()
})
