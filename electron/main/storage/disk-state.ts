import type { Disk } from '#core/contracts/journal.ts'

const MB = 1024 * 1024

/** reference: a disk that fills up while the app writes can take the whole store with it (electron#41877). */
export interface DiskLimits {
  /** Below this the app is read-only. */
  lowBytes: number
  /** Back to normal only above this, so that the bar does not flicker. */
  okBytes: number
  /** Below this the reserve file is given up, so that the journal can still write. */
  fullBytes: number
  reserveBytes: number
}

export const DISK_LIMITS: DiskLimits = {
  lowBytes: 500 * MB,
  okBytes: 600 * MB,
  fullBytes: 64 * MB,
  reserveBytes: 16 * MB,
}

/** What the free space means, given what it meant before. Pure. */
export function nextDiskState(
  before: Disk['state'],
  freeBytes: number,
  { lowBytes, okBytes, fullBytes, reserveBytes }: DiskLimits = DISK_LIMITS,
): Disk['state'] {
  if (freeBytes < fullBytes) return 'full'
  // Room for the reserve file again, and as much beside it.
  if (before === 'full' && freeBytes < fullBytes + 2 * reserveBytes) return 'full'
  if (freeBytes < lowBytes) return 'low'
  return before === 'ok' || freeBytes >= okBytes ? 'ok' : 'low'
}
