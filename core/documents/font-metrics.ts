/** The fonts a document may use. `sans` has Latin, Greek and Cyrillic, `sc` Han and kana, `kr` Hangul; the others say it. */
export const FONT_IDS = [
  'sans',
  'sans-bold',
  'sc',
  'sc-bold',
  'kr',
  'kr-bold',
  'arabic',
  'arabic-bold',
  'hebrew',
  'hebrew-bold',
  'thai',
  'thai-bold',
] as const

export type FontId = (typeof FONT_IDS)[number]

export type FontWeight = 'regular' | 'bold'

/** Which font is asked first, second… for a character. */
export const FALLBACK: Readonly<Record<FontWeight, readonly FontId[]>> = {
  regular: ['sans', 'sc', 'kr', 'arabic', 'hebrew', 'thai'],
  bold: ['sans-bold', 'sc-bold', 'kr-bold', 'arabic-bold', 'hebrew-bold', 'thai-bold'],
}

/** What a layout asks of fonts. Widths grow in proportion to the size. */
export interface FontMetrics {
  has(font: FontId, codePoint: number): boolean
  /** Advance width in mm of text set at `sizePt` points. */
  width(font: FontId, text: string, sizePt: number): number
}

/** Scripts that labels and customs forms leave out: sorting centres and customs read their Latin form. */
const OFF_LABELS = /^(arabic|hebrew|thai)/

/** Always the same for the same fonts, so that what is known of a text stays known from label to label. */
const ofLabels = new WeakMap<FontMetrics, FontMetrics>()

/** The same fonts for a label or a customs form: what is not on them has no glyph, so it needs its Latin form. */
export function labelMetrics(metrics: FontMetrics): FontMetrics {
  const made = ofLabels.get(metrics)
  if (made !== undefined) return made
  const own: FontMetrics = {
    has: (font, codePoint) => !OFF_LABELS.test(font) && metrics.has(font, codePoint),
    width: (font, text, sizePt) => metrics.width(font, text, sizePt),
  }
  ofLabels.set(metrics, own)
  return own
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
