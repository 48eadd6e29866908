import { liveQuery } from 'dexie'

/** What a view store listens to. */
export interface Watched<T> {
  subscribe(next: (value: T) => void, error?: (reason: unknown) => void): { unsubscribe(): void }
}

/** Two answers in half a second, then a rest until that is over: what a person does shows at once, a pull four times a second. */
const ANSWERS = 2
const WITHIN_MS = 500

/**
 * Repeats a read whenever something that it read has changed, in whatever window or worker; in a burst of changes not for each
 * of them (reference/sync-perf.md), but always once more after the last.
 */
export function watch<T>(read: () => Promise<T>): Watched<T> {
  return { subscribe: (next, error) => follow(read, next, error) }
}

/** The same for every change, for what must not wait. */
export function watchAtOnce<T>(read: () => Promise<T>): Watched<T> {
  const live = liveQuery(read)
  return { subscribe: (next, error) => live.subscribe({ next, ...(error === undefined ? {} : { error }) }) }
}

function follow<T>(
  read: () => Promise<T>,
  next: (value: T) => void,
  error: ((reason: unknown) => void) | undefined,
): { unsubscribe(): void } {
  let answered: number[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let live = begin()

  function begin() {
    let first = true
    return watchAtOnce(read).subscribe((value) => {
      const now = performance.now()
      answered = [...answered.filter((at) => at > now - WITHIN_MS), now]
      // What a new watch reads first may be what is shown already: no change, so no reason to rest.
      if (!first && answered.length > ANSWERS) rest(now)
      first = false
      next(value)
    }, error)
  }

  /** Nothing is read meanwhile; a new watch begins with what holds then. */
  function rest(now: number): void {
    live.unsubscribe()
    timer = setTimeout(() => (live = begin()), (answered[0] ?? now) + WITHIN_MS - now)
  }

  return {
    unsubscribe() {
      clearTimeout(timer)
      live.unsubscribe()
    },
  }
}
