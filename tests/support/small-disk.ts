import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A real file system of a few hundred megabytes, which a test can fill to the last byte. */
export interface SmallDisk {
  folder: string
  freeBytes(): number
  /** Takes up room until so much is left; 0 leaves not one block. */
  fill(leaveBytes: number): void
  /** Gives back what `fill` took. */
  empty(): void
  remove(): void
}

const MB = 1024 * 1024

/** Mounts a new ext4 image. Null with the reason in words where this machine does not let us mount. */
export function mountSmallDisk(megabytes: number): SmallDisk | { impossible: string } {
  const base = mkdtempSync(path.join(tmpdir(), 'caravel-disk-'))
  const image = path.join(base, 'disk.img')
  const folder = path.join(base, 'mount')
  try {
    run('truncate', ['-s', `${megabytes}M`, image])
    // No blocks kept for root: full is full, for root as well.
    run('mkfs.ext4', ['-q', '-m', '0', image])
    run('mkdir', [folder])
    run('mount', ['-o', 'loop', image, folder])
  } catch (error) {
    rmSync(base, { recursive: true, force: true })
    return { impossible: `no small file system can be mounted here: ${(error as Error).message}` }
  }
  const ballast = (n: number): string => path.join(folder, `ballast-${n}`)
  const freeBytes = (): number => {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  }
  return {
    folder,
    freeBytes,
    fill(leaveBytes) {
      takeRoom(ballast(1), () => freeBytes() - leaveBytes - MB)
      if (leaveBytes === 0) writeUntilFull(ballast(2))
    },
    empty() {
      for (const n of [1, 2]) rmSync(ballast(n), { force: true })
    },
    remove() {
      try {
        run('umount', [folder])
      } catch {
        run('umount', ['-l', folder])
      }
      rmSync(base, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** What is free shrinks between looking and taking while the app writes: looks again until it fits. */
function takeRoom(file: string, wanted: () => number): void {
  for (let left = 50; ; left--) {
    const size = wanted()
    if (size <= 0) return
    try {
      run('fallocate', ['-l', String(size), file])
      return
    } catch (error) {
      // A piece of it may have been taken.
      rmSync(file, { force: true })
      if (left === 0) throw error
    }
  }
}

function writeUntilFull(file: string): void {
  const handle = openSync(file, 'w')
  try {
    for (let size = MB; size >= 512; size /= 2) {
      const piece = Buffer.alloc(size, 1)
      for (let wrote = size; wrote === size;) wrote = writePiece(handle, piece)
    }
  } finally {
    closeSync(handle)
  }
}

function writePiece(handle: number, piece: Buffer): number {
  try {
    return writeSync(handle, piece)
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOSPC') return 0
    throw error
  }
}

function run(command: string, args: readonly string[]): void {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] })
}
