/** Tells damaged bytes from whole ones; 32 bits, over words, so that 100 MB take a blink. Not against anybody who means harm. */
export function checksum(bytes: Uint8Array): number {
  let sum = (0x811c9dc5 ^ bytes.length) | 0
  const whole = bytes.length >>> 2
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice()
  const words = new Uint32Array(aligned.buffer, aligned.byteOffset, whole)
  for (let i = 0; i < whole; i++) sum = Math.imul((sum << 13) | (sum >>> 19), 5) ^ (words[i] ?? 0)
  for (let i = whole * 4; i < bytes.length; i++) sum = Math.imul(sum ^ (bytes[i] ?? 0), 0x01000193)
  return sum >>> 0
}
