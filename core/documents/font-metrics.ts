/** The fonts a document may use. `sans` has Latin, Greek and Cyrillic, `sc` Han and kana, `kr` Hangul. */
export const FONT_IDS = ['sans', 'sans-bold', 'sc', 'sc-bold', 'kr', 'kr-bold'] as const

export type FontId = (typeof FONT_IDS)[number]

export type FontWeight = 'regular' | 'bold'

/** Which font is asked first, second and third for a character. */
export const FALLBACK: Readonly<Record<FontWeight, readonly FontId[]>> = {
  regular: ['sans', 'sc', 'kr'],
  bold: ['sans-bold', 'sc-bold', 'kr-bold'],
}

/** What a layout asks of fonts. Widths grow in proportion to the size. */
export interface FontMetrics {
  has(font: FontId, codePoint: number): boolean
  /** Advance width in mm of text set at `sizePt` points. */
  width(font: FontId, text: string, sizePt: number): number
}

/** Millimetres in a typographic point (1/72 inch). */
export const MM_PER_PT = 25.4 / 72

/** Space kept above and below a baseline, in parts of the size: room for accented capitals and for descenders. */
export const ASCENT = 0.96
export const DESCENT = 0.24

/** Baseline to baseline of lines as close as they may stand, in parts of the size. */
export const TIGHT_LEADING = 1.2

/** Height of capitals and figures in parts of the size (Noto Sans: 714 of 1000). */
export const CAP_HEIGHT = 0.714
