import type { DBCore, Middleware } from 'dexie'
import type { Issue } from '#core/shared/issue.ts'

/** Why nothing may be written now; null while writing is allowed. */
export type WriteGate = () => Issue | null

/** A write that was refused before it reached the store; the unit it belongs to is undone. */
export class WriteRefused extends Error {
  readonly issue: Issue

  constructor(issue: Issue) {
    super(`refused: ${issue.reason ?? issue.code}`)
    this.name = 'WriteRefused'
    this.issue = issue
  }
}

/** Dexie middleware that holds every write against the gate. Reads, and units that turn out to write nothing, pass. */
export function guardWrites(gate: WriteGate): Middleware<DBCore> {
  return {
    stack: 'dbcore',
    name: 'guardWrites',
    create: (down) => ({
      ...down,
      table(name) {
        const table = down.table(name)
        return {
          ...table,
          mutate(request) {
            const refused = gate()
            return refused === null ? table.mutate(request) : Promise.reject(new WriteRefused(refused))
          },
        }
      },
    }),
  }
}
