import { setImmediate as breathe } from 'node:timers/promises'
import type { JournalEntry } from '#core/contracts/journal.ts'
import { JournalState } from '#main/journal/journal-state.ts'
import {
  decodeSegment,
  encodeBase,
  toRecord,
  type DecodedSegment,
  type JournalRecord,
} from '#main/journal/record.ts'
import {
  listSegments,
  nodeJournalFs,
  segmentFile,
  syncFolder,
  type JournalFs,
} from '#main/journal/segment-files.ts'

export interface Journal {
  /** Reads its files ahead of whoever asks; what fails is tried again then. */
  prepare(): void
  /** Resolves when the entries are on the disk; rejects when they are not, and then none of them counts later. */
  append(entries: readonly JournalEntry[]): Promise<void>
  /** What counts now. */
  read(): Promise<{ seq: number; records: JournalRecord[]; damaged: number }>
}

export interface JournalOptions {
  folder: string
  fs?: JournalFs
  /** Segments are compacted above this size, when more than half of what they hold would go. */
  compactAboveBytes?: number
  /** Hears of a compaction that failed; nothing is lost by that. */
  onFault?: (error: unknown) => void
}

interface Open {
  state: JournalState
  /** The segment that is written to. */
  segment: number
  /** Bytes in it; it was begun here. */
  written: number
  bytes: number
  /** Records in all segments that count, alive or not. */
  records: number
  files: number
  damaged: number
}

interface Waiting {
  entries: readonly JournalEntry[]
  resolve: () => void
  reject: (error: unknown) => void
}

/** An append-only journal in a folder of its own. Appends that come together share one fsync. */
export function createJournal(options: JournalOptions): Journal {
  const { folder, fs = nodeJournalFs, compactAboveBytes = 1024 * 1024, onFault } = options
  let opening: Promise<Open> | null = null
  let waiting: Waiting[] = []
  /** Falls in the same step in which nothing was found waiting; a promise's end would come later. */
  let busy = false
  let writing = Promise.resolve()

  /** A failed opening is tried again by the next call. */
  const opened = (): Promise<Open> =>
    (opening ??= openJournal(folder, fs).catch((error: unknown) => {
      opening = null
      throw error
    }))

  async function writeAll(): Promise<void> {
    busy = true
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      try {
        const open = await opened()
        const entries = batch.flatMap((each) => each.entries)
        const close = await writeBatch(open, folder, fs, entries)
        for (const each of batch) each.resolve()
        await close()
        if (isWorthCompacting(open, compactAboveBytes))
          await compact(open, folder, fs).catch((error: unknown) => onFault?.(error))
      } catch (error) {
        for (const each of batch) each.reject(error)
      }
    }
    busy = false
  }

  return {
    prepare: () => void opened().catch(() => undefined),
    append: (entries) =>
      new Promise<void>((resolve, reject) => {
        waiting.push({ entries, resolve, reject })
        if (!busy) writing = writeAll()
      }),
    async read() {
      await writing
      const { state, damaged } = await opened()
      return { seq: state.seq, records: state.records(), damaged }
    },
  }
}

/** Every start begins a segment of its own. */
const MOST_FILES = 16

function isWorthCompacting({ bytes, state, records, files }: Open, aboveBytes: number): boolean {
  return files > MOST_FILES || (bytes > aboveBytes && state.kept * 2 < records)
}

async function openJournal(folder: string, fs: JournalFs): Promise<Open> {
  await fs.mkdir(folder, { recursive: true, mode: 0o700 })
  const numbers = await listSegments(folder, fs)
  const segments = []
  for (const number of numbers)
    segments.push({ number, ...(await readSegment(segmentFile(folder, number), fs)) })
  const base = segments.findLastIndex((segment) => segment.isBase)
  const counting = segments.slice(Math.max(0, base))
  const open: Open = {
    state: new JournalState(),
    segment: 0,
    written: 0,
    bytes: 0,
    records: 0,
    files: 0,
    damaged: 0,
  }
  for (const segment of counting) {
    for (const record of segment.records) open.state.apply(record)
    open.records += segment.records.length
    open.damaged += segment.damaged
    open.bytes += segment.wholeBytes
  }
  open.files = numbers.length
  // Never behind a piece of a record: what is appended goes into a segment of its own.
  open.segment = (numbers.at(-1) ?? 0) + 1
  for (const { number } of segments.slice(0, Math.max(0, base)))
    await fs.rm(segmentFile(folder, number), { force: true }).catch(() => undefined)
  return open
}

async function readSegment(file: string, fs: JournalFs): Promise<DecodedSegment> {
  const steps = decodeSegment(await fs.readFile(file))
  for (;;) {
    const { done, value } = steps.next()
    if (done === true) return value
    await breathe()
  }
}

/** What it answers closes the file: nobody waits for that. */
async function writeBatch(
  open: Open,
  folder: string,
  fs: JournalFs,
  entries: readonly JournalEntry[],
): Promise<() => Promise<void>> {
  const records = entries.map(toRecord)
  const bytes = Buffer.concat(records.map(({ line }) => line))
  const handle = await fs.open(segmentFile(folder, open.segment), 'a', 0o600)
  const close = () => handle.close().catch(() => undefined)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
    if (open.written === 0) await syncFolder(folder, fs)
  } catch (error) {
    // Nobody was told that these entries are safe; a later start must not find half of them.
    await handle.truncate(open.written).catch(() => undefined)
    await close()
    beginSegment(open, open.segment + 1)
    throw error
  }
  if (open.written === 0) open.files++
  open.written += bytes.length
  for (const record of records) open.state.apply(record)
  open.records += records.length
  open.bytes += bytes.length
  return close
}

function beginSegment(open: Open, number: number): void {
  open.segment = number
  open.written = 0
}

/**
 * Writes what counts into a new segment and removes the others. Cut off anywhere it changes nothing: the new segment has
 * its name only when it is whole, and once it has, the older ones do not count whether they are still there or not.
 */
async function compact(open: Open, folder: string, fs: JournalFs): Promise<void> {
  const records = open.state.records()
  const bytes = Buffer.concat([encodeBase(), ...records.map(({ line }) => line)])
  const number = open.segment + 1
  const temporary = `${segmentFile(folder, number)}.new`
  try {
    const handle = await fs.open(temporary, 'w', 0o600)
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await fs.rename(temporary, segmentFile(folder, number))
  } catch (error) {
    await fs.rm(temporary, { force: true }).catch(() => undefined)
    throw error
  }
  beginSegment(open, number + 1)
  open.bytes = bytes.length
  open.records = records.length
  open.files = 1
  open.damaged = 0
  await syncFolder(folder, fs)
  for (const old of (await listSegments(folder, fs)).filter((each) => each < number))
    await fs.rm(segmentFile(folder, old), { force: true })
}
