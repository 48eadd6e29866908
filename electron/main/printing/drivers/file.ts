import { mkdir, open, rm } from 'node:fs/promises'
import path from 'node:path'
import { issue } from '#core/shared/issue.ts'
import { err, ok } from '#core/shared/result.ts'
import { numberedFileName, safeFileName } from '#main/files/safe-file-name.ts'
import { isZpl, type PrintJob, type Spooled } from '#main/printing/print-job.ts'

const MAX_SAME_NAMES = 1000

/** Writes labels into one folder that main owns. It never overwrites; copies are the printer's business, one file is enough. */
export function createFileDriver(folder: string): (job: PrintJob) => Promise<Spooled> {
  return async (job) => {
    const name = safeFileName(job.title, isZpl(job.bytes) ? '.zpl' : '.pdf', 'label')
    try {
      await mkdir(folder, { recursive: true })
      for (let n = 1; n <= MAX_SAME_NAMES; n++) {
        const candidate = numberedFileName(name, n)
        if (await writeNew(path.join(folder, candidate), job.bytes)) return ok({ spooledAs: candidate })
      }
      return err(issue('conflict', { reason: 'too-many-files' }))
    } catch {
      return err(issue('unsupported', { reason: 'folder-not-writable' }))
    }
  }
}

/** False when the name is taken. A file that could not be written whole does not stay. */
async function writeNew(file: string, bytes: Uint8Array): Promise<boolean> {
  const handle = await open(file, 'wx', 0o600).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return null
    throw error
  })
  if (handle === null) return false
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } catch (error) {
    await handle.close()
    await rm(file, { force: true })
    throw error
  }
  await handle.close()
  return true
}
