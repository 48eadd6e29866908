import type { IssueCode } from '#core/shared/issue.ts'
import type { Result } from '#core/shared/result.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { loadBackupTrouble, saveBackupTrouble } from '#renderer/data/repos/settings.repo.ts'
import { inUnit } from '#renderer/data/unit-of-work.ts'

/** Somebody stopped it, or another transfer was running: the next try is soon. */
const PASSING: readonly IssueCode[] = ['cancelled', 'conflict']

/** Keeps what a backup came to, so that one that fails again and again is seen: the first failure's time stays, the reason is the newest. */
export async function noteBackup(db: CaravelDatabase, made: Result<unknown>, now: number): Promise<void> {
  if (!made.ok && PASSING.includes(made.error.code)) return
  await inUnit(db, { stores: ['settings'], durability: 'relaxed' }, async () => {
    const before = await loadBackupTrouble(db)
    if (!made.ok) await saveBackupTrouble(db, { failedSince: before?.failedSince ?? now, issue: made.error })
    else if (before !== null) await saveBackupTrouble(db, null)
  })
}
