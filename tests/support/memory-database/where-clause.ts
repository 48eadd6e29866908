import { Collection } from '#tests/support/memory-database/collection.ts'
import { StorageError } from '#tests/support/memory-database/errors.ts'
import type { KeyRange } from '#tests/support/memory-database/key-index.ts'
import { compareKeys, toKey, type Key } from '#tests/support/memory-database/keys.ts'
import type { Table } from '#tests/support/memory-database/table.ts'

/** Which part of an index is wanted. */
export class WhereClause {
  readonly #table: Table
  readonly #index: string
  readonly #finish: (collection: Collection) => Collection

  constructor(table: Table, index: string, finish = (collection: Collection): Collection => collection) {
    this.#table = table
    this.#index = index
    this.#finish = finish
  }

  equals(key: unknown): Collection {
    return this.#of(() => [exactly(key)])
  }

  anyOf(...keys: unknown[]): Collection {
    const wanted = keys.length === 1 && Array.isArray(keys[0]) ? (keys[0] as unknown[]) : keys
    return this.#of(() => {
      const sorted = wanted.map(toKey).sort(compareKeys)
      return sorted.filter((key, i) => i === 0 || compareKeys(sorted[i - 1]!, key) !== 0).map(exactly)
    })
  }

  between(lower: unknown, upper: unknown, withLower = true, withUpper = false): Collection {
    return this.#of(() => {
      const range = { lower: toKey(lower), upper: toKey(upper), lowerOpen: !withLower, upperOpen: !withUpper }
      const order = compareKeys(range.lower, range.upper)
      // IndexedDB makes no range that is open on both sides of nothing.
      if (order === 0 && !withLower && !withUpper) throw new StorageError('DataError', 'not a range')
      return order > 0 || (order === 0 && !(withLower && withUpper)) ? [] : [range]
    })
  }

  above(key: unknown): Collection {
    return this.#of(() => [{ lower: toKey(key), lowerOpen: true }])
  }

  aboveOrEqual(key: unknown): Collection {
    return this.#of(() => [{ lower: toKey(key) }])
  }

  below(key: unknown): Collection {
    return this.#of(() => [{ upper: toKey(key), upperOpen: true }])
  }

  belowOrEqual(key: unknown): Collection {
    return this.#of(() => [{ upper: toKey(key) }])
  }

  startsWith(text: string): Collection {
    return this.#of(() => [{ lower: text, upper: `${text}\uffff` }])
  }

  /** A key that is none is found out when the collection is read, as Dexie does. */
  #of(ranges: () => KeyRange[]): Collection {
    return this.#finish(new Collection(this.#table, this.#index, ranges))
  }
}

function exactly(key: unknown): KeyRange {
  const only: Key = toKey(key)
  return { lower: only, upper: only }
}
