import {
  fitText,
  fittedHeight,
  textTooLong,
  type FittedText,
  type TextStyle,
} from '#core/documents/fit-text.ts'
import { ASCENT, MM_PER_PT, TIGHT_LEADING, type FontMetrics } from '#core/documents/font-metrics.ts'
import type { Box } from '#core/documents/page-model.ts'
import { placeLine, type Sheet } from '#core/documents/sheet.ts'
import type { Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'

/** A text among others above each other. */
export interface Block {
  text: string
  style: TextStyle
  /** Where the text comes from, e.g. `to.line1`. */
  field: string
}

/** Lines open up to this pitch, in parts of the size, when there is room. */
const LOOSE_LEADING = 1.34
/** Tolerance in mm for sums of floating-point heights. */
const SLACK = 1e-6
const SHRINK_STEP = 0.03

/** Height in mm of fitted blocks at the tightest leading. */
export function stackHeight(texts: readonly FittedText[]): number {
  return texts.reduce((sum, text) => sum + fittedHeight(text, TIGHT_LEADING), 0)
}

function fitAt(
  metrics: FontMetrics,
  blocks: readonly Block[],
  width: number,
  scale: number,
): Result<FittedText[], Issue[]> {
  const texts: FittedText[] = []
  const issues: Issue[] = []
  for (const { text, style, field } of blocks) {
    const sizePt = Math.max(style.minPt, style.sizePt * scale)
    const fitted = fitText(metrics, text, { ...style, sizePt }, width, field)
    if (fitted.ok) texts.push(fitted.value)
    else issues.push(fitted.error)
  }
  return issues.length > 0 ? err(issues) : ok(texts)
}

/**
 * Fits blocks above each other into a width and a height in mm, shrinking all together until they do. When they do not at
 * their smallest, the issue names the block with the most lines.
 */
export function fitStack(
  metrics: FontMetrics,
  blocks: readonly Block[],
  width: number,
  height: number,
): Result<FittedText[], Issue[]> {
  let scale = 1
  for (;;) {
    const fitted = fitAt(metrics, blocks, width, scale)
    if (!fitted.ok || stackHeight(fitted.value) <= height + SLACK) return fitted
    const allSmallest = blocks.every((block) => block.style.sizePt * scale <= block.style.minPt)
    if (allSmallest) {
      const lineCounts = fitted.value.map((text) => text.lines.length)
      const longest = lineCounts.indexOf(Math.max(...lineCounts))
      return err([textTooLong(blocks[longest]?.field ?? '')])
    }
    scale -= SHRINK_STEP
  }
}

/** Draws fitted blocks from the top of a box, opening the lines up as far as the box allows. */
export function placeStack(sheet: Sheet, texts: readonly FittedText[], box: Box): void {
  const tight = stackHeight(texts)
  if (tight === 0) return
  const leading = Math.min(LOOSE_LEADING, TIGHT_LEADING * (box.height / tight))
  let top = box.y
  for (const { sizePt, lines } of texts) {
    const em = sizePt * MM_PER_PT
    for (const line of lines) {
      placeLine(
        sheet,
        line,
        sizePt,
        box.x,
        top + ASCENT * em + ((leading - TIGHT_LEADING) * em) / 2,
        box.width,
      )
      top += leading * em
    }
  }
}
