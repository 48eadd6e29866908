import { statfs } from 'node:fs/promises'
import path from 'node:path'
import type { Disk, JournalDatabase } from '#core/contracts/journal.ts'
import { createJournal, type Journal } from '#main/journal/journal.ts'
import { DISK_LIMITS } from '#main/storage/disk-state.ts'
import { createDiskWatch, type DiskWatch } from '#main/storage/disk-watch.ts'
import { isProfileNewer, PROFILE_FORMAT } from '#main/storage/profile-age.ts'
import { createReserveFile } from '#main/storage/reserve-file.ts'
import { createRunMarker, type RunMarker } from '#main/storage/run-marker.ts'

/** All that main does so that a full disk costs no unsent change. */
export interface StoreKeeper {
  disk: DiskWatch
  marker: RunMarker
  profileNewer: boolean
  journalOf(database: JournalDatabase): Journal
}

interface KeeperOptions {
  userData: string
  electronVersion: string
  onDisk: (disk: Disk) => void
  onFault: (what: string, error: unknown) => void
}

/** To be made once this is the only app on the profile: it reads how the last run ended, and notes this one. */
export function createStoreKeeper({
  userData,
  electronVersion,
  onDisk,
  onFault,
}: KeeperOptions): StoreKeeper {
  const inProfile = (name: string): string => path.join(userData, name)
  const fault = (what: string) => (error: unknown) => onFault(what, error)
  const electron = Number.parseInt(electronVersion, 10) || 0
  const profileNewer = isProfileNewer(
    inProfile('profile.json'),
    { format: PROFILE_FORMAT, electron },
    fault('profile not noted'),
  )
  const marker = createRunMarker({
    runningFile: inProfile('running.json'),
    repairFile: inProfile('repair-store.json'),
    pid: process.pid,
    now: Date.now,
    onFault: fault('run not noted'),
  })
  marker.begin()
  const disk = createDiskWatch({
    readFree: async () => {
      const { bavail, bsize } = await statfs(userData)
      return bavail * bsize
    },
    reserve: createReserveFile(inProfile('reserve.bin'), DISK_LIMITS.reserveBytes),
    onChange: onDisk,
    onFault: fault('disk not watched'),
  })
  const journals = new Map<JournalDatabase, Journal>()
  return {
    disk,
    marker,
    profileNewer,
    journalOf(database) {
      const known = journals.get(database)
      if (known !== undefined) return known
      const onFaultHere = fault('journal not compacted')
      const journal = createJournal({
        folder: inProfile(path.join('journal', database)),
        onFault: onFaultHere,
      })
      journals.set(database, journal)
      return journal
    },
  }
}
