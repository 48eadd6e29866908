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
  /** How often it stands aside before it runs. */
  turns: number
  /** Runs when nothing is left of what the task set off without waiting. */
  after: (() => void) | null
}

export const NO_ZONE: Zone = { transaction: null, reader: null }

// Tests may put clocks of their own in the place of this.
const nextTick = process.nextTick.bind(process)
const done = Promise.resolve()

let zone: Zone = NO_ZONE
let running: Task | null = null
let queue: Task[] = []
let next = 0
let pumping = false

export function currentZone(): Zone {
  return zone
}

/**
 * Runs something as a task of its own, behind those that wait already, in a zone that lasts until all promises that it settled have
 * been followed up. Tasks do not go through Node's event loop: asking the system for news between any two would cost more than they do.
 */
export function post(inZone: Zone, run: () => void, after: (() => void) | null = null): void {
  enqueue({ zone: inZone, run, turns: 0, after })
}

/** The same, but it goes behind the others so many times more, as if it did nothing each time. */
export function postLater(turns: number, run: () => void): void {
  enqueue({ zone: NO_ZONE, run, turns, after: null })
}

function enqueue(task: Task): void {
  queue.push(task)
  if (pumping) return
  pumping = true
  void done.then(awaitQuiet)
}

/** Node takes up a tick only when all promises are through. */
function awaitQuiet(): void {
  nextTick(pump)
}

function pump(): void {
  const after = running?.after
  zone = NO_ZONE
  running = null
  after?.()
  const task = takeNext()
  if (task === null) {
    queue = []
    next = 0
    pumping = false
    return
  }
  zone = task.zone
  running = task
  void done.then(awaitQuiet)
  task.run()
}

/** A task that stands aside does nothing that others could follow up: the next one is taken at once. */
function takeNext(): Task | null {
  for (;;) {
    const task = queue[next]
    if (task === undefined) return null
    if (++next > 256) {
      queue = queue.slice(next)
      next = 0
    }
    if (task.turns === 0) return task
    task.turns--
    queue.push(task)
  }
}
