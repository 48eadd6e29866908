import { liveQuery } from 'dexie'

/** What a view store listens to. */
export interface Watched<T> {
  subscribe(next: (value: T) => void, error?: (reason: unknown) => void): { unsubscribe(): void }
}

/** Repeats a read whenever something that it read has changed, in whatever window or worker. */
export function watch<T>(read: () => Promise<T>): Watched<T> {
  const live = liveQuery(read)
  return { subscribe: (next, error) => live.subscribe({ next, ...(error === undefined ? {} : { error }) }) }
}
