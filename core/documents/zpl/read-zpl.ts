import { bytesPerRow, type Bitmap } from '#core/documents/zpl/bitmap.ts'
import { crc16 } from '#core/documents/zpl/crc16.ts'

/** Takes base64 of zlib data apart; null when it is neither. */
export type UnpackPort = (base64: string) => Uint8Array | null

/** One label of a ZPL text. */
export interface ZplLabel {
  /** Of the media, in dots; null where the text leaves them to the printer. */
  width: number | null
  length: number | null
  /** The dots that a printer burns; null where other commands than pictures draw, which only a printer knows. */
  picture: Bitmap | null
}

interface Command {
  name: string
  text: string
}

/** Larger than any label: a wrong figure must not take all memory. */
const MOST_DOTS = 7_200
/** Say how to print and draw nothing. */
const SILENT = /^(PQ|PR|MD|MN|MT|MM|CI|LS|LT|PM|PO|JM|FS|XA|XZ)$/

/** The labels of a ZPL text, each between its `^XA` and `^XZ`. */
export function readZpl(zpl: string, unpack: UnpackPort): ZplLabel[] {
  return [...zpl.matchAll(/\^XA([^]*?)\^XZ/gi)].map(([, body = '']) => readLabel(commandsOf(body), unpack))
}

function commandsOf(body: string): Command[] {
  return [...body.matchAll(/[\^~]([A-Z][A-Z0-9@])([^^~]*)/gi)].map(([, name = '', text = '']) => ({
    ...{ name: name.toUpperCase(), text: text.trim() },
  }))
}

function readLabel(commands: readonly Command[], unpack: UnpackPort): ZplLabel {
  const last = (name: string) => commands.findLast((command) => command.name === name)?.text
  const [width, length] = [dots(last('PW')), dots(last('LL'))]
  if (width === null || length === null) return { width, length, picture: null }
  return { width, length, picture: drawPictures(commands, width, length, unpack) }
}

function dots(text: string | undefined): number | null {
  const count = /^\d+$/.test(text ?? '') ? Number(text) : 0
  return count > 0 && count <= MOST_DOTS ? count : null
}

function drawPictures(
  commands: readonly Command[],
  width: number,
  height: number,
  unpack: UnpackPort,
): Bitmap | null {
  const page: Bitmap = { width, height, bits: new Uint8Array(bytesPerRow(width) * height) }
  let at = { x: 0, y: 0 }
  for (const { name, text } of commands) {
    if (name === 'FO') {
      const [, x, y] = /^(\d+),(\d+)/.exec(text) ?? []
      if (x === undefined) return null
      at = { x: Number(x), y: Number(y) }
    } else if (name === 'GF') {
      const picture = readPicture(text, unpack)
      if (picture === null) return null
      burn(page, picture, at)
    } else if (name === 'LH' ? text !== '0,0' : !SILENT.test(name) && name !== 'PW' && name !== 'LL')
      return null
  }
  return page
}

/** `A,<bytes>,<bytes>,<bytes per row>,<data>`, the data as `:Z64:…:crc` or in plain hexadecimal. */
function readPicture(text: string, unpack: UnpackPort): Bitmap | null {
  const [, size, perRow, data = ''] = /^A,\d+,(\d+),(\d+),([^]*)$/i.exec(text) ?? []
  const [bytes, rowBytes] = [Number(size), Number(perRow)]
  if (size === undefined || rowBytes === 0 || bytes % rowBytes !== 0 || bytes > MOST_DOTS * MOST_DOTS)
    return null
  const bits = readBits(data.replace(/\s/g, ''), unpack)
  return bits?.length === bytes ? { width: rowBytes * 8, height: bytes / rowBytes, bits } : null
}

function readBits(data: string, unpack: UnpackPort): Uint8Array | null {
  const [, packed, crc] = /^:Z64:([^:]*):([0-9A-F]{4})$/i.exec(data) ?? []
  // A printer throws such a label away.
  if (packed !== undefined) return crc16(packed) === Number.parseInt(crc ?? '', 16) ? unpack(packed) : null
  if (!/^([0-9A-F]{2})+$/i.test(data)) return null
  return Uint8Array.from({ length: data.length / 2 }, (_, at) =>
    Number.parseInt(data.slice(2 * at, 2 * at + 2), 16),
  )
}

/** What reaches over the edge of the page is not printed. */
function burn(page: Bitmap, picture: Bitmap, { x, y }: { x: number; y: number }): void {
  const [from, to] = [bytesPerRow(picture.width), bytesPerRow(page.width)]
  for (let row = 0; row < picture.height && row + y < page.height; row++)
    for (let column = 0; column < picture.width && column + x < page.width; column++) {
      const isBlack = ((picture.bits[row * from + (column >> 3)] ?? 0) & (0x80 >> (column & 7))) !== 0
      if (!isBlack) continue
      const place = (row + y) * to + ((column + x) >> 3)
      page.bits[place] = (page.bits[place] ?? 0) | (0x80 >> ((column + x) & 7))
    }
}
