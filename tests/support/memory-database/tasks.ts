import type { MemoryTransaction } from '#tests/support/memory-database/memory-transaction.ts'

/** Hears which stores are read. */
export interface Reader {
  noteRead(connection: object, store: string): void
}

/**
 * What code belongs to while it runs: a transaction, a live query, both or neither. IndexedDB has the same notion: a
 * transaction is active while the callbacks of its requests run, and what these wait for in turn.
 */
export interface Zone {
  readonly transaction: MemoryTransaction | null
  readonly reader: Reader | null
}

interface Task {
  zone: Zone
  run: () => void
  /** Runs when nothing is left of what the task set off without waiting. */
  after: (() => void) | null
}

export const NO_ZONE: Zone = { transaction: null, reader: null }

// Tests may put clocks of their own in the place of these.
const later = setImmediate
const nextTick = process.nextTick.bind(process)
const done = Promise.resolve()

let zone: Zone = NO_ZONE
let running: Task | null = null

export function currentZone(): Zone {
  return zone
}

/** Runs something as a task of its own, in a zone that lasts until all promises that it settled have been followed up. */
export function post(inZone: Zone, run: () => void, after: (() => void) | null = null): void {
  later(start, { zone: inZone, run, after })
}

function start(task: Task): void {
  zone = task.zone
  running = task
  // Node takes up a tick only when all promises are through: that is the end of the zone.
  void done.then(awaitEnd)
  task.run()
}

function awaitEnd(): void {
  nextTick(end)
}

function end(): void {
  const after = running?.after
  zone = NO_ZONE
  running = null
  after?.()
}
