import type { DBCore, DBCoreMutateRequest, DBCoreTable, Middleware } from 'dexie'
import { JOURNAL_STORES, type JournalStore } from '#core/contracts/journal.ts'

/** Which records of the journalled stores a transaction has written so far, by id, as they are now; undefined for what it removed. */
export type Touched = Map<JournalStore, Map<string, unknown>>

const byTransaction = new WeakMap<object, Touched>()

/** What a transaction has touched; `transaction` is IndexedDB's own. */
export function touchedBy(transaction: object): Touched {
  return byTransaction.get(transaction) ?? new Map<JournalStore, Map<string, unknown>>()
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
  const touched = byTransaction.get(request.trans) ?? new Map<JournalStore, Map<string, unknown>>()
  byTransaction.set(request.trans, touched)
  const written = touched.get(store) ?? new Map<string, unknown>()
  touched.set(store, written)
  for (const [key, value] of writtenBy(request, table)) written.set(String(key), value)
}

/** A range says no keys; what it removed is found at the next start (usecases/reconcile-unsent.ts). */
function writtenBy(request: DBCoreMutateRequest, { schema }: DBCoreTable): [key: unknown, value: unknown][] {
  if (request.type === 'deleteRange') return []
  if (request.type === 'delete') return request.keys.map((key: unknown) => [key, undefined])
  return request.values.map((value: unknown, i) => [
    request.keys?.[i] ?? schema.primaryKey.extractKey?.(value),
    value,
  ])
}
