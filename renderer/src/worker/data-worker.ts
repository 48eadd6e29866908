import type { RuleTables } from '#core/order/check-order.ts'
import type { ConnectionId } from '#core/shared/ids.ts'
import { issue } from '#core/shared/issue.ts'
import { err } from '#core/shared/result.ts'
import { openDatabase, type CaravelDatabase } from '#renderer/data/database.ts'
import { ListingSearch } from '#renderer/data/listing-index/listing-search.ts'
import { verifyJournal } from '#renderer/data/queries/journal.ts'
import { storeTrouble } from '#renderer/data/storage-issue.ts'
import { journalNameOf, UnsentJournal } from '#renderer/data/unsent/unsent-journal.ts'
import { breathe } from '#renderer/platform/breathe.ts'
import { systemClock, systemRng } from '#renderer/platform/clock.ts'
import { createIdSource } from '#renderer/platform/ids.ts'
import { whileLeading } from '#renderer/platform/leader.ts'
import { workerCalls, type WorkerCalls } from '#renderer/platform/worker-port.ts'
import { answerBulk, type BulkDesk } from '#renderer/worker/bulk-desk.ts'
import { runBulkJobs } from '#renderer/worker/bulk-runner.ts'
import { keepParked } from '#renderer/worker/keep-parked.ts'
import { createSyncEngine, type SyncEngine } from '#renderer/sync/engine.ts'
import { finishJudging } from '#renderer/usecases/finish-judging.ts'
import { followRules } from '#renderer/usecases/follow-rules.ts'
import { lintOpenOrders } from '#renderer/usecases/lint-open-orders.ts'
import type {
  FromWorker,
  OrdersAnswer,
  OrdersCall,
  ToWorker,
  WorkerAnswers,
} from '#renderer/worker/messages.ts'
import { keepRates, type RatesKeeper } from '#renderer/worker/keep-rates.ts'
import { OrderIndexDesk } from '#renderer/worker/order-index-desk.ts'
import { StorageJobs } from '#renderer/worker/storage-jobs.ts'

/** Entry of the data worker: it waits for its turn to lead, then runs the sync engine of one database. */

const scope = self as unknown as {
  postMessage(message: FromWorker): void
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null
}

let opened: CaravelDatabase | null = null
let engine: SyncEngine | null = null
let resign: (() => Promise<void>) | null = null
let readOnly = false
let jobs: StorageJobs | null = null
let rates: RatesKeeper | null = null
let indexOpened: (desk: OrderIndexDesk) => void = () => undefined
/** There when the store is open; what is asked before that waits. */
const index = new Promise<OrderIndexDesk>((resolve) => (indexOpened = resolve))
let bulk: BulkDesk | null = null
let toolsMade: (tools: ReturnType<typeof toolsOf>) => void = () => undefined
/** There when the store is open, likewise. */
const tools = new Promise<ReturnType<typeof toolsOf>>((resolve) => (toolsMade = resolve))
let listings: ListingSearch | null = null

scope.onmessage = ({ data }) => {
  if (data.kind === 'start') {
    readOnly = data.readOnly
    void start(data.dbName, data.port, data.aliveSince)
  } else if (data.kind === 'read-only') setReadOnly(data.readOnly)
  else if (data.kind === 'sync-now') engine?.syncNow(data.connectionId as ConnectionId | undefined)
  else if (data.kind === 'kick') engine?.kick()
  else if (data.kind === 'network-hint') {
    engine?.online(data.online)
    if (data.online) rates?.lineBack()
  } else if (data.kind === 'verify-journal') {
    if (opened !== null) void reply(data.ask, verifyJournal(opened, breathe))
  } else if (data.kind === 'bulk') {
    if (bulk !== null) void reply(data.ask, answerBulk(bulk, data.request))
  } else if (data.kind === 'retry-quarantined')
    void reply(data.ask, engine?.retryQuarantined(data.ids) ?? Promise.resolve(null))
  else if (data.kind === 'orders') void reply(data.ask, answerOrders(data.call))
  else if (data.kind === 'listings')
    void reply(data.ask, listings?.find(data.question) ?? Promise.resolve(null))
  else if (data.kind === 'lint-open')
    void reply(
      data.ask,
      tools.then((made) => lintOpenOrders(made, breathe)),
    )
  else if (data.kind === 'close-orders') void index.then((desk) => desk.close(data.view))
  else if (data.kind === 'job') void runJob(data)
  else if (data.kind === 'stop-job') jobs?.stop()
  else void stop()
}

async function reply(
  ask: number,
  answer: Promise<WorkerAnswers[keyof WorkerAnswers] | OrdersAnswer>,
): Promise<void> {
  try {
    scope.postMessage({ kind: 'answer', ask, answer: await answer })
  } catch (error) {
    const trouble = storeTrouble(error)
    scope.postMessage({ kind: 'unanswered', ask, reason: reasonOf(error), storeTrouble: trouble })
    // Who asked shows that there is no answer; what ails the store is a matter of the whole desk.
    if (trouble !== null) fail(error)
  }
}

async function answerOrders(call: OrdersCall): Promise<OrdersAnswer> {
  return (await index).answer(call)
}

