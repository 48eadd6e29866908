import { MM_PER_PT, type FontMetrics, type FontWeight } from '#core/documents/font-metrics.ts'
import { cleanText, glyphMissing, runsWidth, splitRuns, type TextRun } from '#core/documents/text-runs.ts'
import { breakPieces, wrapPieces } from '#core/documents/wrap-text.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'

/** How a text wants to be set, and how far it may give way. Sizes in points. */
export interface TextStyle {
  weight: FontWeight
  sizePt: number
  minPt: number
  maxLines: number
}

export interface FittedLine {
  runs: readonly TextRun[]
  /** Width in mm at the fitted size. */
  width: number
}

export interface FittedText {
  sizePt: number
  lines: readonly FittedLine[]
}

const STEP_PT = 0.25

/** Tolerance in mm for sums of floating-point widths. */
const SLACK = 1e-6

/** The issue for a text that does not fit at its smallest size. */
export function textTooLong(field: string): Issue {
  return issue('invalid-input', { reason: 'text-too-long', field })
}

/**
 * Fits text into a width in mm: first it shrinks on one line, then it wraps (as large as the number of lines it needs
 * allows), then it is an issue that names `field`. Nothing is ever clipped. Empty text has no lines.
 */
export function fitText(
  metrics: FontMetrics,
  rawText: string,
  style: TextStyle,
  widthMm: number,
  field: string,
): Result<FittedText> {
  const text = cleanText(rawText)
  if (text === '') return ok({ sizePt: style.sizePt, lines: [] })
  const runs = splitRuns(metrics, text, style.weight)
  if (!runs.ok) return err(glyphMissing(field, runs.error))

  const unitWidth = runsWidth(runs.value)
  const largest = Math.floor((widthMm + SLACK) / unitWidth / STEP_PT) * STEP_PT
  const sizePt = Math.min(style.sizePt, largest)
  if (sizePt >= style.minPt) return ok({ sizePt, lines: [{ runs: runs.value, width: unitWidth * sizePt }] })
  return style.maxLines > 1 ? wrapText(metrics, text, style, widthMm, field) : err(textTooLong(field))
}

function wrapText(
  metrics: FontMetrics,
  text: string,
  style: TextStyle,
  widthMm: number,
  field: string,
): Result<FittedText> {
  const runsOf = (part: string): readonly TextRun[] => {
    const runs = splitRuns(metrics, part, style.weight)
    return runs.ok ? runs.value : []
  }
  const widthOf = (part: string) => runsWidth(runsOf(part))
  const pieces = breakPieces(text).map((piece) => {
    const width = widthOf(piece)
    return { text: piece, width, trimmedWidth: piece.endsWith(' ') ? widthOf(piece.trimEnd()) : width }
  })
  let best: FittedText | null = null
  for (let sizePt = style.minPt; sizePt <= style.sizePt; sizePt += STEP_PT) {
    const limit = (widthMm + SLACK) / sizePt
    const texts = wrapPieces(pieces, limit)
    if (texts === null || texts.length > (best?.lines.length ?? style.maxLines)) break
    const lines = texts.map((line) => runsOf(line)).map((runs) => ({ runs, width: runsWidth(runs) * sizePt }))
    // Kerning between two pieces can make a line wider than their sum.
    if (lines.some((line) => line.width > widthMm + SLACK * sizePt)) break
    best = { sizePt, lines }
  }
  return best === null ? err(textTooLong(field)) : ok(best)
}

/** Height in mm of fitted text at `leading` times the size per line. */
export function fittedHeight(text: FittedText, leading: number): number {
  return text.lines.length * text.sizePt * MM_PER_PT * leading
}
