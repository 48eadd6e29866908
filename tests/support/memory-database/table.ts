import { Collection } from '#tests/support/memory-database/collection.ts'
import { shownRecord } from '#tests/support/memory-database/copy-record.ts'
import type { CoreTable, MutateRequest, MutateResponse } from '#tests/support/memory-database/core.ts'
import { asError, BulkError } from '#tests/support/memory-database/errors.ts'
import type { PrimaryKey } from '#tests/support/memory-database/key-index.ts'
import type {
  Mode,
  MemoryTransaction,
  TransactionOwner,
} from '#tests/support/memory-database/memory-transaction.ts'
import { toPrimary, type RecordStore } from '#tests/support/memory-database/record-store.ts'
import type { StoreForm } from '#tests/support/memory-database/schema-text.ts'
import { currentZone } from '#tests/support/memory-database/tasks.ts'
import { WhereClause } from '#tests/support/memory-database/where-clause.ts'

type Row = Record<string, unknown>

/** What a table asks of its connection. */
export interface TableOwner extends TransactionOwner {
  /** Null while the connection is open; else when it is, or why it never will be. */
  opening(): Promise<unknown> | null
  /** The transaction that runs, or one for a single request. Throws when this store is not part of it. */
  enter(store: string, mode: Mode): MemoryTransaction
  transaction<T>(mode: 'rw', stores: readonly string[], body: () => Promise<T>): Promise<T>
}

/** A store as Dexie shows it. */
export class Table {
  readonly name: string
  readonly schema: StoreForm
  /** Writes go through here, and through what was put before it. */
  core: CoreTable
  readonly #db: TableOwner

  constructor(db: TableOwner, schema: StoreForm, core: CoreTable) {
    this.#db = db
    this.name = schema.name
    this.schema = schema
    this.core = core
  }

  get(key: unknown): Promise<Row | undefined> {
    return this.read((records) => shownRecord(records.get(toPrimary(key))) as Row | undefined)
  }

  bulkGet(keys: readonly unknown[]): Promise<(Row | undefined)[]> {
    return this.read((records) =>
      keys.map((key) => shownRecord(records.get(toPrimary(key))) as Row | undefined),
    )
  }

  add(value: unknown): Promise<unknown> {
    return this.mutate({ type: 'add', values: [value] }).then(onlyResult)
  }

  put(value: unknown): Promise<unknown> {
    return this.mutate({ type: 'put', values: [value] }).then(onlyResult)
  }

  bulkAdd(values: readonly unknown[]): Promise<unknown> {
    return this.mutate({ type: 'add', values: [...values] }).then((done) =>
      lastResult('bulkAdd', done, values.length),
    )
  }

  bulkPut(values: readonly unknown[]): Promise<unknown> {
    return this.mutate({ type: 'put', values: [...values] }).then((done) =>
      lastResult('bulkPut', done, values.length),
    )
  }

  async delete(key: unknown): Promise<void> {
    await this.mutate({ type: 'delete', keys: [key] })
  }

  async bulkDelete(keys: readonly unknown[]): Promise<void> {
    await this.mutate({ type: 'delete', keys: [...keys] })
  }

  async clear(): Promise<void> {
    await this.mutate({ type: 'deleteRange', range: {} })
  }

  update(key: unknown, change: Row | ((record: never) => unknown)): Promise<number> {
    return this.where(':id').equals(key).modify(change)
  }

  async bulkUpdate(changes: readonly { key: unknown; changes: Row }[]): Promise<number> {
    return this.inOwnTransaction(async () => {
      let matched = 0
      for (const { key, changes: change } of changes) matched += await this.update(key, change)
      return matched
    })
  }

  where(index: string): WhereClause {
    return new WhereClause(this, index)
  }

  orderBy(index: string): Collection {
    return new Collection(this, index, () => [{}])
  }

  toCollection(): Collection {
    return this.orderBy(':id')
  }

  toArray(): Promise<Row[]> {
    return this.toCollection().toArray()
  }

  filter(wanted: (record: never) => boolean): Collection {
    return this.toCollection().filter(wanted)
  }

  limit(count: number): Collection {
    return this.toCollection().limit(count)
  }

  reverse(): Collection {
    return this.toCollection().reverse()
  }

  each(visit: (record: never) => void): Promise<void> {
    return this.toCollection().each(visit)
  }

  count(): Promise<number> {
    return this.toCollection().count()
  }

  /** One read request. */
  read<T>(run: (records: RecordStore) => T): Promise<T> {
    const opening = this.#db.opening()
    if (opening !== null) return opening.then(() => this.read(run))
    try {
      const transaction = this.#db.enter(this.name, 'readonly')
      const zone = currentZone()
      zone.reader?.noteRead(this.#db, this.name)
      return transaction.request(zone, () => run(this.#db.shared.records.get(this.name)!))
    } catch (error) {
      return Promise.reject(asError(error))
    }
  }

  /** One write request, through the middleware. */
  mutate(request: Omit<MutateRequest, 'trans'>): Promise<MutateResponse> {
    const opening = this.#db.opening()
    if (opening !== null) return opening.then(() => this.mutate(request))
    try {
      const transaction = this.#db.enter(this.name, 'readwrite')
      const answer = this.core.mutate({ ...request, trans: transaction })
      transaction.endUnused()
      return answer
    } catch (error) {
      return Promise.reject(asError(error))
    }
  }

  /** Several requests that belong together: in the transaction that runs, else in one of their own. */
  inOwnTransaction<T>(work: () => Promise<T>): Promise<T> {
    if (currentZone().transaction?.connection !== this.#db)
      return this.#db.transaction('rw', [this.name], work)
    try {
      this.#db.enter(this.name, 'readwrite')
      return work()
    } catch (error) {
      return Promise.reject(asError(error))
    }
  }
}

function onlyResult({ numFailures, failures, lastResult }: MutateResponse): unknown {
  if (numFailures > 0) throw failures[0]!
  return lastResult
}

function lastResult(operation: string, done: MutateResponse, total: number): PrimaryKey {
  if (done.numFailures > 0) throw new BulkError(operation, done.failures, total)
  return done.results.at(-1) as PrimaryKey
}
