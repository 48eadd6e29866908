import type { TextStyle } from '#core/documents/fit-text.ts'
import { fitBlocks, placeBlocks } from '#core/documents/flow/flow-text.ts'
import { contentWidth, sheetOf, takeRoom, type Flow } from '#core/documents/flow/page-flow.ts'
import { drawRule } from '#core/documents/sheet.ts'

/** A sum under a table: what it is, and how much. */
export interface Total {
  caption: string
  value: string
  field: string
  bold?: boolean
}

const LINE: TextStyle = { weight: 'regular', sizePt: 8.5, minPt: 6, maxLines: 2 }
const GAP = 2
const PADDING = 0.5

/** Sums at the right edge, captions beside them, kept together; the bold ones stand under a rule. */
export function flowTotals(flow: Flow, totals: readonly Total[], share: number): void {
  const width = contentWidth(flow) * share
  const left = flow.margin + contentWidth(flow) - width
  const half = (width - GAP) / 2
  const rows = totals.map(({ caption, value, field, bold }) => {
    const style: TextStyle = bold === true ? { ...LINE, weight: 'bold', sizePt: 10 } : LINE
    const cells = [caption, value].map((text) => fitBlocks(sheetOf(flow), [{ text, style, field }], half))
    return { cells, bold: bold === true, height: Math.max(...cells.map((cell) => cell.height)) + 2 * PADDING }
  })
  const height = rows.reduce((sum, row) => sum + row.height, 0)
  let { y } = takeRoom(flow, height, totals[0]?.field ?? 'total')
  const sheet = sheetOf(flow)
  for (const row of rows) {
    if (row.bold) drawRule(sheet, left, left + width, y, 0.3)
    row.cells.forEach((cell, index) =>
      placeBlocks(sheet, cell, { x: left + index * (half + GAP), y: y + PADDING, width: half }, 'right'),
    )
    y += row.height
  }
}
