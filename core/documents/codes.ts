import bwipjs from 'bwip-js/generic'
import type { Box } from '#core/documents/page-model.ts'
import type { Sheet } from '#core/documents/sheet.ts'
import { code128Widths, DOT_203, onDotGrid, QUIET_MODULES } from '#core/documents/tracking-bars.ts'

/** What Code 128 can say without switches that hand scanners are not set up for. */
const PLAIN = /^[\x20-\x7e]+$/

/** Widths of the narrowest bar that may be tried, in dots of a 203-dpi head: 0.375 mm, then 0.25 mm, which still reads (logistics.md 4.5). */
const BAR_DOTS = [3, 2] as const

/**
 * Puts a text as Code 128 into a box, from its left edge or in its middle, with its quiet zones inside of the box. False, and nothing drawn, when the text does not fit or
 * has letters Code 128 lacks.
 */
export function placeCode128(
  sheet: Sheet,
  text: string,
  box: Box,
  align: 'left' | 'centre' = 'left',
): boolean {
  if (!PLAIN.test(text)) return false
  const widths = code128Widths(text)
  const modules = widths.reduce((sum, width) => sum + width, 0) + 2 * QUIET_MODULES
  const dots = BAR_DOTS.find((count) => modules * count * DOT_203 <= box.width)
  if (dots === undefined) return false
  const module = dots * DOT_203
  const free = align === 'left' ? 0 : (box.width - modules * module) / 2
  const x = onDotGrid(box.x + free + QUIET_MODULES * module)
  sheet.items.push({ kind: 'bars', x, y: onDotGrid(box.y), height: box.height, module, widths })
  return true
}

/** Dots of a square code that one side of its box may be short of: four of quiet zone on either side (ISO/IEC 18004). */
const QR_QUIET = 4

/** Puts a text as QR code into a square of `size` mm, quiet zone inside. False, and nothing drawn, when its dots would be too small to print. */
export function placeQr(sheet: Sheet, text: string, x: number, y: number, size: number): boolean {
  const [symbol] = bwipjs.raw({ bcid: 'qrcode', text })
  if (symbol === undefined || !('pixs' in symbol)) throw new Error('bwip-js gave no dots for QR')
  const { pixs, pixx } = symbol
  const dots = Math.floor(size / (pixx + 2 * QR_QUIET) / DOT_203)
  if (dots < 2) return false
  const module = dots * DOT_203
  const rows = Array.from({ length: pixs.length / pixx }, (_, row) =>
    pixs.slice(row * pixx, (row + 1) * pixx).join(''),
  )
  const inset = (size - pixx * module) / 2
  sheet.items.push({ kind: 'matrix', x: onDotGrid(x + inset), y: onDotGrid(y + inset), module, rows })
  return true
}
