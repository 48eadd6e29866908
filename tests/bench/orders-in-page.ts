import { plainQuery } from '#core/order/order-query.ts'
import type { OrderId } from '#core/shared/ids.ts'
import { openDatabase, type CaravelDatabase } from '#renderer/data/database.ts'
import type { OrderIndexClient } from '#renderer/data/order-index/order-views.ts'
import { readOrderPage, readQueueCounts, readRows } from '#renderer/data/queries/order-lists.ts'
import { loadOrders, saveOrders } from '#renderer/data/repos/orders.repo.ts'
import { inUnit, ORDER_STORES } from '#renderer/data/unit-of-work.ts'
import { journalNameOf, UnsentJournal } from '#renderer/data/unsent/unsent-journal.ts'
import { hostCalls } from '#renderer/platform/host.ts'
import { answers } from '#renderer/platform/data-worker-client.ts'
import { createIdSource } from '#renderer/platform/ids.ts'
import { orderIndexClient } from '#renderer/platform/order-index-client.ts'
import { assignOrder } from '#renderer/usecases/assign-order.ts'
import type { ToWorker } from '#renderer/worker/messages.ts'

/**
 * Runs in the page of the real app, on its workspace: what the page asks of the store and of the data worker, without the drawing. The
 * worker is a second one of the same build, as a second window would have it.
 */
export interface Asked {
  name: string
  workerUrl: string
  turns: number
}

/** A person's verbs, each from its begin. */
interface Verbs {
  /** Until the store has committed it, strictly. */
  committed: number[]
  /** Until main's journal has it as well, and whoever did it hears that it is done. */
  kept: number[]
}

/** Of each turn, in ms. */
export interface Answered {
  /** The first after the worker's start. */
  firstSearch: number
  firstPage: number[]
  deepPage: number[]
  counts: number[]
  searchIds: number[]
  searchRows: number[]
  searchWhilePulled: number[]
  insights: number[]
  oneVerb: Verbs
  /** From the start of the worker until it can answer. */
  readyMs: number
}

const WORDS = ['mug', 'hafen', 'wallet', 'lantern', '港', '灯笼', 'meadow', 'winter', 'strip', 'umbr']
const ROWS = 50
/** What takes a millisecond is asked so many times as often, or its 95th percentile would be one hiccup of the machine. */
const OFTEN = 5
const DAY = 86_400_000

export async function askWithoutDrawing({ name, workerUrl, turns }: Asked): Promise<Answered> {
  const opened = await openDatabase(name)
  if (!opened.ok) throw new Error(opened.error.reason)
  const db = opened.value
  const started = performance.now()
  const { orders, failed, stop } = startWorker(workerUrl, name)
  const { view } = await Promise.race([orders.open(plainQuery('all'), () => undefined), failed])
  const readyMs = performance.now() - started
  const time = (ask: (turn: number) => Promise<unknown>) => timeTurns(turns, ask)
  const often = (ask: (turn: number) => Promise<unknown>) => timeTurns(turns * OFTEN, ask)
  const search = (turn: number) => searchIds(orders, view, WORDS[turn % WORDS.length] ?? 'mug')
  const answered: Answered = {
    readyMs,
    firstSearch: (await timeTurns(1, search))[0] ?? 0,
    firstPage: await often((turn) => readOrderPage(db, { queue: queueOf(turn), after: null, limit: ROWS })),
    deepPage: await deepPages(db, turns),
    counts: await often(() => readQueueCounts(db)),
    searchIds: await often(search),
    searchRows: await often(async (turn) => readRows(db, await search(turn))),
    insights: await time((turn) => orders.insights(insightsOf(turn))),
    oneVerb: await assignInTurn(db, name, turns),
    searchWhilePulled: await whilePulled(db, () => time(search)),
  }
  stop()
  db.close()
  return answered
}

interface OwnWorker {
  orders: OrderIndexClient
  stop: () => void
  /** Rejects when it does not start. */
  failed: Promise<never>
}

