/** What a picture of a listing may be. Never SVG: it is a document, and documents can do things. */
export const PICTURE_TYPES = ['image/png', 'image/jpeg', 'image/webp'] as const
export type PictureType = (typeof PICTURE_TYPES)[number]

/** Largest picture that is kept, in bytes; shops are asked for thumbnails. */
export const PICTURE_MOST_BYTES = 200_000
/** Few bytes can unfold into a screen of any size; no thumbnail is larger than this on a side. */
export const PICTURE_MOST_SIDE = 2000

interface Size {
  width: number
  height: number
}

/**
 * What these bytes are, told by the bytes themselves: a shop's word about the type is not asked. Null for anything but a PNG, JPEG
 * or WebP of a thumbnail's size.
 */
export function checkPicture(bytes: Uint8Array): PictureType | null {
  if (bytes.length > PICTURE_MOST_BYTES) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (const [type, read] of READERS) {
    const size = read(view)
    if (size !== null) return isSmall(size) ? type : null
  }
  return null
}

function isSmall({ width, height }: Size): boolean {
  return width > 0 && height > 0 && width <= PICTURE_MOST_SIDE && height <= PICTURE_MOST_SIDE
}

const READERS: readonly (readonly [PictureType, (view: DataView) => Size | null])[] = [
  ['image/png', pngSize],
  ['image/jpeg', jpegSize],
  ['image/webp', webpSize],
]

function pngSize(view: DataView): Size | null {
  const isPng =
    view.byteLength >= 24 &&
    view.getUint32(0) === 0x89504e47 &&
    view.getUint32(4) === 0x0d0a1a0a &&
    textAt(view, 12) === 'IHDR'
  return isPng ? { width: view.getUint32(16), height: view.getUint32(20) } : null
}

/** The size stands in the first frame header; segments before it are walked over. */
function jpegSize(view: DataView): Size | null {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null
  let at = 2
  while (at + 9 <= view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1)
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2)
  }
  return null
}

/** Three forms: lossy, lossless, extended. */
function webpSize(view: DataView): Size | null {
  if (view.byteLength < 30 || textAt(view, 0) !== 'RIFF' || textAt(view, 8) !== 'WEBP') return null
  const form = textAt(view, 12)
  if (form === 'VP8 ')
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
  if (form === 'VP8L') {
    const bits = view.getUint32(21, true)
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
  }
  const of24 = (at: number): number => view.getUint16(at, true) + view.getUint8(at + 2) * 0x10000
  return form === 'VP8X' ? { width: of24(24) + 1, height: of24(27) + 1 } : null
}

function textAt(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)))
}
