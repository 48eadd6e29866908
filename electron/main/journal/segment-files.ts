import * as nodeFs from 'node:fs/promises'
import path from 'node:path'

/** What the journal needs of node:fs/promises; tests pass one that fails on purpose. */
export type JournalFs = Pick<
  typeof nodeFs,
  'mkdir' | 'open' | 'readFile' | 'readdir' | 'rename' | 'rm' | 'truncate'
>

export const nodeJournalFs: JournalFs = nodeFs

const NAME = /^(\d{8})\.ndjson$/

export function segmentFile(folder: string, number: number): string {
  return path.join(folder, `${String(number).padStart(8, '0')}.ndjson`)
}

/** Numbers of the segments that are there, oldest first; none when there is no folder yet. */
export async function listSegments(folder: string, fs: JournalFs): Promise<number[]> {
  const names = await fs.readdir(folder).catch((error: unknown) => {
    if ((error as { code?: unknown }).code === 'ENOENT') return []
    throw error
  })
  return names
    .flatMap((name) => {
      const match = NAME.exec(name)
      return match === null ? [] : [Number(match[1])]
    })
    .sort((a, b) => a - b)
}

/** The name of a new file lives in its folder. Windows cannot open folders and does not need it. */
export async function syncFolder(folder: string, fs: JournalFs): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await fs.open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
