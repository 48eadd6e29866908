import type { HealthFacts } from '#core/sync/health.ts'
import type { CaravelDatabase } from '#renderer/data/database.ts'
import { readConnections, readQuarantine } from '#renderer/data/queries/connections.ts'
import { readOutbox } from '#renderer/data/queries/outbox.ts'
import { watch, type Watched } from '#renderer/data/queries/watch.ts'
import type { BackupTrouble } from '#renderer/data/setting-records.ts'
import { loadCopiedReserves } from '#renderer/data/repos/reserves.repo.ts'
import { loadBackupTrouble, loadConnectivity } from '#renderer/data/repos/settings.repo.ts'

/** What health is judged by, without the time and what the system knows. */
export type StoredHealthFacts = Omit<HealthFacts, 'now' | 'space'>

export function watchHealthFacts(db: CaravelDatabase): Watched<StoredHealthFacts> {
  return watch(async () => {
    const [connectivity, connections, outbox, quarantine, trouble, copied] = await Promise.all([
      loadConnectivity(db),
      readConnections(db),
      readOutbox(db),
      readQuarantine(db),
      loadBackupTrouble(db),
      loadCopiedReserves(db),
    ])
    const shown = quarantine.filter(({ dismissedAt }) => dismissedAt === undefined)
    return {
      ...{ connectivity, connections, outbox, quarantinedAt: shown.map(({ firstSeenAt }) => firstSeenAt) },
      copiedStock: copied && { listings: copied.reserves.length, copiedAt: copied.copiedAt },
      backup: trouble && { failedSince: trouble.failedSince, code: trouble.issue.code },
    }
  })
}

export function watchBackupTrouble(db: CaravelDatabase): Watched<BackupTrouble | null> {
  return watch(() => loadBackupTrouble(db))
}
