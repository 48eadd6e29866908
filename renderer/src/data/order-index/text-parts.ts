import { TextIndex, type HeldSegment } from '#renderer/data/order-index/text-index.ts'

/** Changes with the layout of a part, and with what becomes a token: an index of another one is made anew. */
const LAYOUT = 0x0ca70001
const HEAD_WORDS = 8
const FIRST_SUM = 0x811c9dc5

/** A piece of an index, to be kept under its name. */
export interface TextPart {
  name: string
  /** The same name always has the same bytes, so that they are written once: a segment never changes. */
  fixed: boolean
  bytes: () => Uint8Array<ArrayBuffer>
}

const HOMES = 'word-homes'

/** Everything in the index as parts. The names say all there is; parts of other names are of former times. */
export function toTextParts(index: TextIndex): TextPart[] {
  const { homes, segments } = index.contents()
  return [
    { name: HOMES, fixed: false, bytes: () => packWords([homes.length], [homes], new Uint8Array()) },
    ...segments.map((segment) => ({ name: nameOf(segment), fixed: true, bytes: () => packSegment(segment) })),
  ]
}

/** The index that was taken apart; null when a part is missing, damaged or of another layout. */
export function fromTextParts(parts: ReadonlyMap<string, Uint8Array>): TextIndex | null {
  let homes: Uint32Array | null = null
  const segments: HeldSegment[] = []
  for (const [name, bytes] of parts) {
    const words = openPart(bytes)
    if (words === null) return null
    if (name === HOMES) homes = words.slice(HEAD_WORDS, HEAD_WORDS + (words[2] ?? 0))
    else segments.push(unpackSegment(words))
  }
  if (homes === null) return null
  const ids = new Set([0, ...segments.map(({ id }) => id)])
  return homes.every((id) => ids.has(id)) ? TextIndex.of(homes, segments) : null
}

const names = new WeakMap<HeldSegment, string>()

/** Tells also what is in it: an index that was made anew counts its segments anew. */
function nameOf(segment: HeldSegment): string {
  const known = names.get(segment)
  if (known !== undefined) return known
  const { id, bytes, places, lists } = segment
  const sum = [bytes, places, lists].reduce(sumNumbers, FIRST_SUM) >>> 0
  const name = `words-${id}-${sum.toString(36)}`
  names.set(segment, name)
  return name
}

function packSegment({ id, rows, tokens, bytes, blocks, places, lists }: HeldSegment) {
  const head = [id, rows, tokens, blocks.length, lists.length, bytes.length]
  return packWords(head, [blocks, places, lists], bytes)
}

function unpackSegment(words: Uint32Array): HeldSegment {
  const [, , id = 0, rows = 0, tokens = 0, blockCount = 0, listCount = 0, byteCount = 0] = words
  const blocksEnd = HEAD_WORDS + blockCount
  const placesEnd = blocksEnd + tokens
  const listsEnd = placesEnd + listCount
  // Views: a segment never changes, and all of its part is in it.
  return {
    ...{ id, rows, tokens },
    blocks: words.subarray(HEAD_WORDS, blocksEnd),
    places: words.subarray(blocksEnd, placesEnd),
    lists: words.subarray(placesEnd, listsEnd),
    bytes: new Uint8Array(words.buffer, words.byteOffset + listsEnd * 4, byteCount),
  }
}

/** Layout and check sum, what the part says of itself, its numbers, its bytes; whole words. */
function packWords(head: number[], numbers: readonly Uint32Array[], bytes: Uint8Array) {
  const count = HEAD_WORDS + numbers.reduce((sum, { length }) => sum + length, 0)
  const words = new Uint32Array(count + ((bytes.length + 3) >>> 2))
  words[0] = LAYOUT
  words.set(head, 2)
  let at = HEAD_WORDS
  for (const part of numbers) {
    words.set(part, at)
    at += part.length
  }
  const packed = new Uint8Array(words.buffer)
  packed.set(bytes, count * 4)
  words[1] = sumWords(words)
  return packed
}

/** The words of a part; null when they are not what was written. */
function openPart(bytes: Uint8Array): Uint32Array | null {
  if (bytes.length % 4 !== 0 || bytes.length < HEAD_WORDS * 4) return null
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice()
  const words = new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4)
  return words[0] === LAYOUT && words[1] === sumWords(words) ? words : null
}

/** The check sum of all words but the sum itself. */
function sumWords(words: Uint32Array): number {
  return sumNumbers(FIRST_SUM ^ (words[0] ?? 0), words.subarray(2)) >>> 0
}

/** FNV-1a, a number at a time. */
function sumNumbers(sum: number, numbers: Uint32Array | Uint8Array): number {
  let next = sum
  for (let i = 0; i < numbers.length; i++) next = Math.imul(next ^ (numbers[i] ?? 0), 0x01000193)
  return next
}
