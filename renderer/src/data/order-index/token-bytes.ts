/** Above every byte of a token: a token and this behind it lies behind all that begin with the token. */
export const AFTER_ALL = 0xff

/**
 * Writes a token's UTF-16 units as one to three bytes each, the way UTF-8 would, surrogates by themselves: bytes compare as the strings do,
 * and whatever a string holds can be written. `into` has room for three bytes a unit. Returns how many were written.
 */
export function writeToken(token: string, into: Uint8Array): number {
  let at = 0
  for (let i = 0; i < token.length; i++) {
    const unit = token.charCodeAt(i)
    if (unit < 0x80) into[at++] = unit
    else if (unit < 0x800) {
      into[at++] = 0xc0 | (unit >> 6)
      into[at++] = 0x80 | (unit & 0x3f)
    } else {
      into[at++] = 0xe0 | (unit >> 12)
      into[at++] = 0x80 | ((unit >> 6) & 0x3f)
      into[at++] = 0x80 | (unit & 0x3f)
    }
  }
  return at
}

/** A token's bytes, with `end` behind them when given. */
export function tokenBytes(token: string, end?: number): Uint8Array {
  const bytes = new Uint8Array(token.length * 3 + 1)
  const length = writeToken(token, bytes)
  if (end === undefined) return bytes.subarray(0, length)
  bytes[length] = end
  return bytes.subarray(0, length + 1)
}

/** Negative, 0 or positive as the first `aLength` bytes of `a` lie before, at or behind those of `b`. */
export function compareBytes(a: Uint8Array, aLength: number, b: Uint8Array, bLength: number): number {
  const shorter = Math.min(aLength, bLength)
  for (let i = 0; i < shorter; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0)
    if (difference !== 0) return difference
  }
  return aLength - bLength
}
