import { ok, type Result } from '#core/shared/result.ts'
import { workspaceOf } from '#renderer/data/places.ts'
import { openOlder } from '#renderer/data/transfer/open-older.ts'
import { makeBackup, type ExportCalls } from '#renderer/usecases/export-workspace.ts'

/**
 * Before a database is brought to a newer layout, a backup of the old one. Null when nothing is to be upgraded. It may fail (no key of
 * backups yet, no room): the upgrade is one transaction and goes on all the same.
 */
export async function backupBeforeUpgrade(
  name: string,
  host: ExportCalls,
): Promise<Result<{ bytes: number } | null>> {
  const db = workspaceOf(name) === 'own' ? await openOlder(name) : null
  if (db === null) return ok(null)
  try {
    const control = { onProgress: () => undefined, stopped: () => false }
    return await makeBackup({ db, workspace: 'own', host }, 'upgrade', control)
  } finally {
    db.close()
  }
}
