import { createHash } from 'node:crypto'

/**
 * Takes away what makes two runs of one seed differ: digests that answer from another thread, and timers of 0 ms (Dexie's
 * live queries), whose place in the queue depends on the machine's speed. To be called once, before the first story.
 */
export function runOnOneThread(): void {
  const digest: SubtleCrypto['digest'] = (_algorithm, data) =>
    Promise.resolve(
      Uint8Array.from(
        createHash('sha256')
          .update(new Uint8Array(data as ArrayBuffer))
          .digest(),
      ).buffer,
    )
  Object.defineProperty(crypto.subtle, 'digest', { value: digest, configurable: true })
  const later = globalThis.setTimeout
  const inTurn = (run: () => void, ms = 0): unknown => (ms <= 1 ? setImmediate(run) : later(run, ms))
  globalThis.setTimeout = Object.assign(inTurn, later) as typeof globalThis.setTimeout
}
