/** What a page tells the data worker. */
export type ToWorker =
  /** First message; the port that speaks the worker's channels comes with it. `aliveSince`: when main was started. */
  | { kind: 'start'; dbName: string; port: MessagePort; aliveSince: number }
  | { kind: 'sync-now'; connectionId?: string }
  /** Something joined the outbox. */
  | { kind: 'kick' }
  | { kind: 'network-hint'; online: boolean }
  /** Give the database back, e.g. before the workspace changes. */
  | { kind: 'stop' }

/** What the data worker tells its page. */
export type FromWorker = { kind: 'leading' } | { kind: 'stopped' } | { kind: 'failed'; reason: string }