function startWorker(workerUrl: string, dbName: string): OwnWorker {
  const worker = new Worker(workerUrl, { type: 'module' })
  const failed = new Promise<never>((_, reject) => {
    worker.addEventListener('error', () => reject(new Error(`no worker at ${workerUrl}`)))
  })
  const tell = (message: ToWorker, transfer: Transferable[] = []) => worker.postMessage(message, transfer)
  const orders = orderIndexClient(worker, tell, answers(worker))
  // It never leads, so that main has nothing to say to it.
  const { port1: port } = new MessageChannel()
  tell({ kind: 'start', dbName, port, aliveSince: Date.now(), readOnly: false }, [port])
  return { orders, failed, stop: () => worker.terminate() }
}

async function timeTurns(turns: number, ask: (turn: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = []
  for (let turn = 0; turn < turns; turn++) {
    const from = performance.now()
    await ask(turn)
    times.push(performance.now() - from)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return times
}

function queueOf(turn: number): 'to_ship' | 'shipped' {
  return turn % 2 === 0 ? 'to_ship' : 'shipped'
}

async function deepPages(db: CaravelDatabase, turns: number): Promise<number[]> {
  const keys = await db.orderRows.toCollection().primaryKeys()
  const places = await Promise.all(
    Array.from({ length: turns }, (_, turn) => db.orderRows.get(keys[(turn * 7919) % keys.length] ?? '')),
  )
  return timeTurns(turns, (turn) => {
    const row = places[turn]
    const after = row === undefined ? null : ([row.sortKey, row.id] as const)
    return readOrderPage(db, { queue: 'all', after, limit: ROWS })
  })
}

/** As the box does: the view finds them and says which the first are. */
async function searchIds(orders: OrderIndexClient, view: number, text: string): Promise<OrderId[]> {
  return (await orders.change(view, { ...plainQuery('all'), text }, ROWS)).ids
}

function insightsOf(turn: number) {
  const day = (at: number) => new Date(at).toISOString().slice(0, 10)
  const to = Date.now() - turn * DAY
  return { period: { from: day(to - 364 * DAY), to: day(to) }, filters: {}, home: 'EUR' }
}

/** So long after one verb comes the next: what the one before has changed is drawn by then. */
const BETWEEN_VERBS_MS = 250

/** The journal hears of a verb in the event of its commit. */
async function assignInTurn(db: CaravelDatabase, name: string, turns: number): Promise<Verbs> {
  const { rows } = await readOrderPage(db, { queue: 'to_ship', after: null, limit: turns })
  const ctx = {
    ...{ db, host: {}, now: Date.now, rng: Math.random, newId: createIdSource(Date.now, Math.random) },
    rules: { destinations: null, rates: null },
  }
  const times: Verbs = { committed: [], kept: [] }
  let from = 0
  const append = hostCalls()['journal.append']
  db.unsent = new UnsentJournal(db, journalNameOf(name) ?? 'caravel', (input) => {
    times.committed.push(performance.now() - from)
    return append(input)
  })
  for (const [turn, row] of rows.entries()) {
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_VERBS_MS))
    from = performance.now()
    await assignOrder(ctx, { orderId: row.id, to: `Bench ${turn} ${Date.now()}` })
    times.kept.push(performance.now() - from)
  }
  db.unsent = null
  return times
}

/** Meanwhile 500 orders are stored anew every half second, as a pull does. */
async function whilePulled(db: CaravelDatabase, work: () => Promise<number[]>): Promise<number[]> {
  const { rows } = await readOrderPage(db, { queue: 'shipped', after: null, limit: 500 })
  const pulled = await loadOrders(
    db,
    rows.map(({ id }) => id),
  )
  let over = false
  const pulling = (async () => {
    while (!over) {
      await inUnit(db, { stores: ORDER_STORES, durability: 'relaxed' }, () => saveOrders(db, pulled))
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
  })()
  try {
    return await work()
  } finally {
    over = true
    await pulling
  }
}
