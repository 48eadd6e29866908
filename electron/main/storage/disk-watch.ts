import type { Disk } from '#core/contracts/journal.ts'
import { DISK_LIMITS, nextDiskState, type DiskLimits } from '#main/storage/disk-state.ts'
import type { ReserveFile } from '#main/storage/reserve-file.ts'

export interface DiskWatch {
  /** Looks now, and acts on what it finds. */
  look(): Promise<Disk>
  /** A write found no room: gives the reserve up without looking first. */
  ranOut(): Promise<void>
  start(): void
  stop(): void
}

export interface DiskWatchDeps {
  /** Bytes that are free for this user on the profile's file system. */
  readFree: () => Promise<number>
  reserve: ReserveFile
  /** Hears when the state changes. */
  onChange: (disk: Disk) => void
  onFault: (error: unknown) => void
  limits?: DiskLimits
  everyMs?: number
}

const EVERY_MS = 30_000

/** Watches the free space of the profile, and keeps the reserve file in step with it. */
export function createDiskWatch(deps: DiskWatchDeps): DiskWatch {
  const { readFree, reserve, onChange, onFault, limits = DISK_LIMITS, everyMs = EVERY_MS } = deps
  let state: Disk['state'] = 'ok'
  let timer: ReturnType<typeof setInterval> | undefined
  let looking: Promise<Disk> | null = null

  async function look(): Promise<Disk> {
    const freeBytes = await readFree()
    const before = state
    state = nextDiskState(before, freeBytes, limits)
    const disk = { state, freeBytes, neededBytes: limits.okBytes }
    // First: a person is told even where the reserve cannot be moved.
    if (state !== before) onChange(disk)
    if (state === 'full') await reserve.release()
    else await reserve.fill()
    return disk
  }

  const lookOnce = (): Promise<Disk> => (looking ??= look().finally(() => (looking = null)))
  const lookQuietly = (): void => void lookOnce().catch(onFault)

  return {
    look: lookOnce,
    async ranOut() {
      await reserve.release()
      lookQuietly()
    },
    start() {
      lookQuietly()
      timer = setInterval(lookQuietly, everyMs)
    },
    stop() {
      clearInterval(timer)
    },
  }
}
