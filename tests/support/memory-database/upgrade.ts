import type { Body, MemoryTransaction, Mode } from '#tests/support/memory-database/memory-transaction.ts'
import {
  declareOnTop,
  type Declarations,
  type StoreForm,
} from '#tests/support/memory-database/schema-text.ts'
import type { SharedStore } from '#tests/support/memory-database/shared-store.ts'
import { NO_ZONE } from '#tests/support/memory-database/tasks.ts'

export interface DeclaredVersion {
  number: number
  stores: Declarations
  upgrade: ((transaction: MemoryTransaction) => unknown) | null
}

interface Upgradable {
  readonly shared: SharedStore
  showTables(forms: ReadonlyMap<string, StoreForm>): void
  begin(mode: Mode, stores: readonly string[], body: Pick<Body, 'run' | 'zone'>): Promise<unknown>
}

/** Brings a database to the last of these layouts, or leaves it as it was. A new one begins with the last. */
export async function upgrade(db: Upgradable, versions: readonly DeclaredVersion[]): Promise<void> {
  const { shared } = db
  const before = { version: shared.version, records: shared.records }
  let forms: ReadonlyMap<string, StoreForm> = new Map<string, StoreForm>()
  try {
    for (const each of versions.toSorted((a, b) => a.number - b.number)) {
      forms = declareOnTop(forms, each.stores)
      if (each.number * 10 <= before.version) continue
      // What was there stays untouched: these are copies.
      shared.reshape(forms)
      shared.version = each.number * 10
      db.showTables(forms)
      if (each.upgrade !== null && before.version > 0)
        await db.begin('readwrite', [...forms.keys()], { run: each.upgrade, zone: NO_ZONE })
    }
  } catch (error) {
    Object.assign(shared, before)
    throw error
  }
}
