import type { Watcher } from '#tests/support/memory-database/shared-store.ts'
import { NO_ZONE, post, type Reader, type Zone } from '#tests/support/memory-database/tasks.ts'

/** A connection, as far as a query that watches it knows it. */
interface WatchedConnection {
  readonly crashed: boolean
  readonly shared: { watchers: Set<Watcher> }
}

interface Observer<T> {
  next?: (value: T) => void
  error?: (reason: unknown) => void
}

/** Repeats a read whenever a store that it read has changed, as Dexie's `liveQuery` does (which looks at ranges of keys too). */
export function liveQuery<T>(read: () => Promise<T>) {
  return {
    subscribe(next: Observer<T> | ((value: T) => void), error?: (reason: unknown) => void) {
      const observer = typeof next === 'function' ? { next, ...(error === undefined ? {} : { error }) } : next
      const query = new LiveQuery(read, observer)
      query.changed()
      return { unsubscribe: () => query.stop() }
    },
  }
}

class LiveQuery<T> implements Watcher, Reader {
  read = new Map<WatchedConnection, Set<string>>()
  readonly #query: () => Promise<T>
  readonly #observer: Observer<T>
  readonly #zone: Zone = { transaction: null, reader: this }
  #stopped = false
  #running = false
  #stale = false

  constructor(query: () => Promise<T>, observer: Observer<T>) {
    this.#query = query
    this.#observer = observer
  }

  noteRead(connection: WatchedConnection, store: string): void {
    if (this.#stopped) return
    connection.shared.watchers.add(this)
    this.read.set(connection, (this.read.get(connection) ?? new Set()).add(store))
  }

  changed(): void {
    if (this.#stale) return
    this.#stale = true
    if (!this.#running) post(this.#zone, () => this.#run())
  }

  stop(): void {
    this.#stopped = true
    for (const { shared } of this.read.keys()) shared.watchers.delete(this)
  }

  #run(): void {
    if (this.#stopped) return
    if ([...this.read.keys()].some(({ crashed }) => crashed)) return this.stop()
    this.#stale = false
    this.#running = true
    this.read = new Map()
    this.#query().then(
      (value) => this.#ended(() => this.#observer.next?.(value)),
      (error: unknown) => this.#ended(() => this.#observer.error?.(error)),
    )
  }

  /** What a change has overtaken is read again and never shown. */
  #ended(show: () => void): void {
    this.#running = false
    if (this.#stale) return post(this.#zone, () => this.#run())
    post(NO_ZONE, () => {
      if (!this.#stopped) show()
    })
  }
}
