import { asError, StorageError } from '#tests/support/memory-database/errors.ts'
import type { PrimaryKey } from '#tests/support/memory-database/key-index.ts'
import type { RecordStore } from '#tests/support/memory-database/record-store.ts'
import type { SharedStore } from '#tests/support/memory-database/shared-store.ts'
import { NO_ZONE, post, type Zone } from '#tests/support/memory-database/tasks.ts'

export type Mode = 'readonly' | 'readwrite'

/** A connection, as far as a transaction knows it. */
export interface TransactionOwner {
  /** Runs before an answer is given; a crash in it means that the answer never comes. */
  beat: (() => void) | null
  readonly crashed: boolean
  readonly shared: SharedStore
}

/** What a transaction is for, and who hears of its end. */
export interface Body {
  run: (transaction: MemoryTransaction) => unknown
  zone: Zone
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
}

/**
 * A transaction as IndexedDB has them: it waits for older ones that share a store with it, it is atomic, and it ends by itself
 * when a task of it leaves nothing to wait for. One that then is not through with its own work was committed too early.
 */
export class MemoryTransaction {
  readonly connection: TransactionOwner
  readonly mode: Mode
  readonly durability: string
  readonly objectStoreNames: readonly string[]
  state: 'waiting' | 'active' | 'ended' = 'waiting'
  /** Dexie keeps IndexedDB's transaction here; it is the same one. */
  readonly idbtrans = this
  readonly #scope: number
  #body: Body | null = null
  #bodyState: 'running' | 'done' | 'failed' = 'running'
  #outcome: unknown = undefined
  #committedEarly = false
  #pending = 0
  // Most transactions are one read: what only others need is made when it is needed.
  #waiting: (() => void)[] | null = null
  #undo: { records: RecordStore; primary: PrimaryKey; before: unknown }[] | null = null
  #written: Set<string> | null = null
  #onComplete: (() => void)[] | null = null

  constructor(connection: TransactionOwner, stores: readonly string[], mode: Mode, durability: string) {
    this.connection = connection
    this.mode = mode
    this.durability = durability
    this.objectStoreNames = stores.length === 1 ? stores : [...new Set(stores)].sort()
    let scope = 0
    for (const name of stores) scope |= connection.shared.bitOf(name)
    this.#scope = scope
  }

  /** The store of that name within a transaction, as upgrades ask for it. */
  table: (name: string) => unknown = noTable

  isInTheWayOf(other: MemoryTransaction): boolean {
    return (this.#scope & other.#scope) !== 0 && (this.mode === 'readwrite' || other.mode === 'readwrite')
  }

  /** Makes it a transaction of more than one request; to be called before it begins. */
  carry(body: Body): this {
    this.#body = body
    return this
  }

  /** Nothing is in the way any more. */
  begin(): void {
    this.state = 'active'
    const body = this.#body
    if (body !== null) post({ ...body.zone, transaction: this }, () => this.#runBody(body), this.#settle)
    const waiting = this.#waiting
    this.#waiting = null
    if (waiting !== null) for (const execute of waiting) execute()
  }

  /** One request. It is answered in a task of its own, in the zone of whoever asked. */
  request<T>(zone: Zone, run: () => T): Promise<T> {
    if (this.connection.crashed) return never()
    if (this.state === 'ended')
      return Promise.reject(
        new StorageError('TransactionInactiveError', 'Transaction has already completed or failed'),
      )
    this.#pending++
    return new Promise((resolve, reject) => {
      const execute = (): void => {
        let answer: () => void
        try {
          const value = run()
          answer = () => resolve(value)
        } catch (error) {
          answer = () => reject(asError(error))
        }
        post(zone, () => this.#answer(answer, reject), this.#body === null ? null : this.#settle)
      }
      if (this.state === 'active') execute()
      else (this.#waiting ??= []).push(execute)
    })
  }

  /** Notes how to take a write back. */
  noteWrite(store: string, records: RecordStore, primary: PrimaryKey, before: unknown): void {
    ;(this.#undo ??= []).push({ records, primary, before })
    ;(this.#written ??= new Set()).add(store)
  }

  /** As IndexedDB tells its own listeners: once it is committed, before whoever waits for it goes on. */
  addEventListener(_event: 'complete', run: () => void): void {
    ;(this.#onComplete ??= []).push(run)
  }

  /** Ends an own transaction of one request that was never made. */
  endUnused(): void {
    if (this.#body === null && this.#pending === 0 && this.state !== 'ended') this.#end(true)
  }

  /** Undoes everything; the caller of the transaction hears `error`. */
  fail(error: unknown): void {
    if (this.state === 'ended') return
    this.#bodyState = 'failed'
    this.#outcome = error
    this.#end(false)
  }

  /** The process is gone: nothing of it is left and nobody hears of it. */
  vanish(): void {
    if (this.state !== 'ended') this.#end(false)
  }

  #runBody({ run }: Body): void {
    if (this.connection.crashed) return
    this.connection.beat?.()
    if (this.connection.crashed) return
    const failed = (error: unknown): void => {
      if (this.#bodyState === 'running') [this.#bodyState, this.#outcome] = ['failed', error]
      if (this.#committedEarly) this.#tell()
    }
    try {
      Promise.resolve(run(this)).then((value) => {
        if (this.#bodyState === 'running') [this.#bodyState, this.#outcome] = ['done', value]
        if (this.#committedEarly) this.#tell()
      }, failed)
    } catch (error) {
      failed(error)
    }
  }

  #answer(answer: () => void, reject: (error: Error) => void): void {
    const { connection } = this
    if (connection.crashed) return
    connection.beat?.()
    if (connection.crashed) return
    this.#pending--
    if (this.#body === null) {
      if (this.#pending === 0) this.#end(true)
    } else if (this.state === 'ended' && !this.#committedEarly)
      return reject(new StorageError('AbortError', 'Transaction aborted'))
    answer()
  }

  /** At the end of each of its tasks. */
  readonly #settle = (): void => {
    if (this.state !== 'active' || this.connection.crashed) return
    if (this.#bodyState === 'failed') this.#end(false)
    else if (this.#pending === 0) {
      this.#committedEarly = this.#bodyState === 'running'
      this.#end(true)
    }
  }

  #end(committed: boolean): void {
    const { shared } = this.connection
    this.state = 'ended'
    if (!committed && this.#undo !== null)
      for (const { records, primary, before } of this.#undo.reverse()) records.set(primary, before)
    this.#undo = null
    shared.leave(this)
    if (this.connection.crashed) return
    if (committed && this.#body !== null)
      for (const run of this.#onComplete ?? [])
        post(outside(this.#body.zone), () => this.connection.crashed || run())
    if (committed && this.#written !== null) shared.tellChanged(this.#written)
    if (!this.#committedEarly) this.#tell()
  }

  #tell(): void {
    const body = this.#body
    if (body === null) return
    post(body.zone, () => {
      if (this.connection.crashed) return
      this.connection.beat?.()
      if (this.connection.crashed) return
      if (this.#committedEarly)
        body.reject(new StorageError('PrematureCommitError', 'Transaction committed too early'))
      else if (this.#bodyState === 'failed') body.reject(this.#outcome)
      else body.resolve(this.#outcome)
    })
  }
}

const noTable = (): undefined => undefined

export function never<T>(): Promise<T> {
  return new Promise(() => undefined)
}

/** A zone without the transaction: where its caller goes on. */
export function outside({ reader }: Zone): Zone {
  return reader === null ? NO_ZONE : { transaction: null, reader }
}
