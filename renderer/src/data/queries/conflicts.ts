import type { CaravelDatabase } from '#renderer/data/database.ts'
import { quickParse } from '#core/contracts/quick-parse.ts'
import { watch, type Watched } from '#renderer/data/queries/watch.ts'
import type { Conflict } from '#renderer/data/records.ts'
import { loadConflicts } from '#renderer/data/repos/conflicts.repo.ts'
import { conflictSchema } from '#renderer/data/stored-schemas.ts'

/** What both sides changed and a person has to decide, the oldest first. One that does not parse is left out: the next reading decides it anew. */
export async function readConflicts(db: CaravelDatabase): Promise<Conflict[]> {
  const stored = await db.conflicts.toArray()
  const conflicts = stored.flatMap((one): Conflict[] => {
    const { data } = quickParse(conflictSchema, one)
    return data === undefined ? [] : [data]
  })
  return conflicts.sort((a, b) => a.since - b.since || (a.entityKey < b.entityKey ? -1 : 1))
}

export function watchConflicts(db: CaravelDatabase): Watched<Conflict[]> {
  return watch(() => readConflicts(db))
}

/** What a person has to decide of one entity; null when there is nothing. */
export function watchConflict(db: CaravelDatabase, entityKey: string): Watched<Conflict | null> {
  return watch(async () => (await loadConflicts(db, [entityKey])).get(entityKey) ?? null)
}

/** How many there are, for a badge. */
export function watchConflictCount(db: CaravelDatabase): Watched<number> {
  return watch(() => Promise.resolve(db.conflicts.count()))
}
