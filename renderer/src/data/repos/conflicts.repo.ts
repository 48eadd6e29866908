import type { ConnectionId } from '#core/shared/ids.ts'
import type { FieldConflict } from '#core/sync/merge3.ts'
import { quickParse } from '#core/contracts/quick-parse.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import type { Conflict } from '#renderer/data/records.ts'
import { conflictSchema } from '#renderer/data/stored-schemas.ts'

/** Whose conflict it is. */
export interface ConflictOwner {
  entityKey: string
  connectionId: ConnectionId
  /** What people call it. */
  label: string
}

/** Open conflicts of these entities, by key; one that does not parse counts as none and is decided anew by the next reading. */
export async function loadConflicts(
  db: CaravelDatabase,
  entityKeys: readonly string[],
): Promise<Map<string, Conflict>> {
  if (entityKeys.length === 0) return new Map()
  const open = new Map<string, Conflict>()
  for (const stored of await db.conflicts.bulkGet([...entityKeys])) {
    const data = stored === undefined ? undefined : quickParse(conflictSchema, stored).data
    if (data !== undefined) open.set(data.entityKey, data)
  }
  return open
}

/** Writes what of an entity is in conflict now; none of its fields takes it away. Needs `conflicts`. */
export async function saveConflict(
  db: CaravelDatabase,
  owner: ConflictOwner,
  fields: readonly FieldConflict[],
  { before, now }: { before: Conflict | undefined; now: number },
): Promise<void> {
  if (fields.length === 0) {
    if (before !== undefined) await db.conflicts.delete(owner.entityKey)
    return
  }
  if (before !== undefined && JSON.stringify(before.fields) === JSON.stringify(fields)) return
  await db.conflicts.put({ ...owner, fields: [...fields], since: before?.since ?? now, updatedAt: now })
}
