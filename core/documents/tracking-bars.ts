import bwipjs from 'bwip-js/generic'
import { dotMm, onDots } from '#core/documents/print-head.ts'

/** One dot of a 203-dpi print head, in mm. */
export const DOT_203 = dotMm(203)

/** Quiet zone on either side, in modules (ISO/IEC 15417 asks for 10). */
export const QUIET_MODULES = 10

/** Code 128 of a text: widths in modules, bar and space in turn, first and last a bar. */
export function code128Widths(text: string): number[] {
  // On the default export only: the named export `raw` is a symbology, not this function.
  const [symbol] = bwipjs.raw({ bcid: 'code128', text })
  if (symbol === undefined || !('sbs' in symbol)) throw new Error('bwip-js gave no bars for Code 128')
  return symbol.sbs
}

/** The left edge nearest to a position that falls on a dot of a 203-dpi head. */
export function onDotGrid(mm: number): number {
  return onDots(mm, 203)
}
