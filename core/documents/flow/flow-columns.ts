import { fitBlocks, placeBlocks } from '#core/documents/flow/flow-text.ts'
import { contentWidth, sheetOf, takeRoom, type Flow } from '#core/documents/flow/page-flow.ts'
import { drawRect } from '#core/documents/sheet.ts'
import type { Block } from '#core/documents/stack-text.ts'

const PADDING = 1.6
const FRAME = 0.2

/** A framed column of texts above each other. */
export interface TextColumn {
  blocks: readonly Block[]
  /** Part of the width, beside those of the other columns. */
  share: number
}

/** Framed columns beside each other, as high as the highest needs, kept on one page. */
export function flowColumns(flow: Flow, columns: readonly TextColumn[], gapAfter: number): void {
  const shares = columns.reduce((sum, column) => sum + column.share, 0)
  const widths = columns.map((column) => (contentWidth(flow) * column.share) / shares)
  const fitted = columns.map((column, index) =>
    fitBlocks(sheetOf(flow), column.blocks, (widths[index] ?? 0) - 2 * PADDING),
  )
  const height = Math.max(...fitted.map((texts) => texts.height)) + 2 * PADDING
  const box = takeRoom(flow, height, columns[0]?.blocks[0]?.field ?? '')
  const sheet = sheetOf(flow)
  let x = box.x
  fitted.forEach((texts, index) => {
    const width = widths[index] ?? 0
    drawRect(sheet, { x, y: box.y, width, height }, FRAME)
    placeBlocks(sheet, texts, { x: x + PADDING, y: box.y + PADDING, width: width - 2 * PADDING })
    x += width
  })
  flow.y += gapAfter
}
