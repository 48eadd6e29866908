import { StorageError } from '#tests/support/memory-database/errors.ts'

/**
 * A copy as IndexedDB makes it. Nearly everything that is stored is plain records, and copying those by hand is several times
 * faster than the serializer; anything else (bytes, dates) goes the real way, errors included.
 */
export function copyRecord<T>(value: T): T {
  return copy(value) as T
}

function copy(value: unknown): unknown {
  if (typeof value !== 'object')
    return typeof value === 'function' || typeof value === 'symbol' ? refuse(value) : value
  if (value === null) return null
  if (Array.isArray(value)) return copyArray(value)
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return structuredClone(value)
  // Spreading first keeps the engine's idea of the record's form; only what lies deeper is copied by hand.
  const copied: Record<string, unknown> = { ...value }
  for (const key in copied) {
    const each = copied[key]
    if (typeof each === 'object' ? each !== null : typeof each === 'function' || typeof each === 'symbol')
      copied[key] = copy(each)
  }
  return copied
}

function copyArray(value: readonly unknown[]): unknown[] {
  const copied: unknown[] = []
  for (const each of value) copied.push(copy(each))
  return copied
}

function refuse(value: unknown): never {
  throw new StorageError('DataCloneError', `${String(value)} could not be cloned`)
}
