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
  // 3 s: Dexie lets go of a live query's cache. Left to the real clock, thousands of stories' caches would be held at once.
  const inTurn = (run: () => void, ms = 0): unknown =>
    ms <= 1 || ms === 3000 ? setImmediate(run) : later(run, ms)
  globalThis.setTimeout = Object.assign(inTurn, later) as typeof globalThis.setTimeout
  globalThis.structuredClone = cloneRecord
}

const realClone = globalThis.structuredClone

/**
 * What IndexedDB in memory copies is nearly always plain records; copying those by hand is several times faster than the
 * serializer. Anything else (bytes, dates, what cannot be cloned) goes the real way, errors included.
 */
function cloneRecord(value: unknown, options?: StructuredSerializeOptions): unknown {
  return isPlain(value, 0) ? copyPlain(value) : realClone(value, options)
}

/** Nothing but values, arrays and records, not nested so deep that it could be a cycle. */
function isPlain(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null)
    return typeof value !== 'function' && typeof value !== 'symbol'
  if (depth > 12) return false
  if (Array.isArray(value)) return value.every((each) => isPlain(each, depth + 1))
  if (Object.getPrototypeOf(value) !== Object.prototype) return false
  for (const key in value) if (!isPlain((value as Record<string, unknown>)[key], depth + 1)) return false
  return true
}

function copyPlain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(copyPlain)
  const copy: Record<string, unknown> = {}
  for (const key in value) copy[key] = copyPlain((value as Record<string, unknown>)[key])
  return copy
}
