import { StorageError } from '#tests/support/memory-database/errors.ts'
import { KeyIndex, type PrimaryKey } from '#tests/support/memory-database/key-index.ts'
import { compareKeys, toKey, valueAt, type Key } from '#tests/support/memory-database/keys.ts'
import type { IndexForm, StoreForm } from '#tests/support/memory-database/schema-text.ts'

/** The records of one store with their indexes. Holds what it is given: copying is its callers' part. */
export class RecordStore {
  form: StoreForm
  readonly primary: KeyIndex
  readonly #records = new Map<PrimaryKey, unknown>()
  #indexes: KeyIndex[]

  constructor(form: StoreForm) {
    this.form = form
    this.primary = new KeyIndex(form.primKey)
    this.#indexes = form.indexes.map((index) => new KeyIndex(index))
  }

  /** The same records with other indexes, as an upgrade makes them. */
  withForm(form: StoreForm): RecordStore {
    const other = new RecordStore(form)
    for (const [primary, record] of this.#records) other.set(primary, record)
    return other
  }

  get(primary: PrimaryKey): unknown {
    return this.#records.get(primary)
  }

  get size(): number {
    return this.#records.size
  }

  primaryOf(record: unknown): PrimaryKey {
    return toPrimary(valueAt(record, this.form.primKey.keyPath as string))
  }

  /** The index of that name, or a compound one that begins with it; `prefix` says how much of its keys counts then. */
  index(name: string): { index: KeyIndex; prefix?: number } {
    if (name === ':id' || name === this.form.primKey.name) return { index: this.primary }
    const exact = this.#indexes.find(({ form }) => form.name === name)
    if (exact !== undefined) return { index: exact }
    const wanted = name.startsWith('[') ? name.slice(1, -1).split('+') : [name]
    const longer = this.#indexes.find(({ form }) => isPrefix(wanted, form))
    if (longer !== undefined) return { index: longer, prefix: wanted.length }
    throw new StorageError('SchemaError', `KeyPath ${name} on object store ${this.form.name} is not indexed`)
  }

  /** Puts a record in place of what is there, or removes it; returns what was there. ConstraintError when a unique key is taken. */
  set(primary: PrimaryKey, record: unknown): unknown {
    const before = this.#records.get(primary)
    const changes = this.#indexes.map((index) => ({
      index,
      old: before === undefined ? [] : index.keysOf(before),
      keys: record === undefined ? [] : index.keysOf(record),
    }))
    for (const { index, keys } of changes) if (index.form.unique) refuseTaken(index, keys, primary)
    for (const { index, old, keys } of changes) {
      if (sameKeys(old, keys)) continue
      for (const key of old) index.remove(key, primary)
      for (const key of keys) index.insert(key, primary)
    }
    if (record === undefined) {
      if (this.#records.delete(primary)) this.primary.remove(primary, primary)
    } else {
      if (before === undefined) this.primary.insert(primary, primary)
      this.#records.set(primary, record)
    }
    return before
  }
}

/** A primary key; of the kinds that IndexedDB knows only the two that are used. */
export function toPrimary(value: unknown): PrimaryKey {
  const key = toKey(value)
  if (typeof key === 'string' || typeof key === 'number') return key
  throw new Error('primary keys are strings or numbers here')
}

function isPrefix(wanted: readonly string[], { compound, keyPath }: IndexForm): boolean {
  return compound && wanted.every((path, i) => keyPath[i] === path)
}

function refuseTaken(index: KeyIndex, keys: readonly Key[], primary: PrimaryKey): void {
  for (const key of keys)
    if (index.holderOf(key, primary) !== undefined)
      throw new StorageError('ConstraintError', `${index.form.name} is taken already`)
}

function sameKeys(a: readonly Key[], b: readonly Key[]): boolean {
  return a.length === b.length && a.every((key, i) => compareKeys(key, b[i]!) === 0)
}
