import type { FittedLine } from '#core/documents/fit-text.ts'
import type { FontMetrics } from '#core/documents/font-metrics.ts'
import type { Box, PageItem } from '#core/documents/page-model.ts'
import type { Issue } from '#core/shared/issue.ts'

/** What a layout writes on: items in drawing order, and what did not fit. */
export interface Sheet {
  metrics: FontMetrics
  items: PageItem[]
  issues: Issue[]
}

export type Align = 'left' | 'centre' | 'right'

export function newSheet(metrics: FontMetrics): Sheet {
  return { metrics, items: [], issues: [] }
}

/** Puts one fitted line on a baseline within [x, x + width]. */
export function placeLine(
  sheet: Sheet,
  line: FittedLine,
  sizePt: number,
  x: number,
  baseline: number,
  width: number,
  align: Align = 'left',
): void {
  const free = width - line.width
  let left = x + (align === 'left' ? 0 : align === 'right' ? free : free / 2)
  for (const run of line.runs) {
    const runWidth = run.unitWidth * sizePt
    if (run.text === ' ') {
      left += runWidth
      continue
    }
    sheet.items.push({
      kind: 'text',
      font: run.font,
      sizePt,
      x: left,
      y: baseline,
      width: runWidth,
      text: run.text,
    })
    left += runWidth
  }
}

export function drawRect(sheet: Sheet, box: Box, lineWidth: number): void {
  sheet.items.push({ kind: 'rect', ...box, lineWidth })
}

export function drawRule(sheet: Sheet, x1: number, x2: number, y: number, lineWidth: number): void {
  sheet.items.push({ kind: 'line', x1, y1: y, x2, y2: y, lineWidth })
}

export function drawLine(
  sheet: Sheet,
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  lineWidth: number,
): void {
  sheet.items.push({ kind: 'line', x1, y1, x2, y2, lineWidth })
}
