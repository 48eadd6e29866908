import type { OrderId } from '#core/shared/ids.ts'

/** Ids of plain characters up to this long are packed: their length, then their bytes, then zeros. */
const LONGEST = 17
export const ID_BYTES = LONGEST + 1
/** Ids made of one text. */
const AT_ONCE = 4_096
const decoder = new TextDecoder()
/** In the place of the length: the id is kept as a text. None that is made here is (core/shared/ids.ts). */
const ODD = 255

/**
 * Ids by ordinal and back, without an object per order: packed bytes, and a table of ordinals that is probed by an id's hash. An ordinal
 * is never given to another id.
 */
export class IdColumn {
  count = 0
  #bytes = new Uint8Array(1024 * ID_BYTES)
  /** Ordinal + 1 by hash; 0 is free. */
  #table = new Uint32Array(4096)
  readonly #odd = new Map<number, string>()
  readonly #packed = new Uint8Array(ID_BYTES)

  at(ordinal: number): OrderId {
    const from = ordinal * ID_BYTES
    const length = this.#bytes[from] ?? 0
    if (length === ODD) return (this.#odd.get(ordinal) ?? '') as OrderId
    return String.fromCharCode(...this.#bytes.subarray(from + 1, from + 1 + length)) as OrderId
  }

  /** -1 when it never was here. */
  find(id: string): number {
    return (this.#table[this.#place(id)] ?? 0) - 1
  }

  /** The id's ordinal, a new one when it has none. */
  add(id: string): number {
    if ((this.count + 1) * 2 > this.#table.length) this.#rehash(this.#table.length * 2)
    const place = this.#place(id)
    const found = (this.#table[place] ?? 0) - 1
    if (found >= 0) return found
    const ordinal = this.count
    this.reserve(ordinal + 1)
    this.count++
    this.#bytes.set(this.#packed, ordinal * ID_BYTES)
    if (this.#packed[0] === ODD) this.#odd.set(ordinal, id)
    this.#table[place] = ordinal + 1
    return ordinal
  }

  /** As texts compare, and as IndexedDB sorts them. */
  compare(a: number, b: number): number {
    if (this.#odd.size > 0) return compareTexts(this.at(a), this.at(b))
    const bytes = this.#bytes
    for (let i = a * ID_BYTES + 1, j = b * ID_BYTES + 1, end = i + LONGEST; i < end; i++, j++) {
      const difference = (bytes[i] ?? 0) - (bytes[j] ?? 0)
      if (difference !== 0) return difference
    }
    return 0
  }

  /** The ids of these, faster than one by one. */
  list(ordinals: Uint32Array): OrderId[] {
    const ids: OrderId[] = []
    const bytes = new Uint8Array(AT_ONCE * LONGEST)
    for (let from = 0; from < ordinals.length; from += AT_ONCE) {
      const some = ordinals.subarray(from, from + AT_ONCE)
      let end = 0
      for (const ordinal of some) {
        const at = ordinal * ID_BYTES + 1
        for (let i = at; i < at + LONGEST; i++) bytes[end++] = this.#bytes[i] ?? 0
      }
      const text = decoder.decode(bytes.subarray(0, end))
      for (let i = 0; i < some.length; i++) {
        const ordinal = some[i] ?? 0
        const isFull = this.#bytes[ordinal * ID_BYTES] === LONGEST
        ids.push(isFull ? (text.slice(i * LONGEST, (i + 1) * LONGEST) as OrderId) : this.at(ordinal))
      }
    }
    return ids
  }

  reserve(count: number): void {
    if (count * ID_BYTES <= this.#bytes.length) return
    const grown = new Uint8Array(Math.ceil(count * 1.3) * ID_BYTES)
    grown.set(this.#bytes)
    this.#bytes = grown
    let size = this.#table.length
    while (count * 2 > size) size *= 2
    if (size > this.#table.length) this.#rehash(size)
  }

  /** Packed ids of a stretch of ordinals; those that are not packed by themselves. */
  write(from: number, to: number): { bytes: Uint8Array; odd: [ordinal: number, id: string][] } {
    const odd = [...this.#odd].filter(([ordinal]) => ordinal >= from && ordinal < to)
    return { bytes: this.#bytes.subarray(from * ID_BYTES, to * ID_BYTES), odd }
  }

  /** Takes over what `write` gave, as the next ordinals. */
  read(bytes: Uint8Array, odd: readonly [number, string][]): void {
    const from = this.count
    this.reserve(from + bytes.length / ID_BYTES)
    this.count += bytes.length / ID_BYTES
    this.#bytes.set(bytes, from * ID_BYTES)
    for (const [ordinal, id] of odd) this.#odd.set(ordinal, id)
    for (let ordinal = from; ordinal < this.count; ordinal++) this.#enter(ordinal)
  }

  #rehash(size: number): void {
    this.#table = new Uint32Array(size)
    for (let ordinal = 0; ordinal < this.count; ordinal++) this.#enter(ordinal)
  }

  #enter(ordinal: number): void {
    const from = ordinal * ID_BYTES
    const odd = this.#odd.get(ordinal)
    const mask = this.#table.length - 1
    let place = (odd === undefined ? hashBytes(this.#bytes, from) : hashText(odd)) & mask
    while (this.#table[place] !== 0) place = (place + 1) & mask
    this.#table[place] = ordinal + 1
  }

  /** Where in the table the id is, or would be; leaves it packed. */
  #place(id: string): number {
    const isOdd = !this.#pack(id)
    const mask = this.#table.length - 1
    let place = (isOdd ? hashText(id) : hashBytes(this.#packed, 0)) & mask
    for (;;) {
      const entry = this.#table[place] ?? 0
      if (entry === 0 || (isOdd ? this.#odd.get(entry - 1) === id : this.#isPacked(entry - 1))) return place
      place = (place + 1) & mask
    }
  }

  #isPacked(ordinal: number): boolean {
    const from = ordinal * ID_BYTES
    for (let i = 0; i < ID_BYTES; i++) if (this.#bytes[from + i] !== this.#packed[i]) return false
    return true
  }

  #pack(id: string): boolean {
    const packed = this.#packed.fill(0)
    packed[0] = id.length
    for (let i = 0; i < id.length; i++) {
      const code = id.charCodeAt(i)
      if (i < LONGEST && code > 0 && code < 128) packed[i + 1] = code
      else {
        packed.fill(0)
        packed[0] = ODD
        return false
      }
    }
    return true
  }
}

/** FNV-1a. */
function hashBytes(bytes: Uint8Array, from: number): number {
  let hash = 0x811c9dc5
  for (let i = from; i < from + ID_BYTES; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193)
  return (hash ^ (hash >>> 15)) >>> 0
}

function hashText(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash ^ (hash >>> 15)) >>> 0
}

export function compareTexts(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
