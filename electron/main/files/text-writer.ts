import * as nodeFs from 'node:fs/promises'
import path from 'node:path'
import { syncFolder } from '#main/files/atomic-write.ts'
import { partOf } from '#main/files/workspace-writer.ts'

/**
 * Writes a text file page by page, in flat memory, under a temporary name; it gets its real name after everything is on the disk, so a
 * half file never has it.
 */
export class TextWriter {
  /** Bytes by what they were sent as. */
  readonly counts: Record<string, number> = {}
  #bytes = 0
  #over = false

  private constructor(
    private readonly place: string,
    private readonly handle: nodeFs.FileHandle,
  ) {}

  static async create(place: string): Promise<TextWriter> {
    return new TextWriter(place, await nodeFs.open(partOf(place), 'w', 0o600))
  }

  async rows(table: string, bytes: Uint8Array): Promise<boolean> {
    for (let from = 0; from < bytes.length;) {
      const { bytesWritten } = await this.handle.write(bytes, from, bytes.length - from)
      from += bytesWritten
    }
    this.#bytes += bytes.length
    this.counts[table] = (this.counts[table] ?? 0) + bytes.length
    return true
  }

  /** Everything is on the disk under its real name, or this throws and nothing is there. */
  async finish(): Promise<{ bytes: number }> {
    try {
      await this.handle.sync()
      await this.handle.close()
      await nodeFs.rename(partOf(this.place), this.place)
      this.#over = true
      await syncFolder(path.dirname(this.place), nodeFs)
      return { bytes: this.#bytes }
    } catch (error) {
      await this.cancel()
      throw error
    }
  }

  /** Nothing is left behind. */
  async cancel(): Promise<void> {
    if (this.#over) return
    this.#over = true
    await this.handle.close().catch(() => undefined)
    await nodeFs.rm(partOf(this.place), { force: true })
  }
}
