import type { Host } from '#core/contracts/host.ts'
import type { ConnectionId } from '#core/shared/ids.ts'
import type { JobResult, RunningJob, StorageJob } from '#renderer/data/transfer/storage-job.ts'
import type { OnProgress } from '#renderer/usecases/export-workspace.ts'
import type { BulkAnswers, BulkRequest } from '#renderer/worker/bulk-desk.ts'
import type { FromWorker, ToWorker, WorkerAnswers } from '#renderer/worker/messages.ts'
import type { OrderIndexClient } from '#renderer/data/order-index/order-views.ts'
import type { ListingSearchClient } from '#renderer/data/queries/listing-search.ts'
import { onNetworkHint } from '#renderer/platform/online.ts'
import { orderIndexClient } from '#renderer/platform/order-index-client.ts'

export interface DataWorkerClient {
  /** Pulls now, one shop or all, whatever the schedule says. */
  syncNow(connectionId?: ConnectionId): void
  /** Something joined the outbox: look at once. */
  kick(): void
  /** The disk is nearly full, or has room again. */
  setReadOnly(readOnly: boolean): void
  /** Checks the whole journal, link by link. */
  verifyJournal(): Promise<WorkerAnswers['verify-journal']>
  /** Reads again what could not be read; null when another window's worker leads. */
  retryQuarantined(ids: readonly string[]): Promise<WorkerAnswers['retry-quarantined']>
  /** Lints all open orders. */
  lintOpenOrders(): Promise<WorkerAnswers['lint-open']>
  /** Verbs on many orders: resolves once the verb is noted or the preview made. */
  bulk<K extends BulkRequest['kind']>(request: BulkRequest & { kind: K }): Promise<BulkAnswers[K]>
  /** Long work on the whole store; one at a time. */
  runJob(job: StorageJob, onProgress: OnProgress): RunningJob
  /** The index over all orders. */
  orders: OrderIndexClient
  /** The words of all listings, likewise. */
  listings: ListingSearchClient
  /** Ends the engine and its worker, e.g. before another workspace is opened. */
  stop(): Promise<void>
}

/**
 * Starts the data worker on a database and hands it main's port; `aliveSince` is when main was started. `onMessage` hears when it leads (one engine per
 * database leads, over all windows) and when it failed.
 */
export async function startDataWorker(
  host: Pick<Host, 'on' | 'openWorkerPort'>,
  { dbName, aliveSince, readOnly }: { dbName: string; aliveSince: number; readOnly: boolean },
  onMessage: (message: FromWorker) => void = () => undefined,
): Promise<DataWorkerClient> {
  const worker = new Worker(new URL('../worker/data-worker.ts', import.meta.url), {
    type: 'module',
    name: 'data-worker',
  })
  const tell = (message: ToWorker, transfer: Transferable[] = []) => worker.postMessage(message, transfer)
  const ask = answers(worker)
  worker.onmessage = (event: MessageEvent<FromWorker>) => onMessage(event.data)
  const port = await workerPort(host)
  tell({ kind: 'start', dbName, port, aliveSince, readOnly }, [port])
  const stopHints = onNetworkHint(host, (online) => tell({ kind: 'network-hint', online }))
  return {
    syncNow: (connectionId) =>
      tell({ kind: 'sync-now', ...(connectionId === undefined ? {} : { connectionId }) }),
    kick: () => tell({ kind: 'kick' }),
    setReadOnly: (now) => tell({ kind: 'read-only', readOnly: now }),
    verifyJournal: () => ask((number) => tell({ kind: 'verify-journal', ask: number })),
    retryQuarantined: (ids) =>
      ask((number) => tell({ kind: 'retry-quarantined', ask: number, ids: [...ids] })),
    lintOpenOrders: () => ask((number) => tell({ kind: 'lint-open', ask: number })),
    bulk: (request) => ask((number) => tell({ kind: 'bulk', ask: number, request })),
    runJob: (job, onProgress) => ({
      done: endOfJob(worker, job, onProgress, tell),
      cancel: () => tell({ kind: 'stop-job' }),
    }),
    orders: orderIndexClient(worker, tell, ask),
    listings: {
      find: (question) => ask((number) => tell({ kind: 'listings', ask: number, question })),
      onChange: (hear) => hearOf(worker, 'listings-changed', hear),
    },
    stop: async () => {
      stopHints()
      tell({ kind: 'stop' })
      await Promise.race([stopped(worker), new Promise((resolve) => setTimeout(resolve, 2000))])
      worker.terminate()
    },
  }
}

function hearOf(worker: Worker, kind: FromWorker['kind'], hear: () => void): () => void {
  const listen = ({ data }: MessageEvent<FromWorker>): void => {
    if (data.kind === kind) hear()
  }
  worker.addEventListener('message', listen)
  return () => worker.removeEventListener('message', listen)
}

/** Main answers `openWorkerPort()` with a window message that carries the port. */
function workerPort(host: Pick<Host, 'openWorkerPort'>): Promise<MessagePort> {
  return new Promise((resolve) => {
    const listen = (event: MessageEvent<{ kind?: string } | null>) => {
      const [port] = event.ports
      if (event.source !== window || event.data?.kind !== 'caravel-worker-port' || port === undefined) return
      window.removeEventListener('message', listen)
      resolve(port)
    }
    window.addEventListener('message', listen)
    host.openWorkerPort()
  })
}

/** Questions to the worker, each waiting for what comes under its number: the answer, or that there is none (rejects). */
export function answers(worker: Pick<Worker, 'addEventListener'>) {
  interface Waiting {
    resolve: (answer: never) => void
    reject: (reason: Error) => void
  }
  const waiting = new Map<number, Waiting>()
  let next = 1
  worker.addEventListener('message', (event) => {
    const { data } = event as MessageEvent<FromWorker>
    if (data.kind !== 'answer' && data.kind !== 'unanswered') return
    const asked = waiting.get(data.ask)
    waiting.delete(data.ask)
    if (data.kind === 'answer') asked?.resolve(data.answer as never)
    else asked?.reject(unanswered(data))
  })
  return <T>(send: (number: number) => void): Promise<T> =>
    new Promise((resolve, reject) => {
      const number = next++
      waiting.set(number, { resolve, reject })
      send(number)
    })
}

/** Named as the store's failure was, so that the page takes it for one as well (`storeTrouble`). */
function unanswered({ reason, storeTrouble }: Extract<FromWorker, { kind: 'unanswered' }>): Error {
  const error = new Error(reason)
  if (storeTrouble !== null) error.name = storeTrouble
  return error
}

let jobs = 0

function endOfJob(
  worker: Worker,
  job: StorageJob,
  onProgress: OnProgress,
  tell: (message: ToWorker) => void,
): Promise<JobResult> {
  const id = ++jobs
  return new Promise((resolve) => {
    const hear = ({ data }: MessageEvent<FromWorker>): void => {
      if (data.kind === 'job-progress' && data.id === id) onProgress(data.done, data.total, data.step)
      if (data.kind !== 'job-ended' || data.id !== id) return
      worker.removeEventListener('message', hear)
      resolve(data.result)
    }
    worker.addEventListener('message', hear)
    tell({ kind: 'job', id, job })
  })
}

function stopped(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    worker.addEventListener('message', (event: MessageEvent<FromWorker>) => {
      if (event.data.kind === 'stopped') resolve()
    })
  })
}
