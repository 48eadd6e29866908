import type { Bits } from '#renderer/data/order-index/bits.ts'
import { compareBytes } from '#renderer/data/order-index/token-bytes.ts'

/** So many tokens share a first one that is written out. */
const BLOCK = 16
/** In `places`: not a place but the only ordinal that has the token. */
const ONLY = 0x80000000
/** Longest token in bytes: one of each length fits into a byte. */
const LONGEST = 255

/**
 * Sorted tokens, each with the ordinals that have it; never changed once made. Tokens are written as: how many bytes they share with the
 * one before (0 for the first of a block), how many follow, those. Most tokens are some order's own, so those need no list.
 */
export interface TokenSegment {
  tokens: number
  /** Orders whose words were put in. */
  rows: number
  bytes: Uint8Array
  /** Where each block of tokens begins in `bytes`. */
  blocks: Uint32Array
  /** Of each token: its only ordinal with the top bit set, or where its list begins in `lists`. */
  places: Uint32Array
  /** One after the other: how many, then the ordinals. */
  lists: Uint32Array
}

/** Reads a segment's tokens one after the other; `token` holds the present one's bytes. */
export class TokenReader {
  readonly token = new Uint8Array(LONGEST)
  length = 0
  /** Which token it is; −1 before the first. */
  at = -1
  private next = 0

  constructor(private readonly segment: TokenSegment) {}

  /** False behind the last one. */
  read(): boolean {
    if (this.at + 1 >= this.segment.tokens) return false
    const { bytes } = this.segment
    const shared = bytes[this.next] ?? 0
    const rest = bytes[this.next + 1] ?? 0
    const from = this.next + 2
    for (let i = 0; i < rest; i++) this.token[shared + i] = bytes[from + i] ?? 0
    this.length = shared + rest
    this.next = from + rest
    this.at++
    return true
  }
}

/** Makes a segment of tokens that come sorted, each once. */
export class SegmentWriter {
  private tokens = 0
  private bytes = new Uint8Array(1 << 16)
  private used = 0
  private readonly blocks = new Growing()
  private readonly places = new Growing()
  private readonly lists = new Growing()
  private readonly last = new Uint8Array(LONGEST)
  private lastLength = 0

  /** `ordinals` are ascending; the first `count` of them count. A token of more than 255 bytes is cut. */
  add(token: Uint8Array, tokenLength: number, ordinals: ArrayLike<number>, count: number): void {
    const length = Math.min(tokenLength, LONGEST)
    this.writeToken(token, length)
    if (count === 1) this.places.push((ONLY | (ordinals[0] ?? 0)) >>> 0)
    else {
      this.places.push(this.lists.length)
      this.lists.push(count)
      for (let i = 0; i < count; i++) this.lists.push(ordinals[i] ?? 0)
    }
    this.tokens++
  }

  finish(rows: number): TokenSegment {
    return {
      ...{ tokens: this.tokens, rows, bytes: this.bytes.slice(0, this.used) },
      ...{ blocks: this.blocks.take(), places: this.places.take(), lists: this.lists.take() },
    }
  }

  private writeToken(token: Uint8Array, length: number): void {
    if (this.used + length + 2 > this.bytes.length) {
      const more = new Uint8Array(this.bytes.length * 2)
      more.set(this.bytes)
      this.bytes = more
    }
    let shared = 0
    if (this.tokens % BLOCK === 0) this.blocks.push(this.used)
    else {
      const most = Math.min(length, this.lastLength)
      while (shared < most && token[shared] === this.last[shared]) shared++
    }
    this.bytes[this.used++] = shared
    this.bytes[this.used++] = length - shared
    for (let i = shared; i < length; i++) {
      const byte = token[i] ?? 0
      this.bytes[this.used++] = byte
      this.last[i] = byte
    }
    this.lastLength = length
  }
}

/** Which token is the first that is not before these bytes; `tokens` when all are. */
export function findToken(segment: TokenSegment, key: Uint8Array): number {
  let low = 0
  let high = segment.blocks.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isFirstBefore(segment, middle, key)) low = middle + 1
    else high = middle
  }
  return low === 0 ? 0 : findInBlock(segment, low - 1, key)
}

/** True when a block's first token, which is written out, is before these bytes. */
function isFirstBefore({ bytes, blocks }: TokenSegment, block: number, key: Uint8Array): boolean {
  const at = blocks[block] ?? 0
  const length = bytes[at + 1] ?? 0
  const shorter = Math.min(length, key.length)
  for (let i = 0; i < shorter; i++) {
    const difference = (bytes[at + 2 + i] ?? 0) - (key[i] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return length < key.length
}

const scratch = new Uint8Array(LONGEST)

function findInBlock({ bytes, blocks, tokens }: TokenSegment, block: number, key: Uint8Array): number {
  const end = Math.min((block + 1) * BLOCK, tokens)
  let at = blocks[block] ?? 0
  for (let token = block * BLOCK; token < end; token++) {
    const shared = bytes[at] ?? 0
    const length = shared + (bytes[at + 1] ?? 0)
    at += 2
    for (let i = shared; i < length; i++) scratch[i] = bytes[at++] ?? 0
    if (compareBytes(scratch, length, key, key.length) >= 0) return token
  }
  return end
}

/** Tells of each ordinal of a token, ascending. */
export function eachOrdinal(segment: TokenSegment, token: number, tell: (ordinal: number) => void): void {
  const { places, lists } = segment
  const place = places[token] ?? 0
  if (place >= ONLY) tell(place - ONLY)
  else {
    const end = place + 1 + (lists[place] ?? 0)
    for (let i = place + 1; i < end; i++) tell(lists[i] ?? 0)
  }
}

/** Adds those of a stretch of tokens whose words are here: a home of `id`. Without a call for each, as this is what a search consists of. */
export function addAtHome(
  { places, lists }: TokenSegment,
  [from, to]: readonly [from: number, to: number],
  { homes, id }: { homes: Uint32Array; id: number },
  into: Bits,
): void {
  for (let token = from; token < to; token++) {
    const place = places[token] ?? 0
    // A list of one is in its place; its top bit makes the number negative as a signed one.
    const single = (place | 0) < 0
    let at = single ? token : place + 1
    const end = single ? token + 1 : at + (lists[place] ?? 0)
    const source = single ? places : lists
    for (; at < end; at++) {
      const ordinal = (source[at] ?? 0) & 0x7fffffff
      if (homes[ordinal] === id) into[ordinal >>> 5] = (into[ordinal >>> 5] ?? 0) | (1 << (ordinal & 31))
    }
  }
}

/** Numbers that come one by one. */
class Growing {
  length = 0
  private items = new Uint32Array(1 << 10)

  push(item: number): void {
    if (this.length === this.items.length) {
      const more = new Uint32Array(this.items.length * 2)
      more.set(this.items)
      this.items = more
    }
    this.items[this.length++] = item
  }

  take(): Uint32Array {
    return this.items.slice(0, this.length)
  }
}
