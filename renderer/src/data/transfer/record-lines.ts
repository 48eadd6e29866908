/**
 * Records as lines of JSON and back, without loss of what IndexedDB keeps and JSON does not: bytes, dates and numbers that
 * are not finite. Those stand as `{"$caravel": kind, …}`.
 */

const MARK = '$caravel'
/** Tables whose records are plain JSON by their types; asking about every value would double the time of an export. */
const PLAIN: ReadonlySet<string> = new Set([
  'orders',
  'orderRows',
  'shadows',
  'activity',
  'counters',
  'products',
  'listings',
  'listingRows',
])

/** One table's records, one a line, each line ended. */
export function toLines(table: string, records: readonly unknown[]): Uint8Array {
  const write = PLAIN.has(table) ? undefined : writeValue
  let text = ''
  for (const record of records) text += `${JSON.stringify(record, write)}\n`
  return new TextEncoder().encode(text)
}

/** The records of whole lines. Throws when a line is no record. */
export function fromLines(bytes: Uint8Array): unknown[] {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  const read = text.includes(MARK) ? readValue : undefined
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line, read) as unknown)
}

// `this` is the holder: a date has turned itself into text by the time its value comes here.
function writeValue(this: Record<string, unknown>, key: string, json: unknown): unknown {
  const value = this[key]
  if (value instanceof Uint8Array) return { [MARK]: 'bytes', base64: toBase64(value) }
  if (value instanceof Date) return { [MARK]: 'date', at: value.getTime() }
  if (typeof value === 'number' && !Number.isFinite(value)) return { [MARK]: 'number', text: String(value) }
  // A record that happens to have the mark is wrapped, so that it comes back as it was.
  if (typeof value === 'object' && value !== null && MARK in value)
    return { [MARK]: 'plain', entries: Object.entries(value) }
  return json
}

function readValue(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !(MARK in value)) return value
  const marked = value as Record<string, unknown>
  if (marked[MARK] === 'bytes') return fromBase64(String(marked['base64']))
  if (marked[MARK] === 'date') return new Date(Number(marked['at']))
  if (marked[MARK] === 'number') return Number(marked['text'])
  return Object.fromEntries(marked['entries'] as [string, unknown][])
}

/** A call's arguments are limited, so a long array is taken in slices; multiples of 3 bytes need no padding between. */
const SLICE = 3 * 8192

function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += SLICE)
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + SLICE)))
  return text
}

function fromBase64(text: string): Uint8Array {
  const raw = atob(text)
  const bytes = new Uint8Array(raw.length)
  for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i)
  return bytes
}
