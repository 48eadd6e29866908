import { COLUMN_NAMES, widthOf } from '#renderer/data/order-index/column-arrays.ts'
import { Dictionary } from '#renderer/data/order-index/dictionary.ts'
import { ID_BYTES } from '#renderer/data/order-index/id-column.ts'
import { CHUNK, OrderColumns, type Dictionaries } from '#renderer/data/order-index/order-columns.ts'
import type { Part } from '#renderer/data/order-index/part.ts'

type OddIds = [ordinal: number, id: string][]
const TEXTS = 'texts'
const CHUNK_NAME = 'chunk-'
const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** Columns as parts: a chunk of so many orders each, and the texts that all share. Chunks that are not dirty are as they were stored. */
export function columnParts(columns: OrderColumns): Part[] {
  const chunks = Array.from({ length: Math.ceil(columns.count / CHUNK) }, (_, chunk) => ({
    name: chunkName(chunk),
    fixed: !columns.dirty.has(chunk),
    bytes: () => writeChunk(columns, chunk),
  }))
  return [{ name: TEXTS, fixed: false, bytes: () => writeTexts(columns) }, ...chunks]
}

/** Tells them from the parts with the words. */
export function isColumnPart(name: string): boolean {
  return name === TEXTS || name.startsWith(CHUNK_NAME)
}

function chunkName(chunk: number): string {
  return `${CHUNK_NAME}${chunk}`
}

/** Columns that are put together from their parts: the texts, then the chunks one after the other. */
export class ColumnsReading {
  readonly #columns = new OrderColumns()
  readonly #count: number
  #odd: OddIds | null = null
  #chunks = 0

  constructor(count: number) {
    this.#count = count
    this.#columns.reserve(count)
  }

  /** Throws when it is not the next part, or its size is not what its contents say. */
  take(name: string, bytes: Uint8Array): void {
    if (name === TEXTS) return this.#takeTexts(bytes)
    if (this.#odd === null || name !== chunkName(this.#chunks)) throw new Error('not the next part')
    const length = Math.min(CHUNK, this.#count - this.#chunks * CHUNK)
    readChunk(this.#columns, new Reader(bytes), { length, odd: this.#odd })
    this.#chunks++
  }

  /** Throws when parts are missing. */
  finish(): OrderColumns {
    if (this.#odd === null || this.#columns.count !== this.#count) throw new Error('parts are missing')
    return this.#columns
  }

  #takeTexts(bytes: Uint8Array): void {
    const { dictionaries, odd } = JSON.parse(decoder.decode(bytes)) as {
      dictionaries: Record<keyof Dictionaries, string[]>
      odd: OddIds
    }
    for (const name of Object.keys(this.#columns.dictionaries) as (keyof Dictionaries)[])
      this.#columns.dictionaries[name] = Dictionary.read(dictionaries[name])
    this.#odd = odd
  }
}

function writeTexts({ dictionaries, ids }: OrderColumns): Uint8Array {
  const texts = Object.fromEntries(Object.entries(dictionaries).map(([name, { texts }]) => [name, texts]))
  const { odd } = ids.write(0, ids.count)
  return encoder.encode(JSON.stringify({ dictionaries: texts, odd }))
}

function writeChunk(columns: OrderColumns, chunk: number): Uint8Array {
  const from = chunk * CHUNK
  const to = Math.min(columns.count, from + CHUNK)
  const pieces: ArrayBufferView[] = COLUMN_NAMES.map((name) =>
    columns.arrays[name].subarray(from * widthOf(name), to * widthOf(name)),
  )
  for (const spans of [columns.lines, columns.tags]) {
    const fields = spans.write(from, to)
    pieces.push(Uint32Array.of(fields[0]?.length ?? 0), spans.lengths.subarray(from, to), ...fields)
  }
  pieces.push(columns.ids.write(from, to).bytes)
  return joined(pieces)
}

function joined(pieces: readonly ArrayBufferView[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, { byteLength }) => sum + byteLength, 0))
  let at = 0
  for (const { buffer, byteOffset, byteLength } of pieces) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at)
    at += byteLength
  }
  return bytes
}

function readChunk(
  columns: OrderColumns,
  reader: Reader,
  { length, odd }: { length: number; odd: OddIds },
): void {
  const from = columns.count
  for (const name of COLUMN_NAMES) {
    const column = columns.arrays[name]
    const width = widthOf(name)
    const bytes = reader.take(length * width * column.BYTES_PER_ELEMENT)
    new Uint8Array(column.buffer, column.byteOffset + from * width * column.BYTES_PER_ELEMENT).set(bytes)
  }
  for (const spans of [columns.lines, columns.tags]) {
    const [total = 0] = reader.words(1)
    const lengths = reader.words(length)
    const fields = spans.fields.map((field) =>
      field instanceof Float64Array ? reader.floats(total) : reader.words(total),
    )
    spans.read(from, lengths, fields)
  }
  const mine = odd.filter(([ordinal]) => ordinal >= from && ordinal < from + length)
  columns.ids.read(reader.take(length * ID_BYTES), mine)
  reader.end()
  for (let ordinal = from; ordinal < from + length; ordinal++)
    columns.alive += columns.arrays.alive[ordinal] ?? 0
}

/** Takes bytes off a part, each as many as are asked for. */
class Reader {
  #at = 0

  constructor(private readonly bytes: Uint8Array) {}

  take(length: number): Uint8Array {
    if (this.#at + length > this.bytes.length) throw new Error('the part is too short')
    this.#at += length
    return this.bytes.subarray(this.#at - length, this.#at)
  }

  words(count: number): Uint32Array {
    return new Uint32Array(this.take(count * 4).slice().buffer)
  }

  floats(count: number): Float64Array {
    return new Float64Array(this.take(count * 8).slice().buffer)
  }

  end(): void {
    if (this.#at !== this.bytes.length) throw new Error('the part is too long')
  }
}
