import { createHash, type Hash } from 'node:crypto'
import * as nodeFs from 'node:fs/promises'
import path from 'node:path'
import { Transform, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip, type Gzip } from 'node:zlib'
import { syncFolder } from '#main/files/atomic-write.ts'
import { FrameSealer, type FrameKey } from '#main/files/sealed-frames.ts'

const NEWLINE = 10

export interface WriterOptions {
  /** Where the whole file appears. */
  place: string
  /** The plain header, as it stands in the file. */
  header: Buffer
  frameKey: FrameKey
  fs?: Pick<typeof nodeFs, 'open' | 'rename' | 'rm'>
}

/** The temporary name of a file that is being written. */
export function partOf(place: string): string {
  return `${place}.part`
}

/**
 * Writes a workspace file in one pass and in flat memory: lines → gzip → sealed frames → a temporary file, which gets its real
 * name after everything is on the disk. A half export never has that name.
 */
export class WorkspaceWriter {
  readonly counts: Record<string, number> = {}
  readonly #hash: Hash = createHash('sha256')
  readonly #gzip: Gzip
  readonly #piped: Promise<void>
  #table = ''
  #atLineStart = true
  #over = false

  private constructor(
    private readonly options: Required<WriterOptions>,
    private readonly handle: nodeFs.FileHandle,
  ) {
    // Level 1: labels hardly shrink, and text shrinks sixfold already.
    this.#gzip = createGzip({ level: 1, chunkSize: 256 * 1024 })
    const out = writingTo(handle, options.header.length)
    this.#piped = pipeline(this.#gzip, sealing(options.frameKey), out)
    this.#piped.catch(() => undefined)
  }

  static async create(options: WriterOptions): Promise<WorkspaceWriter> {
    const whole = { fs: nodeFs, ...options }
    const handle = await whole.fs.open(partOf(options.place), 'w', 0o600)
    try {
      await handle.write(options.header, 0, options.header.length, 0)
    } catch (error) {
      await handle.close()
      await whole.fs.rm(partOf(options.place), { force: true })
      throw error
    }
    return new WorkspaceWriter(whole, handle)
  }

  /** One line of the format itself. */
  async control(line: readonly unknown[]): Promise<void> {
    await this.#send(Buffer.from(`${JSON.stringify(line)}\n`))
  }

  /** Records of a table, one a line; bytes may end in the middle of a line, a table may not. */
  async rows(table: string, bytes: Uint8Array): Promise<boolean> {
    if (table !== this.#table) {
      if (!this.#atLineStart || table in this.counts) return false
      this.#table = table
      this.counts[table] = 0
      await this.control(['table', table])
    }
    if (bytes.length === 0) return true
    const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.counts[table] = (this.counts[table] ?? 0) + countLines(whole)
    this.#atLineStart = whole[whole.length - 1] === NEWLINE
    await this.#send(whole)
    return true
  }

  /** Everything is on the disk under its real name, or this throws and nothing is there. */
  async finish(): Promise<{ bytes: number }> {
    const { fs, place } = this.options
    try {
      if (!this.#atLineStart) throw new Error('a record was cut off')
      await this.control(['trailer', { counts: this.counts, sha256: this.#hash.copy().digest('hex') }])
      this.#gzip.end()
      await this.#piped
      await this.handle.sync()
      const { size } = await this.handle.stat()
      this.#over = true
      await this.handle.close()
      await fs.rename(partOf(place), place)
      await syncFolder(path.dirname(place), fs)
      return { bytes: size }
    } catch (error) {
      await this.cancel()
      await fs.rm(partOf(place), { force: true })
      throw error
    }
  }

  /** Nothing is left behind. */
  async cancel(): Promise<void> {
    if (this.#over) return
    this.#over = true
    this.#gzip.destroy()
    await this.#piped.catch(() => undefined)
    await this.handle.close()
    await this.options.fs.rm(partOf(this.options.place), { force: true })
  }

  async #send(bytes: Buffer): Promise<void> {
    this.#hash.update(bytes)
    const sent = new Promise<void>((resolve, reject) => {
      this.#gzip.write(bytes, (error) => (error ? reject(error) : resolve()))
    })
    // When the disk refuses, the stream is torn down and that says why.
    await Promise.race([sent, this.#piped])
  }
}

/** A stream of the handle's own would close it, or never say that it has ended; the handle is still to be synced. */
function writingTo(handle: nodeFs.FileHandle, start: number): Writable {
  let at = start
  const writeAll = async (chunk: Buffer): Promise<void> => {
    for (let from = 0; from < chunk.length;) {
      const { bytesWritten } = await handle.write(chunk, from, chunk.length - from, at)
      from += bytesWritten
      at += bytesWritten
    }
  }
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      writeAll(chunk).then(() => done(), done)
    },
  })
}

function sealing(frameKey: FrameKey): Transform {
  const sealer = new FrameSealer(frameKey)
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      for (const frame of sealer.push(chunk)) this.push(frame)
      done()
    },
    flush(done) {
      this.push(sealer.end())
      done()
    },
  })
}

export function countLines(bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count++
  return count
}
