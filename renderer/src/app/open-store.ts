import type { WorkspaceKind } from '#core/contracts/transfer.ts'
import type { Result } from '#core/shared/result.ts'
import { err, ok } from '#core/shared/result.ts'
import { openDatabase, type CaravelDatabase } from '#renderer/data/database.ts'
import { activeDatabase } from '#renderer/data/places.ts'
import { storageIssue } from '#renderer/data/storage-issue.ts'
import { journalNameOf, UnsentJournal } from '#renderer/data/unsent/unsent-journal.ts'
import { systemClock, systemRng } from '#renderer/platform/clock.ts'
import type { HostCalls } from '#renderer/platform/host.ts'
import { createIdSource } from '#renderer/platform/ids.ts'
import { backupBeforeUpgrade } from '#renderer/usecases/backup-before-upgrade.ts'
import { loadRuleTables } from '#renderer/usecases/follow-rules.ts'
import { noteBackup } from '#renderer/usecases/note-backup.ts'
import { reconcileUnsent } from '#renderer/usecases/reconcile-unsent.ts'
import { noteBehind, noteRestored } from '#renderer/app/storage-health.ts'

/**
 * Opens a database and brings it and main's journal of unsent work together, before anything reads or writes it. A journal
 * that cannot be read or written is said, and is no reason not to work.
 */
export async function openStore(kind: WorkspaceKind, calls: HostCalls): Promise<Result<CaravelDatabase>> {
  const name = await activeDatabase(kind)
  const backedUp = await backUpFirst(name, calls)
  const opened = await openDatabase(name)
  if (!opened.ok) return opened
  const db = opened.value
  const journalName = journalNameOf(name)
  if (journalName === null) return opened
  try {
    if (!backedUp.ok) await noteBackup(db, backedUp, Date.now())
    const ctx = { db, host: calls, now: systemClock, newId: createIdSource(systemClock, systemRng) }
    const reconciled = await reconcileUnsent({ ...ctx, rules: await loadRuleTables(db) }, journalName)
    const unsent = new UnsentJournal(db, journalName, calls['journal.append'])
    db.unsent = unsent
    unsent.onBehind = (behind) => noteBehind('page', behind)
    if (reconciled.ok) noteRestored(reconciled.value)
    else unsent.fallBehind()
  } catch (error) {
    return err(storageIssue(error))
  }
  return opened
}

/** An upgrade is one transaction; a backup that cannot be made is no reason not to start, and is said. */
async function backUpFirst(name: string, calls: HostCalls): Promise<Result<unknown>> {
  try {
    return await backupBeforeUpgrade(name, calls)
  } catch {
    // What is wrong with the store shows when it is opened.
    return ok(null)
  }
}
