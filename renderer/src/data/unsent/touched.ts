import type { DBCore, DBCoreMutateRequest, DBCoreTable, Middleware } from 'dexie'
import { JOURNAL_STORES, type JournalStore } from '#core/contracts/journal.ts'

/** Which records of the journalled stores a transaction has written so far. */
export type Touched = Map<JournalStore, Set<string>>

const byTransaction = new WeakMap<object, Touched>()

/** What a transaction has touched; `transaction` is IndexedDB's own. */
export function touchedBy(transaction: object): Touched {
  return byTransaction.get(transaction) ?? new Map<JournalStore, Set<string>>()
}

/** Dexie middleware that notes every write to a journalled store, whatever code asked for it. */
export const noteTouched: Middleware<DBCore> = {
  stack: 'dbcore',
  name: 'noteTouched',
  create: (down) => ({
    ...down,
    table(name) {
      const table = down.table(name)
      if (!isJournalled(name)) return table
      return {
        ...table,
        mutate(request) {
          note(name, request, table)
          return table.mutate(request)
        },
      }
    },
  }),
}

export function isJournalled(name: string): name is JournalStore {
  return (JOURNAL_STORES as readonly string[]).includes(name)
}

function note(store: JournalStore, request: DBCoreMutateRequest, table: DBCoreTable): void {
  const touched = byTransaction.get(request.trans) ?? new Map<JournalStore, Set<string>>()
  byTransaction.set(request.trans, touched)
  const ids = touched.get(store) ?? new Set<string>()
  touched.set(store, ids)
  for (const key of keysOf(request, table)) ids.add(String(key))
}

/** A range says no keys; what it removed is found at the next start (usecases/reconcile-unsent.ts). */
function keysOf(request: DBCoreMutateRequest, { schema }: DBCoreTable): readonly unknown[] {
  if (request.type === 'deleteRange') return []
  if (request.type === 'delete') return request.keys
  return request.values.map(
    (value: unknown, i): unknown => request.keys?.[i] ?? schema.primaryKey.extractKey?.(value),
  )
}
