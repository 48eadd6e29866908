import {
  createCoreTable,
  type Core,
  type CoreTable,
  type Middleware,
} from '#tests/support/memory-database/core.ts'
import { StorageError } from '#tests/support/memory-database/errors.ts'
import {
  never,
  MemoryTransaction,
  outside,
  type Body,
  type Mode,
} from '#tests/support/memory-database/memory-transaction.ts'
import type { Declarations, StoreForm } from '#tests/support/memory-database/schema-text.ts'
import {
  removeStored,
  sharedStore,
  storedDatabases,
  type SharedStore,
} from '#tests/support/memory-database/shared-store.ts'
import { Table } from '#tests/support/memory-database/table.ts'
import { currentZone } from '#tests/support/memory-database/tasks.ts'
import { upgrade, type DeclaredVersion } from '#tests/support/memory-database/upgrade.ts'

export { liveQuery } from '#tests/support/memory-database/live-query.ts'

/**
 * Stands in for the package dexie where tests need storage that is fast and can be killed (docs/adr/0013). It keeps everything in
 * memory, knows the part of Dexie that this app uses, and is held to the real one by tests/support/memory-database/*.test.ts and
 * by the repository suite, which runs on both.
 */
export default class Dexie {
  /** Tells it from the package. */
  static readonly standsIn = true
  static readonly minKey = -Infinity
  static readonly maxKey = [[]]

  static get currentTransaction(): MemoryTransaction | null {
    return currentZone().transaction
  }

  static async delete(name: string): Promise<void> {
    removeStored(name)
  }

  static async exists(name: string): Promise<boolean> {
    return storedDatabases().some((each) => each.name === name)
  }

  static async getDatabaseNames(): Promise<string[]> {
    return storedDatabases().map(({ name }) => name)
  }

  readonly name: string
  tables: Table[] = []
  verno = 0
  shared: SharedStore
  crashed = false
  /** Runs before anything that this connection asked for is answered; see `crash`. */
  beat: (() => void) | null = null
  readonly #versions: DeclaredVersion[] = []
  readonly #middleware: Middleware[] = []
  readonly #autoOpen: boolean
  #core: Core | null = null
  #state: 'new' | 'open' | 'closed' = 'new'
  #opening: Promise<this> | null = null

  constructor(name: string, { autoOpen = true }: { autoOpen?: boolean } = {}) {
    this.name = name
    this.#autoOpen = autoOpen
    this.shared = sharedStore(name)
  }

  version(number: number) {
    const declared: DeclaredVersion = { number, stores: {}, upgrade: null }
    this.#versions.push(declared)
    const chain = {
      stores(stores: Declarations) {
        declared.stores = { ...declared.stores, ...stores }
        return chain
      },
      upgrade(run: (transaction: MemoryTransaction) => unknown) {
        declared.upgrade = run
        return chain
      },
    }
    return chain
  }

  use(middleware: Middleware): this {
    if (middleware.stack === 'dbcore') this.#middleware.push(middleware)
    return this
  }

  open(): Promise<this> {
    this.#opening ??= this.#open().finally(() => (this.#opening = null))
    return this.#opening
  }

  isOpen(): boolean {
    return this.#state === 'open'
  }

  /** As with IndexedDB, transactions that run are brought to their end. */
  close(): void {
    this.#state = 'closed'
    this.shared.connections.delete(this)
  }

  /** The process dies: what is not committed never was, and nothing that was asked for is ever answered. */
  crash(): void {
    this.crashed = true
    for (const transaction of this.shared.liveOf(this)) transaction.vanish()
    for (const watcher of this.shared.watchers)
      if (watcher.read.has(this)) this.shared.watchers.delete(watcher)
    this.close()
  }

  async delete(): Promise<void> {
    this.close()
    removeStored(this.name)
  }

  table(name: string): Table {
    const table = this.tables.find((each) => each.name === name)
    if (table === undefined) throw new StorageError('InvalidTableError', `Table ${name} does not exist`)
    return table
  }

