import { StorageError } from '#tests/support/memory-database/errors.ts'

/** Records that hold something that cannot be frozen (bytes, dates). */
const loose = new WeakSet<object>()

/**
 * A record as it is stored: a copy as IndexedDB makes it, frozen, so that it can be given to every reader as it is. Nearly everything
 * is plain records, and copying those by hand is several times faster than the serializer; anything else goes the real way, errors
 * included.
 */
export function keepRecord<T>(value: T): T {
  const copier = new Copier(true)
  const kept = copier.copy(value) as T
  if (copier.metOther && typeof kept === 'object' && kept !== null) loose.add(kept)
  return kept
}

/** A stored record as a reader gets it: not to be changed. One who would has to ask for a copy (`copyRecord`). */
export function shownRecord<T>(kept: T): T {
  return typeof kept === 'object' && kept !== null && loose.has(kept) ? copyRecord(kept) : kept
}

/** A copy of one's own. */
export function copyRecord<T>(value: T): T {
  return new Copier(false).copy(value) as T
}

class Copier {
  /** Whether it came by what is no plain record. */
  metOther = false
  readonly #freezes: boolean

  constructor(freezes: boolean) {
    this.#freezes = freezes
  }

  copy(value: unknown): unknown {
    if (typeof value !== 'object')
      return typeof value === 'function' || typeof value === 'symbol' ? refuse(value) : value
    if (value === null) return null
    if (Array.isArray(value)) return this.#done(value.map((each) => this.copy(each)))
    const prototype: unknown = Object.getPrototypeOf(value)
    if (prototype !== Object.prototype && prototype !== null) {
      this.metOther = true
      return structuredClone(value)
    }
    // Spreading first keeps the engine's idea of the record's form; only what lies deeper is copied by hand.
    const copied: Record<string, unknown> = { ...value }
    for (const key in copied) {
      const each = copied[key]
      if (typeof each === 'object' ? each !== null : typeof each === 'function' || typeof each === 'symbol')
        copied[key] = this.copy(each)
    }
    return this.#done(copied)
  }

  #done(copied: object): object {
    return this.#freezes ? Object.freeze(copied) : copied
  }
}

function refuse(value: unknown): never {
  throw new StorageError('DataCloneError', `${String(value)} could not be cloned`)
}
