import type { TextStyle } from '#core/documents/fit-text.ts'
import { CAP_HEIGHT, MM_PER_PT, TIGHT_LEADING } from '#core/documents/font-metrics.ts'
import type { Box } from '#core/documents/page-model.ts'
import { placeLine, type Align, type Sheet } from '#core/documents/sheet.ts'
import { fitStack } from '#core/documents/stack-text.ts'

/** Puts a text of one line or more in the middle of a row's height; collects the issue when the row cannot hold it. */
export function placeInRow(
  sheet: Sheet,
  text: string,
  style: TextStyle,
  row: Box,
  field: string,
  align: Align = 'left',
): void {
  const fitted = fitStack(sheet.metrics, [{ text, style, field }], row.width, row.height)
  if (!fitted.ok) {
    sheet.issues.push(...fitted.error)
    return
  }
  for (const { sizePt, lines } of fitted.value) {
    const em = sizePt * MM_PER_PT
    const pitch = em * TIGHT_LEADING
    const first = row.y + (row.height - (lines.length - 1) * pitch + CAP_HEIGHT * em) / 2
    lines.forEach((line, index) =>
      placeLine(sheet, line, sizePt, row.x, first + index * pitch, row.width, align),
    )
  }
}
