/** A set of ordinals, 32 to a word; words beyond the end are 0. */
export type Bits = Uint32Array

/** Room for the ordinals 0 to `size` − 1, none of them in it. */
export function makeBits(size: number): Bits {
  return new Uint32Array((size + 31) >>> 5)
}

export function addBit(bits: Bits, ordinal: number): void {
  const at = ordinal >>> 5
  bits[at] = (bits[at] ?? 0) | (1 << (ordinal & 31))
}

export function hasBit(bits: Bits, ordinal: number): boolean {
  return ((bits[ordinal >>> 5] ?? 0) & (1 << (ordinal & 31))) !== 0
}

/** Keeps in `bits` what is also in `others`. */
export function keepBits(bits: Bits, others: Bits): void {
  for (let i = 0; i < bits.length; i++) bits[i] = (bits[i] ?? 0) & (others[i] ?? 0)
}

/** Takes out of `bits` what is in `others`. */
export function dropBits(bits: Bits, others: Bits): void {
  const words = Math.min(bits.length, others.length)
  for (let i = 0; i < words; i++) bits[i] = (bits[i] ?? 0) & ~(others[i] ?? 0)
}

/** How many ordinals are in it. */
export function countBits(bits: Bits): number {
  let count = 0
  for (let word of bits) {
    word -= (word >>> 1) & 0x55555555
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333)
    count += Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
  }
  return count
}

/** The ordinals in it, ascending. */
export function listBits(bits: Bits): Uint32Array {
  const ordinals = new Uint32Array(countBits(bits))
  let count = 0
  for (let i = 0; i < bits.length; i++) {
    for (let word = bits[i] ?? 0; word !== 0; word &= word - 1) {
      ordinals[count++] = (i << 5) + 31 - Math.clz32(word & -word)
    }
  }
  return ordinals
}
