import { liveQuery } from 'dexie'
import { rest } from '#renderer/data/rests.ts'

/** What a view store listens to. */
export interface Watched<T> {
  subscribe(next: (value: T) => void, error?: (reason: unknown) => void): { unsubscribe(): void }
}

/** Two answers in half a second, then a rest until that is over: what a person does shows at once, a pull four times a second. */
const ANSWERS = 2
const WITHIN_MS = 500
/** A read that takes long, as a search through everything does, rests after each answer, for so many times as long as it took. */
const LONG_MS = 100
const REST_PER_READ = 2
const LONGEST_REST_MS = 2_000
const LEISURE_MS = 2_000

/**
 * Repeats a read whenever something that it read has changed, in whatever window or worker; in a burst of changes not for each
 * of them (reference/sync-perf.md), but always once more after the last, and at once when a person's own work is stored.
 */
export function watch<T>(read: () => Promise<T>): Watched<T> {
  return { subscribe: (next, error) => follow(read, next, error) }
}

/** The same for every change, for what must not wait. */
export function watchAtOnce<T>(read: () => Promise<T>): Watched<T> {
  const live = liveQuery(read)
  return { subscribe: (next, error) => live.subscribe({ next, ...(error === undefined ? {} : { error }) }) }
}

interface Hearer<T> {
  next: (value: T) => void
  error: ((reason: unknown) => void) | undefined
}

/**
 * The same for what is long to read and need not be of this very moment: what follows a change is read a while after it, so that whoever
 * made the change waits for none of it.
 */
export function watchAtLeisure<T>(read: () => Promise<T>, restMs: number = LEISURE_MS): Watched<T> {
  return { subscribe: (next, error) => followAtLeisure(read, { next, error, restMs }) }
}

function followAtLeisure<T>(
  read: () => Promise<T>,
  { next, error, restMs }: Hearer<T> & { restMs: number },
): { unsubscribe(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  let ended = false
  let live = begin()

  function begin() {
    let asked = false
    let unshown: { value: T } | null = null
    const readOnce = async (): Promise<T> => {
      asked = true
      const value = await read()
      unshown = { value }
      return value
    }
    const rest = (): Promise<T> => {
      const done = unshown
      live.unsubscribe()
      // Something changed while it was read: Dexie keeps the result to itself.
      if (done !== null) setTimeout(() => ended || next(done.value))
      timer = setTimeout(() => (live = begin()), restMs)
      return new Promise(() => undefined)
    }
    return watchAtOnce(() => (asked ? rest() : readOnce())).subscribe((value) => {
      unshown = null
      next(value)
    }, error)
  }

  return {
    unsubscribe() {
      ended = true
      clearTimeout(timer)
      live.unsubscribe()
    },
  }
}

function follow<T>(
  read: () => Promise<T>,
  next: (value: T) => void,
  error: ((reason: unknown) => void) | undefined,
): { unsubscribe(): void } {
  let answered: number[] = []
  let callOff = (): void => undefined
  let readAt = 0
  let reading = false
  let unshown: { value: T } | null = null
  let ended = false
  let live = begin()

  /**
   * Dexie breaks a read off, or keeps its result to itself, when something changed meanwhile, and begins anew: while a pull writes, a
   * long read would never be answered. Here a result that is there is shown, and the next read comes after a rest.
   */
  function readOnce(): Promise<T> {
    if (!reading && unshown === null) return readTimed()
    const done = unshown
    const now = performance.now()
    if (done !== null) answered = [...answered, now]
    takeRest(now)
    // Outside of this read, or what is read because of it would count as a part of it.
    if (done !== null) setTimeout(() => ended || next(done.value))
    return new Promise(() => undefined)
  }

  async function readTimed(): Promise<T> {
    reading = true
    readAt = performance.now()
    try {
      const value = await read()
      unshown = { value }
      return value
    } finally {
      reading = false
    }
  }

  function begin() {
    let first = true
    reading = false
    unshown = null
    return watchAtOnce(readOnce).subscribe((value) => {
      unshown = null
      const now = performance.now()
      answered = [...answered.filter((at) => at > now - WITHIN_MS), now]
      // What a new watch reads first may be what is shown already: no change, so no reason to rest.
      if (!first && (answered.length > ANSWERS || now - readAt > LONG_MS)) takeRest(now)
      first = false
      next(value)
    }, error)
  }

  /** Nothing is read meanwhile; a new watch begins with what holds then. */
  function takeRest(now: number): void {
    live.unsubscribe()
    const untilOver = (answered[0] ?? now) + WITHIN_MS - now
    const forRead = Math.min((now - readAt) * REST_PER_READ, LONGEST_REST_MS)
    callOff = rest(Math.max(untilOver, forRead), () => (live = begin()))
  }

  return {
    unsubscribe() {
      ended = true
      callOff()
      live.unsubscribe()
    },
  }
}
