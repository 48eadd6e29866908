import { compareKeys, isKey, valueAt, type Key } from '#tests/support/memory-database/keys.ts'
import type { IndexForm } from '#tests/support/memory-database/schema-text.ts'

export type PrimaryKey = string | number

export interface IndexEntry {
  key: Key
  primary: PrimaryKey
}

/** Bounds of a walk; undefined means that there is none. */
export interface KeyRange {
  lower?: Key | undefined
  upper?: Key | undefined
  lowerOpen?: boolean
  upperOpen?: boolean
}

/** Entries of one index, in the order of their keys, those of one key in the order of primary keys. */
export class KeyIndex {
  readonly form: IndexForm
  readonly #entries: IndexEntry[] = []

  constructor(form: IndexForm) {
    this.form = form
  }

  /** The keys under which a record is found here; none when a part is missing or no key. */
  keysOf(record: unknown): Key[] {
    const { keyPath, multi } = this.form
    if (typeof keyPath !== 'string') {
      const parts: unknown[] = []
      for (const path of keyPath) {
        const part = valueAt(record, path)
        if (!isKey(part)) return []
        parts.push(part)
      }
      return [parts as Key[]]
    }
    const value = valueAt(record, keyPath)
    if (multi && Array.isArray(value)) return distinct(value.filter(isKey))
    return isKey(value) ? [value] : []
  }

  insert(key: Key, primary: PrimaryKey): void {
    this.#entries.splice(this.#placeOf(key, primary), 0, { key, primary })
  }

  remove(key: Key, primary: PrimaryKey): void {
    this.#entries.splice(this.#placeOf(key, primary), 1)
  }

  /** The record that has this key, if another one has it. */
  holderOf(key: Key, except: PrimaryKey): PrimaryKey | undefined {
    const entry = this.#entries[this.#firstAt(key, undefined, false)]
    return entry !== undefined && entry.primary !== except && compareKeys(entry.key, key) === 0
      ? entry.primary
      : undefined
  }

  /** Entries within the range. With `prefix`, keys are arrays and only so many of their first elements count. */
  within({ lower, upper, lowerOpen = false, upperOpen = false }: KeyRange, prefix?: number): IndexEntry[] {
    const from = lower === undefined ? 0 : this.#firstAt(lower, prefix, lowerOpen)
    const to = upper === undefined ? this.#entries.length : this.#firstAt(upper, prefix, !upperOpen)
    return this.#entries.slice(from, Math.max(from, to))
  }

  /** The first place at or, `past` it, behind this key. */
  #firstAt(key: Key, prefix: number | undefined, past: boolean): number {
    let low = 0
    let high = this.#entries.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const order = compareKeys(firstOf(this.#entries[middle]!.key, prefix), key)
      if (past ? order <= 0 : order < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  #placeOf(key: Key, primary: PrimaryKey): number {
    let low = 0
    let high = this.#entries.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const entry = this.#entries[middle]!
      if ((compareKeys(entry.key, key) || compareKeys(entry.primary, primary)) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}

function firstOf(key: Key, prefix: number | undefined): Key {
  if (prefix === undefined) return key
  const parts = key as readonly Key[]
  return prefix === 1 ? parts[0]! : parts.slice(0, prefix)
}

function distinct(keys: Key[]): Key[] {
  const sorted = keys.sort(compareKeys)
  return sorted.filter((key, i) => i === 0 || compareKeys(sorted[i - 1]!, key) !== 0)
}
