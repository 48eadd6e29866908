import bwipjs from 'bwip-js/generic'

/** One dot of a 203-dpi print head, in mm. */
export const DOT_203 = 25.4 / 203

/** X-dimension: three dots of a 203-dpi head = 0.375 mm (UPU S10 asks for 0.25 to 0.51, 0.33 or more recommended). */
export const MODULE_MM = 3 * DOT_203

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
  return Math.round(mm / DOT_203) * DOT_203
}
