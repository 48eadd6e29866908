/** A page as a thermal head prints it: one bit per dot, 1 is black, rows from the top, each row filled up to whole bytes. */
export interface Bitmap {
  width: number
  height: number
  bits: Uint8Array
}

/** Half grey and darker prints. A bar that covers whole dots is darker than that inside and lighter outside, so its width stays. */
const BLACK_BELOW = 128

export function bytesPerRow(width: number): number {
  return Math.ceil(width / 8)
}

/** One byte per dot (0 is black, 255 is white) to one bit per dot. */
export function toBitmap(grey: Uint8Array, width: number, height: number): Bitmap {
  if (grey.length !== width * height) throw new RangeError('grey values do not fill the page')
  const rowBytes = bytesPerRow(width)
  const bits = new Uint8Array(rowBytes * height)
  for (let y = 0; y < height; y++) {
    const from = y * width
    const to = y * rowBytes
    for (let x = 0; x < width; x++) {
      if ((grey[from + x] ?? BLACK_BELOW) >= BLACK_BELOW) continue
      const at = to + (x >> 3)
      bits[at] = (bits[at] ?? 0) | (0x80 >> (x & 7))
    }
  }
  return { width, height, bits }
}
