import type { MemoryTransaction } from '#tests/support/memory-database/memory-transaction.ts'
import { RecordStore } from '#tests/support/memory-database/record-store.ts'
import type { StoreForm } from '#tests/support/memory-database/schema-text.ts'

/** Someone who wants to know when a store changed. */
export interface Watcher {
  /** Connections whose reads it follows, with the stores that it read. */
  readonly read: ReadonlyMap<object, ReadonlySet<string>>
  changed(): void
}

/** One database, whatever number of connections there is to it. */
export class SharedStore {
  readonly name: string
  /** As IndexedDB counts: Dexie's number times ten. */
  version = 0
  records = new Map<string, RecordStore>()
  readonly #bits = new Map<string, number>()
  readonly connections = new Set<{ close(): void }>()
  readonly watchers = new Set<Watcher>()
  /** Transactions that have not ended, oldest first. */
  #live: MemoryTransaction[] = []

  constructor(name: string) {
    this.name = name
  }

  /** A bit per store; with more stores than bits two may share one, and then only wait for each other more than they must. */
  bitOf(name: string): number {
    let bit = this.#bits.get(name)
    if (bit === undefined) {
      bit = 1 << (this.#bits.size % 31)
      this.#bits.set(name, bit)
    }
    return bit
  }

  /** Takes a transaction into the queue; it begins when no older one is in its way. */
  queue(transaction: MemoryTransaction): void {
    this.#live.push(transaction)
    if (this.#isFree(transaction, this.#live.length - 1)) transaction.begin()
  }

  /** A transaction has ended: those that waited for it begin. */
  leave(transaction: MemoryTransaction): void {
    this.#live.splice(this.#live.indexOf(transaction), 1)
    if (!this.#live.some(({ state }) => state === 'waiting')) return
    for (const [place, each] of [...this.#live].entries())
      if (each.state === 'waiting' && this.#isFree(each, place)) each.begin()
  }

  liveOf(connection: object): MemoryTransaction[] {
    return this.#live.filter((each) => each.connection === connection)
  }

  /** Tells those who read one of these stores. */
  tellChanged(stores: ReadonlySet<string>): void {
    for (const watcher of [...this.watchers])
      if ([...watcher.read.values()].some((read) => [...stores].some((store) => read.has(store))))
        watcher.changed()
  }

  /** Another layout, with the records that there are. */
  reshape(forms: ReadonlyMap<string, StoreForm>): void {
    const records = new Map<string, RecordStore>()
    for (const [name, form] of forms)
      records.set(name, this.records.get(name)?.withForm(form) ?? new RecordStore(form))
    this.records = records
  }

  #isFree(transaction: MemoryTransaction, place: number): boolean {
    for (let at = 0; at < place; at++) if (this.#live[at]?.isInTheWayOf(transaction) === true) return false
    return true
  }
}

const stores = new Map<string, SharedStore>()

/** The database of that name; made when there is none. */
export function sharedStore(name: string): SharedStore {
  const store = stores.get(name) ?? new SharedStore(name)
  stores.set(name, store)
  return store
}

/** Every database there is, with its version in IndexedDB's counting. */
export function storedDatabases(): { name: string; version: number }[] {
  return [...stores.values()]
    .filter(({ version }) => version > 0)
    .map(({ name, version }) => ({ name, version }))
}

/** Removes a database; its connections are closed. */
export function removeStored(name: string): void {
  const store = stores.get(name)
  stores.delete(name)
  for (const connection of store?.connections ?? []) connection.close()
}
