import { readFileSync, rmSync } from 'node:fs'
import { writeFileAtomicNow } from '#main/files/atomic-write.ts'

/**
 * Two files of the profile that say how the last run ended. `running` is there while the app runs; one that is found at
 * start was left by a run that did not end by itself. `repair` is there until the store was mended, over as many
 * starts as that takes.
 */
export interface RunMarker {
  /** Notes this run; the result says whether the store is to be mended first. */
  begin(): boolean
  /** The store failed in a way that a full disk causes: the next run mends it, because only a fresh start reads the log anew. */
  noteTrouble(name: string): void
  repairDue(): boolean
  repaired(): void
  /** The app ends by itself. */
  end(): void
}

interface MarkerOptions {
  runningFile: string
  repairFile: string
  pid: number
  now: () => number
  /** A marker that cannot be written must not stop the app; the file system may be full. */
  onFault: (error: unknown) => void
}

export function createRunMarker({ runningFile, repairFile, pid, now, onFault }: MarkerOptions): RunMarker {
  /** `again`: trouble came up since; mending now does not settle it. */
  const due = { now: false, again: false }

  function write(file: string, about: Record<string, unknown>): void {
    try {
      writeFileAtomicNow(file, JSON.stringify(about))
    } catch (error) {
      onFault(error)
    }
  }

  function demandRepair(cause: string): void {
    write(repairFile, { cause, at: now() })
  }

  return {
    begin() {
      due.now = isThere(repairFile) || isThere(runningFile)
      if (due.now && !isThere(repairFile)) demandRepair('unclean-exit')
      write(runningFile, { pid, startedAt: now() })
      return due.now
    },
    noteTrouble(name) {
      due.again = true
      demandRepair(name)
    },
    repairDue: () => due.now,
    repaired() {
      due.now = false
      if (!due.again) rmSync(repairFile, { force: true })
    },
    end() {
      rmSync(runningFile, { force: true })
    },
  }
}

function isThere(file: string): boolean {
  try {
    readFileSync(file)
    return true
  } catch {
    return false
  }
}
