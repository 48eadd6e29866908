import {
  JOURNAL_STORES,
  journalEntrySchema,
  type JournalEntry,
  type JournalStore,
} from '#core/contracts/journal.ts'
import { crc32 } from '#main/journal/crc32.ts'

/**
 * A segment is a text of lines `<bytes of the JSON> <CRC-32, 8 hex digits> <JSON>`. JSON as written has no line feed, so
 * after a record that was cut off the next whole line is found again.
 */

/** First record of a compacted segment: everything in earlier segments is in here, or gone. */
const BASE = '{"base":true}'

/** How nearly every entry begins as it is written; an id with an escape is read as a whole. */
const HEAD =
  /^\{"kind":"(put|remove)","store":"(\w+)","id":"([\w:.-]{1,100})","seq":(\d{1,15})(?:,"value":|\}$)/
/** More than such a head has. */
const HEAD_BYTES = 200

const encoder = new TextEncoder()
const LINE_FEED = 10
const SPACE = 32

/** What an entry is about, and its line as it is on the disk: of a hundred thousand that are kept, a start opens a few. */
export interface JournalRecord {
  kind: JournalEntry['kind']
  store: JournalStore
  id: string
  seq: number
  /** With its line feed. */
  line: Uint8Array
}

export function encodeEntry(entry: JournalEntry): Uint8Array {
  return encodeLine(JSON.stringify(entry))
}

export function encodeBase(): Uint8Array {
  return encodeLine(BASE)
}

export function toRecord(entry: JournalEntry): JournalRecord {
  const { kind, store, id, seq } = entry
  return { kind, store, id, seq, line: encodeEntry(entry) }
}

/** The entry of a record that was read or made here. */
export function openRecord({ line }: JournalRecord): JournalEntry {
  return journalEntrySchema.parse(JSON.parse(bodyOf(asBuffer(line)).toString('utf8')))
}

function encodeLine(json: string): Uint8Array {
  const body = encoder.encode(json)
  const head = encoder.encode(`${headOf(body)} `)
  const line = new Uint8Array(head.length + body.length + 1)
  line.set(head)
  line.set(body, head.length)
  line[line.length - 1] = LINE_FEED
  return line
}

export interface DecodedSegment {
  records: JournalRecord[]
  /** True when nothing before this segment counts. */
  isBase: boolean
  /** Lines, or pieces of lines, that are no whole record. */
  damaged: number
  /** Length of the part that ends with a line feed; a write that was cut off begins there. */
  wholeBytes: number
}

/** Lines between two steps: a few ms. */
const STRETCH = 500

/**
 * Reads what can be read; never throws, whatever the bytes are. Yields now and then, so that a main process with a large journal goes on
 * serving its window meanwhile.
 */
export function* decodeSegment(bytes: Uint8Array): Generator<undefined, DecodedSegment> {
  const decoded: DecodedSegment = { records: [], isBase: false, damaged: 0, wholeBytes: 0 }
  const buffer = asBuffer(bytes)
  let at = 0
  for (let line = 1; at < buffer.length; line++) {
    const end = buffer.indexOf(LINE_FEED, at) + 1
    if (end === 0) {
      decoded.damaged++
      break
    }
    const record = decodeLine(buffer.subarray(at, end))
    if (record === null) decoded.damaged++
    else if (record === 'base') decoded.isBase ||= at === 0
    else decoded.records.push(record)
    at = end
    decoded.wholeBytes = at
    if (line % STRETCH === 0) yield
  }
  return decoded
}

function decodeLine(line: Buffer): JournalRecord | 'base' | null {
  const afterLength = line.indexOf(SPACE)
  const afterCrc = line.indexOf(SPACE, afterLength + 1)
  if (afterLength < 1 || afterCrc !== afterLength + 9) return null
  const body = bodyOf(line)
  if (line.toString('latin1', 0, afterCrc) !== headOf(body)) return null
  const [, kind, store = '', id = '', seq] = HEAD.exec(body.toString('latin1', 0, HEAD_BYTES)) ?? []
  if (!isStore(store)) return decodeWhole(line, body.toString('utf8'))
  return { kind: kind === 'put' ? 'put' : 'remove', store, id, seq: Number(seq), line }
}

function decodeWhole(line: Buffer, json: string): JournalRecord | 'base' | null {
  if (json === BASE) return 'base'
  const parsed = journalEntrySchema.safeParse(JSON.parse(json))
  if (!parsed.success) return null
  const { kind, store, id, seq } = parsed.data
  return { kind, store, id, seq, line }
}

/** The JSON of a line. */
function bodyOf(line: Buffer): Buffer {
  return line.subarray(line.indexOf(SPACE, line.indexOf(SPACE) + 1) + 1, -1)
}

function headOf(body: Uint8Array): string {
  return `${body.length} ${crc32(body).toString(16).padStart(8, '0')}`
}

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}

function isStore(name: string): name is JournalStore {
  return (JOURNAL_STORES as readonly string[]).includes(name)
}
