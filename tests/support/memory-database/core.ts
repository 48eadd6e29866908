import { keepRecord, shownRecord } from '#tests/support/memory-database/copy-record.ts'
import { asError, StorageError } from '#tests/support/memory-database/errors.ts'
import type { KeyRange } from '#tests/support/memory-database/key-index.ts'
import type { MemoryTransaction } from '#tests/support/memory-database/memory-transaction.ts'
import { toPrimary } from '#tests/support/memory-database/record-store.ts'
import { valueAt, type Key } from '#tests/support/memory-database/keys.ts'
import type { StoreForm } from '#tests/support/memory-database/schema-text.ts'
import { currentZone } from '#tests/support/memory-database/tasks.ts'

/** A write as it goes through Dexie's middleware. */
export interface MutateRequest {
  type: 'add' | 'put' | 'delete' | 'deleteRange'
  trans: MemoryTransaction
  values?: unknown[]
  keys?: unknown[]
  range?: KeyRange
}

export interface MutateResponse {
  numFailures: number
  failures: Record<number, Error>
  lastResult: unknown
  results: unknown[]
}

/** A read as it goes through Dexie's middleware. */
export interface QueryRequest {
  trans: MemoryTransaction
  limit?: number
  query: {
    index: { name: string | null }
    range: { lower?: Key; upper?: Key; lowerOpen?: boolean; upperOpen?: boolean }
  }
}

export interface CoreTable {
  name: string
  schema: {
    primaryKey: { name: null; keyPath: string; extractKey: (value: unknown) => unknown }
    getIndexByKeyPath: (path: string | string[]) => { name: string | null } | undefined
  }
  query(request: QueryRequest): Promise<{ result: unknown[] }>
  mutate(request: MutateRequest): Promise<MutateResponse>
}

/** The part of Dexie's core that middleware stands before: writes, and the making of transactions. */
export interface Core {
  stack: 'dbcore'
  transaction(stores: string[], mode: string, options?: { durability?: string }): MemoryTransaction
  table(name: string): CoreTable
}

export interface Middleware {
  stack: string
  name?: string
  create(down: Core): Partial<Core>
}

/** The bottom: writes records into the stores of a transaction. */
export function createCoreTable(name: string, { primKey, indexes }: StoreForm): CoreTable {
  const keyPath = primKey.keyPath as string
  const primaryKey = { name: null, keyPath, extractKey: (value: unknown) => valueAt(value, keyPath) }
  return {
    name,
    schema: {
      primaryKey,
      getIndexByKeyPath: (path) =>
        path === keyPath ? primaryKey : indexes.find((index) => isSamePath(index.keyPath, path)),
    },
    query({ trans, limit = Infinity, query: { index, range } }) {
      const zone = currentZone()
      zone.reader?.noteRead(trans.connection, name)
      return trans.request(zone, () => {
        const records = storeOf(trans, name)
        const found = records.index(index.name ?? ':id').index.within(range)
        return { result: found.slice(0, limit).map(({ primary }) => shownRecord(records.get(primary))) }
      })
    },
    mutate(request) {
      const { trans, type } = request
      // What is stored is what was given at this moment, whatever its owner does to it later.
      let values: unknown[]
      try {
        values = (request.values ?? []).map(keepRecord)
      } catch (error) {
        return Promise.reject(asError(error))
      }
      return trans.request(currentZone(), () => {
        if (type === 'delete') return removeKeys(trans, name, request.keys ?? [])
        if (type === 'deleteRange') return removeRange(trans, name, request.range ?? {})
        return writeValues(trans, name, values, type === 'add')
      })
    },
  }
}

/** As Dexie tells them apart: a list of one is not its only part. */
function isSamePath(one: string | string[], other: string | string[]): boolean {
  return Array.isArray(one) === Array.isArray(other) && String(one) === String(other)
}

function storeOf({ connection }: MemoryTransaction, name: string) {
  const records = connection.shared.records.get(name)
  if (records === undefined) throw new StorageError('NotFoundError', `no store ${name}`)
  return records
}

function writeValues(
  trans: MemoryTransaction,
  name: string,
  values: unknown[],
  isNew: boolean,
): MutateResponse {
  const records = storeOf(trans, name)
  const response: MutateResponse = { numFailures: 0, failures: {}, lastResult: undefined, results: [] }
  values.forEach((value, i) => {
    try {
      const primary = records.primaryOf(value)
      if (isNew && records.get(primary) !== undefined)
        throw new StorageError('ConstraintError', `${name} has ${primary} already`)
      trans.noteWrite(name, records, primary, records.set(primary, value))
      response.results[i] = primary
      response.lastResult = primary
    } catch (error) {
      response.failures[i] = error as Error
      response.numFailures++
    }
  })
  return response
}

function removeKeys(trans: MemoryTransaction, name: string, keys: readonly unknown[]): MutateResponse {
  const records = storeOf(trans, name)
  for (const key of keys) {
    const primary = toPrimary(key)
    if (records.get(primary) !== undefined)
      trans.noteWrite(name, records, primary, records.set(primary, undefined))
  }
  return { numFailures: 0, failures: {}, lastResult: undefined, results: [] }
}

function removeRange(trans: MemoryTransaction, name: string, range: KeyRange): MutateResponse {
  const keys = storeOf(trans, name).primary.within(range)
  return removeKeys(
    trans,
    name,
    keys.map(({ primary }) => primary),
  )
}