  transaction<T>(mode: 'r' | 'rw', ...rest: unknown[]): Promise<T> {
    const body = rest.pop() as (transaction: MemoryTransaction) => Promise<T>
    const stores = rest.flat().map((each) => (typeof each === 'string' ? each : (each as Table).name))
    const opening = this.opening()
    if (opening !== null) return opening.then(() => this.transaction<T>(mode, stores, body))
    const zone = currentZone()
    const outer = zone.transaction
    const inner: Mode = mode === 'rw' ? 'readwrite' : 'readonly'
    if (outer?.connection === this) return this.#within(outer, inner, stores, body)
    return this.begin(inner, stores, { run: body, zone: outside(zone) }) as Promise<T>
  }

  /** A transaction of its own, whether or not the connection is open to others. */
  begin(mode: Mode, stores: readonly string[], body: Pick<Body, 'run' | 'zone'>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      for (const name of stores) this.table(name)
      const made = this.#core!.transaction([...stores], mode)
      made.table = (name) => this.table(name)
      this.shared.queue(made.carry({ ...body, resolve, reject }))
    })
  }

  /** For tables: null while open. */
  opening(): Promise<unknown> | null {
    if (this.crashed) return never()
    if (this.#state === 'open' || currentZone().transaction?.connection === this) return null
    if (this.#state === 'new' && (this.#autoOpen || this.#opening !== null)) return this.open()
    return Promise.reject(new StorageError('DatabaseClosedError', 'Database has been closed'))
  }

  enter(store: string, mode: Mode): MemoryTransaction {
    const running = currentZone().transaction
    if (running?.connection === this) {
      if (mode === 'readwrite' && running.mode === 'readonly')
        throw new StorageError('ReadOnlyError', 'Transaction is readonly')
      if (!running.objectStoreNames.includes(store))
        throw new StorageError('NotFoundError', `Table ${store} not part of transaction`)
      return running
    }
    const made = new MemoryTransaction(this, [store], mode, 'default')
    this.shared.queue(made)
    return made
  }

  async #within<T>(
    outer: MemoryTransaction,
    mode: Mode,
    stores: string[],
    body: (transaction: MemoryTransaction) => Promise<T>,
  ): Promise<T> {
    if (mode === 'readwrite' && outer.mode === 'readonly')
      throw new StorageError(
        'SubTransactionError',
        'Cannot enter a sub-transaction that writes within one that reads',
      )
    for (const name of stores)
      if (!outer.objectStoreNames.includes(name))
        throw new StorageError('SubTransactionError', `Table ${name} not included in parent transaction`)
    try {
      return await body(outer)
    } catch (error) {
      outer.fail(error)
      throw error
    }
  }

  async #open(): Promise<this> {
    this.shared = sharedStore(this.name)
    const wanted = Math.max(0, ...this.#versions.map(({ number }) => number)) * 10
    if (wanted > 0 && this.shared.version > wanted)
      throw new StorageError('VersionError', `${this.name} is of a later version`)
    if (wanted > this.shared.version) await upgrade(this, this.#versions)
    this.verno = this.shared.version / 10
    this.showTables(new Map([...this.shared.records].map(([name, { form }]) => [name, form])))
    this.#state = 'open'
    this.shared.connections.add(this)
    return this
  }

  /** Makes a table of each store, also as a property. */
  showTables(forms: ReadonlyMap<string, StoreForm>): void {
    this.#core = this.#composed()
    const core = this.#core
    this.tables = [...forms.values()].map((form) => new Table(this as never, form, core.table(form.name)))
    for (const table of this.tables) Object.assign(this, { [table.name]: table })
  }

  #composed(): Core {
    const tables = new Map<string, CoreTable>()
    const base: Core = {
      stack: 'dbcore',
      transaction: (stores, mode, options) =>
        new MemoryTransaction(this, stores, mode as Mode, options?.durability ?? 'strict'),
      table: (name) => {
        const table = tables.get(name) ?? createCoreTable(name, this.shared.records.get(name)!.form)
        tables.set(name, table)
        return table
      },
    }
    return this.#middleware.reduce<Core>(
      (down, middleware) => ({ ...down, ...middleware.create(down) }),
      base,
    )
  }
}
