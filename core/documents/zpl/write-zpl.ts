import { bytesPerRow, type Bitmap } from '#core/documents/zpl/bitmap.ts'
import { crc16 } from '#core/documents/zpl/crc16.ts'

/** Packs bytes with zlib and gives them as base64; core has neither. */
export type PackPort = (bytes: Uint8Array) => string

/**
 * One label in ZPL: the width and length of the media in dots, and the page as one graphic at its corner. The data are zlib in base64 with a
 * CRC of the base64 (`:Z64:`), so a printer throws a damaged label away instead of printing it.
 */
export function writeZpl(page: Bitmap, pack: PackPort): string {
  const size = page.bits.length
  const data = pack(page.bits)
  const crc = crc16(data).toString(16).toUpperCase().padStart(4, '0')
  return [
    `^XA^PW${page.width}^LL${page.height}^LH0,0`,
    `^FO0,0^GFA,${size},${size},${bytesPerRow(page.width)},:Z64:${data}:${crc}^FS`,
    '^XZ\n',
  ].join('\n')
}
