import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import * as nodeFs from 'node:fs/promises'
import path from 'node:path'

/** What the writer needs of node:fs/promises; tests pass one that fails on purpose. */
export type WriteFs = Pick<typeof nodeFs, 'open' | 'rename' | 'rm'>

/**
 * Replaces a file in one piece: at any moment, and after a power cut, the old bytes are there or the new ones, never a
 * mixture. The file is readable by its owner only.
 */
export async function writeFileAtomic(
  file: string,
  bytes: Uint8Array | string,
  fs: WriteFs = nodeFs,
): Promise<void> {
  const temporary = temporaryName(file)
  try {
    const handle = await fs.open(temporary, 'w', 0o600)
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await fs.rename(temporary, file)
  } catch (error) {
    await fs.rm(temporary, { force: true }).catch(() => undefined)
    throw error
  }
  await syncFolder(path.dirname(file), fs)
}

/** The same for the moment before the process ends. */
export function writeFileAtomicNow(file: string, text: string): void {
  const temporary = temporaryName(file)
  try {
    const handle = openSync(temporary, 'w', 0o600)
    try {
      writeSync(handle, text)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(temporary, file)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

/** The rename itself lives in the folder. Windows cannot open folders and does not need it. */
export async function syncFolder(folder: string, fs: Pick<WriteFs, 'open'>): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await fs.open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function temporaryName(file: string): string {
  return `${file}.${process.pid}.tmp`
}
