import { journalEntrySchema, type JournalEntry } from '#core/contracts/journal.ts'
import { crc32 } from '#main/journal/crc32.ts'

/**
 * A segment is a text of lines `<bytes of the JSON> <CRC-32, 8 hex digits> <JSON>`. JSON as written has no line feed, so
 * after a record that was cut off the next whole line is found again.
 */

/** First record of a compacted segment: everything in earlier segments is in here, or gone. */
const BASE = '{"base":true}'

const encoder = new TextEncoder()
const LINE_FEED = 10
const SPACE = 32

export function encodeEntry(entry: JournalEntry): Uint8Array {
  return encodeLine(JSON.stringify(entry))
}

export function encodeBase(): Uint8Array {
  return encodeLine(BASE)
}

function encodeLine(json: string): Uint8Array {
  const body = encoder.encode(json)
  const head = encoder.encode(`${body.length} ${crc32(body).toString(16).padStart(8, '0')} `)
  const line = new Uint8Array(head.length + body.length + 1)
  line.set(head)
  line.set(body, head.length)
  line[line.length - 1] = LINE_FEED
  return line
}

export interface DecodedSegment {
  entries: JournalEntry[]
  /** True when nothing before this segment counts. */
  isBase: boolean
  /** Lines, or pieces of lines, that are no whole record. */
  damaged: number
  /** Length of the part that ends with a line feed; a write that was cut off begins there. */
  wholeBytes: number
}

/** Reads what can be read; never throws, whatever the bytes are. */
export function decodeSegment(bytes: Uint8Array): DecodedSegment {
  const decoded: DecodedSegment = { entries: [], isBase: false, damaged: 0, wholeBytes: 0 }
  let at = 0
  while (at < bytes.length) {
    const end = bytes.indexOf(LINE_FEED, at)
    if (end === -1) {
      decoded.damaged++
      break
    }
    const record = decodeLine(bytes.subarray(at, end))
    if (record === null) decoded.damaged++
    else if (record === 'base') decoded.isBase ||= at === 0
    else decoded.entries.push(record)
    at = end + 1
    decoded.wholeBytes = at
  }
  return decoded
}

function decodeLine(line: Uint8Array): JournalEntry | 'base' | null {
  const afterLength = line.indexOf(SPACE)
  const afterCrc = line.indexOf(SPACE, afterLength + 1)
  if (afterLength < 1 || afterCrc !== afterLength + 9) return null
  const head = new TextDecoder('latin1').decode(line.subarray(0, afterCrc))
  const body = line.subarray(afterCrc + 1)
  const [length = '', crc = ''] = head.split(' ')
  if (length !== String(body.length) || crc !== crc32(body).toString(16).padStart(8, '0')) return null
  const json = new TextDecoder().decode(body)
  if (json === BASE) return 'base'
  const parsed = journalEntrySchema.safeParse(JSON.parse(json))
  return parsed.success ? parsed.data : null
}
