import { readFileSync } from 'node:fs'
import { writeFileAtomicNow } from '#main/files/atomic-write.ts'

/** What last used a profile. */
export interface ProfileAge {
  /** Goes up when the profile's own files change in a way that an older Caravel cannot read. */
  format: number
  /** Major version: an older Electron erases a newer store (electron#24882). */
  electron: number
}

export const PROFILE_FORMAT = 1

/**
 * True when something newer has used this profile: its store must not be opened. Otherwise the profile is noted as used
 * by this version. A file that cannot be read says nothing.
 */
export function isProfileNewer(
  file: string,
  present: ProfileAge,
  onFault: (error: unknown) => void,
): boolean {
  const last = readAge(file)
  if (last !== null && (last.format > present.format || last.electron > present.electron)) return true
  if (last?.format === present.format && last.electron === present.electron) return false
  try {
    writeFileAtomicNow(file, JSON.stringify(present))
  } catch (error) {
    onFault(error)
  }
  return false
}

function readAge(file: string): ProfileAge | null {
  try {
    const { format, electron } = JSON.parse(readFileSync(file, 'utf8')) as Partial<ProfileAge>
    return typeof format === 'number' && typeof electron === 'number' ? { format, electron } : null
  } catch {
    return null
  }
}