function fail(error: unknown): void {
  scope.postMessage({
    kind: 'failed',
    reason: reasonOf(error),
    storeTrouble: storeTrouble(error),
  })
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

async function start(dbName: string, port: MessagePort, aliveSince: number): Promise<void> {
  const found = await openDatabase(dbName)
  if (!found.ok)
    return scope.postMessage({
      kind: 'failed',
      reason: found.error.reason ?? found.error.code,
      storeTrouble: null,
    })
  const host = workerCalls(port)
  opened = found.value
  noteUnsent(found.value, host)
  port.start()
  const desk = new OrderIndexDesk({
    db: found.value,
    post: (message) => scope.postMessage(message),
    mayWrite: () => engine !== null && !readOnly,
    onError: fail,
  })
  indexOpened(desk)
  // What main still writes is of a worker that is gone: this page has begun nothing yet.
  void host['export.cancel']({ session: null })
  const onChange = (): void => scope.postMessage({ kind: 'listings-changed' })
  listings = new ListingSearch(found.value, { breathe, onChange, onError: fail })
  jobs = new StorageJobs(found.value, host, {
    pause: async () => engine?.stop(),
    resume: () => engine?.start(),
    syncNow: () => engine?.syncNow(),
    kick: () => engine?.kick(),
    settled: async () => engine?.settled(),
    idsOf: (selection) => desk.idsOf(selection),
  })
  const rules = await followRules(found.value)
  const stopLeading = whileLeading(`caravel-sync:${dbName}`, () => lead(found.value, host, rules, aliveSince))
  resign = async () => {
    desk.stop()
    listings?.stop()
    await stopLeading()
  }
  const made = toolsOf(found.value, host, rules)
  toolsMade(made)
  bulk = {
    ...made,
    ...{ mayWrite, idsOf: (selection) => desk.idsOf(selection) },
  }
}

function toolsOf(db: CaravelDatabase, host: WorkerCalls, rules: RuleTables) {
  const newId = createIdSource(systemClock, systemRng)
  return { db, host, now: systemClock, rng: systemRng, newId, rules }
}

function mayWrite(): boolean {
  return !readOnly
}

function lead(
  db: CaravelDatabase,
  host: WorkerCalls,
  rules: RuleTables,
  aliveSince: number,
): () => Promise<void> {
  engine = createSyncEngine({
    ...toolsOf(db, host, rules),
    aliveSince,
    breathe,
    setTimer: (run, ms) => {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
    onError: fail,
  })
  engine.setReadOnly(readOnly)
  engine.start()
  scope.postMessage({ kind: 'leading' })
  const finishJudged = () => (mayWrite() ? finishJudging(toolsOf(db, host, rules)) : Promise.resolve())
  void finishJudged().catch(fail)
  const stopHouse = keepHouse(finishJudged)
  rates = keepRates({ db, host, now: systemClock }, { mayWrite, onError: fail })
  const runner = runBulkJobs({ ...toolsOf(db, host, rules), breathe, mayWrite, onError: fail })
  const stopParked = keepParked(toolsOf(db, host, rules), { mayWrite, onError: fail })
  return async () => {
    stopHouse()
    rates?.stop()
    rates = null
    jobs?.stop()
    stopParked()
    await runner.stop()
    await engine?.stop()
    engine = null
    opened = null
    bulk = null
    db.close()
  }
}

/** What is leased and what was sent is also in main's journal. */
function noteUnsent(db: CaravelDatabase, host: WorkerCalls): void {
  const name = journalNameOf(db.name)
  if (name === null) return
  const unsent = new UnsentJournal(db, name, host['journal.append'])
  db.unsent = unsent
  unsent.onBehind = (behind) => scope.postMessage({ kind: 'journal-behind', behind })
}

const FIRST_HOUSE_MS = 60_000
const HOUSE_EVERY_MS = 15 * 60_000

/** Backups, purges and judging that was cut off when nothing is pulled or sent; what does not happen now happens the next time. */
function keepHouse(finishJudged: () => Promise<void>): () => void {
  const look = async (): Promise<void> => {
    await engine?.settled()
    if (engine === null || readOnly) return
    await finishJudged()
    await jobs?.keepHouse()
  }
  const lookSafely = (): void => void look().catch(fail)
  const first = setTimeout(lookSafely, FIRST_HOUSE_MS)
  const timer = setInterval(lookSafely, HOUSE_EVERY_MS)
  return () => {
    clearTimeout(first)
    clearInterval(timer)
  }
}

async function runJob({ id, job }: ToWorker & { kind: 'job' }): Promise<void> {
  const onProgress = (done: number, total: number, step = ''): void =>
    scope.postMessage({ kind: 'job-progress', id, done, total, step })
  const result = (await jobs?.run(job, onProgress)) ?? err(issue('unsupported', { reason: 'storage-closed' }))
  scope.postMessage({ kind: 'job-ended', id, result })
}

function setReadOnly(now: boolean): void {
  readOnly = now
  engine?.setReadOnly(now)
}

async function stop(): Promise<void> {
  await resign?.()
  scope.postMessage({ kind: 'stopped' })
}
