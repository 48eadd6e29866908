import { fitText, fittedHeight, type FittedText } from '#core/documents/fit-text.ts'
import { ASCENT, MM_PER_PT } from '#core/documents/font-metrics.ts'
import { sheetOf, takeRoom, type Flow } from '#core/documents/flow/page-flow.ts'
import { placeLine, type Align, type Sheet } from '#core/documents/sheet.ts'
import type { Block } from '#core/documents/stack-text.ts'

/** Baseline to baseline on papers with room, in parts of the size; Thai and Arabic reach higher than Latin letters. */
const LEADING = 1.3

export interface FittedBlocks {
  texts: FittedText[]
  height: number
}

/** Fits texts above each other into a width in mm, as high as they need; what does not fit is collected as issues. */
export function fitBlocks(sheet: Sheet, blocks: readonly Block[], width: number): FittedBlocks {
  const texts: FittedText[] = []
  for (const { text, style, field } of blocks) {
    const fitted = fitText(sheet.metrics, text, style, width, field)
    if (fitted.ok) texts.push(fitted.value)
    else sheet.issues.push(fitted.error)
  }
  return { texts, height: texts.reduce((sum, text) => sum + fittedHeight(text, LEADING), 0) }
}

/** Puts fitted texts from the top of a place in mm down. */
export function placeBlocks(
  sheet: Sheet,
  { texts }: FittedBlocks,
  place: { x: number; y: number; width: number },
  align: Align = 'left',
): void {
  let top = place.y
  for (const { sizePt, lines } of texts) {
    const em = sizePt * MM_PER_PT
    for (const line of lines) {
      placeLine(sheet, line, sizePt, place.x, top + (ASCENT + (LEADING - 1.2) / 2) * em, place.width, align)
      top += LEADING * em
    }
  }
}

/** Texts over the whole width, above each other, kept on one page. */
export function flowBlocks(
  flow: Flow,
  blocks: readonly Block[],
  gapAfter: number,
  align: Align = 'left',
): void {
  const width = flow.medium.width - 2 * flow.margin
  const fitted = fitBlocks(sheetOf(flow), blocks, width)
  if (fitted.height === 0) return
  const box = takeRoom(flow, fitted.height, blocks[0]?.field ?? '')
  placeBlocks(sheetOf(flow), fitted, box, align)
  flow.y += gapAfter
}
