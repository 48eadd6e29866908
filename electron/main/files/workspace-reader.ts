import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { z } from '#core/contracts/zod.ts'
import { transferHeaderSchema, tableCountsSchema, type TransferHeader } from '#core/contracts/transfer.ts'
import { DamagedFile, openFrames, type FrameKey, type ReadAt } from '#main/files/sealed-frames.ts'

const NEWLINE = 10
const BRACKET = '['.charCodeAt(0)
/** A record larger than this is none of ours. */
const LONGEST_LINE = 64 * 2 ** 20
/** Rows are handed out when this much has come together. */
const PAGE_BYTES = 2 ** 20

const controlSchema = z.union([
  z.tuple([z.literal('header'), transferHeaderSchema]),
  z.tuple([z.literal('table'), z.string().max(60)]),
  z.tuple([z.literal('trailer'), z.object({ counts: tableCountsSchema, sha256: z.string().length(64) })]),
])

export type WorkspacePart =
  | { kind: 'header'; header: TransferHeader; at: number }
  /** Whole lines of one table. */
  | { kind: 'rows'; table: string; bytes: Buffer; at: number }
  /** Counts and hash were compared; nothing follows. */
  | { kind: 'end'; counts: Record<string, number>; at: number }

/**
 * What a workspace file holds, in pages of whole lines. It ends with `end` only when every frame opened, every count and the hash
 * agree; otherwise it throws `DamagedFile`. `at` is how far the file has been read, for progress.
 */
export async function* readWorkspace(
  readAt: ReadAt,
  start: number,
  frameKey: FrameKey,
): AsyncGenerator<WorkspacePart, void> {
  const place = { at: start }
  const frames = openFrames(readAt, start, frameKey)
  const gunzip = createGunzip({ chunkSize: 256 * 1024 })
  const source = Readable.from(plainOf(frames, place), { objectMode: false })
  source.on('error', (error) => gunzip.destroy(error))
  source.pipe(gunzip)
  try {
    const lines = new LineReader(place)
    for await (const chunk of gunzip) yield* lines.push(chunk as Buffer)
    yield lines.end()
  } catch (error) {
    throw error instanceof DamagedFile ? error : damagedBy(error)
  } finally {
    source.destroy()
    gunzip.destroy()
  }
}

/** Frames open and the disk reads, or it is the file's fault: gzip and JSON speak of damage in their own words. */
function damagedBy(error: unknown): unknown {
  const code = (error as { code?: unknown } | null)?.code
  const ofFile = error instanceof SyntaxError || (typeof code === 'string' && code.startsWith('Z_'))
  return ofFile ? new DamagedFile('the content does not unpack') : error
}

async function* plainOf(
  frames: AsyncGenerator<{ plain: Buffer; end: number }>,
  place: { at: number },
): AsyncGenerator<Buffer> {
  for await (const { plain, end } of frames) {
    place.at = end
    if (plain.length > 0) yield plain
  }
}

class LineReader {
  readonly #counts: Record<string, number> = {}
  readonly #hash = createHash('sha256')
  #rest: Buffer = Buffer.alloc(0)
  #table: string | null = null
  #started = false
  #ended = false
  #pages: Buffer[] = []
  #size = 0

  constructor(private readonly place: { at: number }) {}

  *push(chunk: Buffer): Generator<WorkspacePart> {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    let from = 0
    // Start of the rows that are not yet handed on.
    let rowsFrom = 0
    for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, from)) {
      if (bytes[from] === BRACKET) {
        this.#take(bytes.subarray(rowsFrom, from))
        yield* this.#flush()
        yield* this.#control(bytes.subarray(from, at + 1))
        rowsFrom = at + 1
      } else this.#count()
      from = at + 1
    }
    this.#take(bytes.subarray(rowsFrom, from))
    this.#rest = bytes.subarray(from)
    if (this.#rest.length > LONGEST_LINE) throw new DamagedFile('a line without an end')
    if (this.#size >= PAGE_BYTES) yield* this.#flush()
  }

  end(): WorkspacePart {
    if (!this.#ended || this.#rest.length > 0) throw new DamagedFile('the trailer is missing')
    return { kind: 'end', counts: this.#counts, at: this.place.at }
  }

  #count(): void {
    if (this.#table === null || this.#ended) throw new DamagedFile('a record without a table')
    this.#counts[this.#table] = (this.#counts[this.#table] ?? 0) + 1
  }

  #take(rows: Buffer): void {
    if (rows.length === 0) return
    this.#hash.update(rows)
    this.#pages.push(rows)
    this.#size += rows.length
  }

  *#flush(): Generator<WorkspacePart> {
    if (this.#size === 0 || this.#table === null) return
    const bytes = Buffer.concat(this.#pages)
    this.#pages = []
    this.#size = 0
    yield { kind: 'rows', table: this.#table, bytes, at: this.place.at }
  }

  *#control(line: Buffer): Generator<WorkspacePart> {
    const parsed = controlSchema.safeParse(JSON.parse(line.toString('utf8')))
    if (!parsed.success || this.#ended) throw new DamagedFile('an unknown line')
    const [kind, value] = parsed.data
    if ((kind === 'header') === this.#started) throw new DamagedFile('the first line is no header')
    if (kind === 'trailer') {
      this.#finish(value)
      return
    }
    this.#hash.update(line)
    this.#started = true
    if (kind === 'header') {
      yield { kind, header: value, at: this.place.at }
      return
    }
    if (value in this.#counts) throw new DamagedFile('a table twice')
    this.#table = value
    this.#counts[value] = 0
  }

  #finish({ counts, sha256 }: { counts: Record<string, number>; sha256: string }): void {
    const tables = new Set([...Object.keys(counts), ...Object.keys(this.#counts)])
    const same = [...tables].every((table) => counts[table] === this.#counts[table])
    if (!same || this.#hash.digest('hex') !== sha256) throw new DamagedFile('counts or hash differ')
    this.#ended = true
  }
}
