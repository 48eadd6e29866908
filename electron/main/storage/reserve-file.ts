import { randomFillSync } from 'node:crypto'
import * as nodeFs from 'node:fs/promises'

const STEP = 1024 * 1024

/**
 * A file that only takes up room, to be given up when there is none. Its bytes are random: a file system that compresses,
 * or leaves out zeros, would keep nothing in reserve.
 */
export interface ReserveFile {
  /** Makes the file, unless it is there in full. False when there was no room for it. */
  fill(): Promise<boolean>
  /** Gives the room back. */
  release(): Promise<void>
}

export function createReserveFile(file: string, bytes: number): ReserveFile {
  return {
    async fill() {
      const there = await nodeFs.stat(file).catch(() => null)
      if (there?.size === bytes) return true
      try {
        await writeRandom(file, bytes)
        return true
      } catch {
        await nodeFs.rm(file, { force: true }).catch(() => undefined)
        return false
      }
    },
    release: () => nodeFs.rm(file, { force: true }),
  }
}

async function writeRandom(file: string, bytes: number): Promise<void> {
  const handle = await nodeFs.open(file, 'w', 0o600)
  try {
    const piece = new Uint8Array(STEP)
    for (let left = bytes; left > 0; left -= STEP)
      await handle.write(randomFillSync(piece), 0, Math.min(STEP, left))
    await handle.sync()
  } finally {
    await handle.close()
  }
}
