import type { JournalReport } from '#renderer/data/queries/journal.ts'
import type { RetryReport } from '#renderer/sync/retry-quarantined.ts'
import type { ListingQuestion } from '#renderer/data/listing-index/listing-search.ts'
import type { OpenFindings } from '#renderer/usecases/lint-open-orders.ts'
import type { BulkAnswer, BulkRequest } from '#renderer/worker/bulk-desk.ts'

/** What a page asks the data worker, and what it gets. */
export interface WorkerAnswers {
  /** Walks the whole journal. */
  'verify-journal': JournalReport
  /** Null when another window's worker leads. */
  'retry-quarantined': RetryReport | null
  /** Verbs on many orders. */
  bulk: BulkAnswer
  /** Over all open orders. */
  'lint-open': OpenFindings
  /** By title; null while their words are being read. */
  listings: ListingId[] | null
}

import type { ListingId, OrderId } from '#core/shared/ids.ts'
import type { Insights, InsightsQuery } from '#core/order/insights.ts'
import type { FacetId, OrderQuery } from '#core/order/order-query.ts'
import type {
  FacetCounts,
  IndexState,
  ViewState,
  ViewWindow,
} from '#renderer/data/order-index/order-views.ts'
import type { JobResult, StorageJob } from '#renderer/data/transfer/storage-job.ts'

/** What a page asks of the index over all orders (data/order-index/order-views.ts). */
export type OrdersCall =
  | { do: 'open'; query: OrderQuery; first: number }
  | { do: 'change'; view: number; query: OrderQuery; first: number }
  | { do: 'window'; view: number; from: number; count: number }
  | { do: 'place'; view: number; id: OrderId }
  | { do: 'let-in'; view: number; always?: boolean }
  | { do: 'facets'; view: number; of: readonly FacetId[] }
  | { do: 'insights'; query: InsightsQuery }

export type OrdersAnswer = ViewState | ViewWindow | FacetCounts | Insights | number

/** What a page tells the data worker. */
export type ToWorker =
  /** First message; the port that speaks the worker's channels comes with it. `aliveSince`: when main was started. */
  | { kind: 'start'; dbName: string; port: MessagePort; aliveSince: number; readOnly: boolean }
  | { kind: 'sync-now'; connectionId?: string }
  /** Something joined the outbox. */
  | { kind: 'kick' }
  | { kind: 'network-hint'; online: boolean }
  /** The disk is nearly full: nothing is pulled until it has room again. */
  | { kind: 'read-only'; readOnly: boolean }
  /** To be answered under the same number. */
  | { kind: 'verify-journal'; ask: number }
  | { kind: 'retry-quarantined'; ask: number; ids: string[] }
  | { kind: 'orders'; ask: number; call: OrdersCall }
  | { kind: 'close-orders'; view: number }
  | { kind: 'listings'; ask: number; question: ListingQuestion }
  | { kind: 'bulk'; ask: number; request: BulkRequest }
  | { kind: 'lint-open'; ask: number }
  /** Long work on the whole store; `id` comes back with what it comes to. */
  | { kind: 'job'; id: number; job: StorageJob }
  | { kind: 'stop-job' }
  /** Give the database back, e.g. before the workspace changes. */
  | { kind: 'stop' }

/** What the data worker tells its page. */
export type FromWorker =
  | { kind: 'job-progress'; id: number; done: number; total: number; step: string }
  | { kind: 'job-ended'; id: number; result: JobResult }
  | { kind: 'leading' }
  | { kind: 'stopped' }
  | { kind: 'answer'; ask: number; answer: WorkerAnswers[keyof WorkerAnswers] | OrdersAnswer }
  /** There is no answer; who asked says so. */
  | { kind: 'unanswered'; ask: number; reason: string; storeTrouble: string | null }
  /** A list of the index changed by itself. */
  | { kind: 'orders-view'; state: ViewState }
  | { kind: 'orders-state'; state: IndexState }
  /** What a search of the listings found may be different now. */
  | { kind: 'listings-changed' }
  /** `storeTrouble`: the store refused in a way that a full disk causes; the engine goes on. */
  | { kind: 'failed'; reason: string; storeTrouble: string | null }
  /** Main's journal of unsent work cannot be written, or has caught up. */
  | { kind: 'journal-behind'; behind: boolean }
