/** The part of the Web Locks API that is used; the browser's own type fits it. */
export interface LocksLike {
  request(name: string, options: { signal: AbortSignal }, held: () => Promise<void>): Promise<unknown>
}

/**
 * Runs `lead` while this realm holds the lock of that name: one sync engine per database, whatever number of
 * windows and workers is open. When the holder goes, the next in line takes over. `lead` returns how to stop.
 * The result gives the lock back.
 */
export function whileLeading(
  name: string,
  lead: () => () => Promise<void>,
  locks: LocksLike = navigator.locks,
): () => Promise<void> {
  const ended = new AbortController()
  const done = locks
    .request(name, { signal: ended.signal }, async () => {
      const stop = lead()
      await aborted(ended.signal)
      await stop()
    })
    .catch((error: unknown) => {
      if (!ended.signal.aborted) throw error
    })
  return async () => {
    ended.abort()
    await done
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
