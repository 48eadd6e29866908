import { shallowReactive } from 'vue'
import type { Disk } from '#core/contracts/journal.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import { storeTrouble } from '#renderer/data/storage-issue.ts'
import { countRestored, type Restored } from '#renderer/data/unsent/restore-kept.ts'
import { WriteRefused } from '#renderer/data/write-gate.ts'

/** How the store and its disk are; what the bar over the app shows. */
interface StorageHealth {
  disk: Disk | null
  /** The store failed as it does on a full disk: the next start mends it. */
  trouble: string | null
  /** Realms whose last changes are in the store only. */
  behind: ReadonlySet<'page' | 'worker'>
  /** What the journal brought back at this start, until a person has seen it. */
  restored: Restored | null
  /** The newest write that was refused; said as a notice. */
  refused: Issue | null
}

export const storageHealth: StorageHealth = shallowReactive<StorageHealth>({
  disk: null,
  trouble: null,
  behind: new Set(),
  restored: null,
  refused: null,
})

/** The door of the page's database: closed while the disk is nearly full. */
export function closedByDisk(): Issue | null {
  const { disk } = storageHealth
  return disk === null || disk.state === 'ok' ? null : issue('unsupported', { reason: 'disk-low' })
}

export function noteBehind(realm: 'page' | 'worker', behind: boolean): void {
  const realms = new Set(storageHealth.behind)
  if (behind) realms.add(realm)
  else realms.delete(realm)
  storageHealth.behind = realms
}

export function noteRestored(restored: Restored | null): void {
  if (restored === null) return
  if (restored.unreadable + countRestored(restored) > 0) storageHealth.restored = restored
}

/** Takes an error that is the store's and not ours: true when it was one. `report` tells main. */
export function takeStorageError(error: unknown, report: (name: string) => void): boolean {
  if (error instanceof WriteRefused) {
    storageHealth.refused = { ...error.issue }
    return true
  }
  const trouble = storeTrouble(error)
  if (trouble === null) return false
  noteTrouble(trouble, report)
  return true
}

export function noteTrouble(name: string, report: (name: string) => void): void {
  storageHealth.refused = issue('unsupported', { reason: 'storage-full' })
  if (storageHealth.trouble === null) report(name)
  storageHealth.trouble ??= name
}
