import { StorageError } from '#tests/support/memory-database/errors.ts'

/** What IndexedDB takes as a key. */
export type Key = string | number | Date | Uint8Array | readonly Key[]

/** Rank of a key's type in IndexedDB's order; 0 for what is no key. */
function rankOf(value: unknown): number {
  if (typeof value === 'string') return 3
  if (typeof value === 'number') return Number.isNaN(value) ? 0 : 1
  if (Array.isArray(value)) return 5
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 0 : 2
  return value instanceof Uint8Array ? 4 : 0
}

export function isKey(value: unknown): value is Key {
  const rank = rankOf(value)
  return rank === 5 ? (value as unknown[]).every(isKey) : rank > 0
}

/** The key, or a DataError. */
export function toKey(value: unknown): Key {
  if (isKey(value)) return value
  throw new StorageError('DataError', `${String(value)} is no valid key`)
}

/** IndexedDB's order of keys: numbers, dates, strings, bytes, arrays. */
export function compareKeys(a: Key, b: Key): number {
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0
  const rank = rankOf(a)
  const ranks = rank - rankOf(b)
  if (ranks !== 0) return ranks
  if (rank === 5) return compareElements(a as readonly Key[], b as readonly Key[])
  if (rank === 4) return compareElements([...(a as Uint8Array)], [...(b as Uint8Array)])
  return Number(a) - Number(b) || (a === b ? 0 : rank === 1 ? (a < b ? -1 : 1) : 0)
}

function compareElements(a: readonly Key[], b: readonly Key[]): number {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const order = compareKeys(a[i]!, b[i]!)
    if (order !== 0) return order
  }
  return a.length - b.length
}

/** What is at a path of a record, as in `address.country`. */
export function valueAt(record: unknown, path: string): unknown {
  if (!path.includes('.')) return (record as Record<string, unknown> | null)?.[path]
  let value = record
  for (const part of path.split('.')) value = (value as Record<string, unknown> | null | undefined)?.[part]
  return value
}
