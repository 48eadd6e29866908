import type { CaravelDatabase } from '#renderer/data/database.ts'
import type { ReferenceFile } from '#renderer/data/records.ts'

const RULES = 'destination-rules'

/** The rule file that a person brought; undefined while ours hold. */
export async function loadRuleFile(db: CaravelDatabase): Promise<ReferenceFile | undefined> {
  return db.referenceFiles.get(RULES)
}

/** Puts a rule file in the place of the one before; null takes it out. To be called in a unit over `referenceFiles`. */
export async function saveRuleFile(
  db: CaravelDatabase,
  file: Omit<ReferenceFile, 'id' | 'kind'> | null,
): Promise<void> {
  if (file === null) await db.referenceFiles.delete(RULES)
  else await db.referenceFiles.put({ ...file, id: RULES, kind: RULES })
}
