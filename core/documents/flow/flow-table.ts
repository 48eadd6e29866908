import { fitText, type TextStyle } from '#core/documents/fit-text.ts'
import { fitBlocks, placeBlocks, type FittedBlocks } from '#core/documents/flow/flow-text.ts'
import {
  breakPage,
  contentWidth,
  roomLeft,
  sheetOf,
  takeRoom,
  type Flow,
} from '#core/documents/flow/page-flow.ts'
import type { Box } from '#core/documents/page-model.ts'
import { drawRule, type Align, type Sheet } from '#core/documents/sheet.ts'
import type { Block } from '#core/documents/stack-text.ts'

export interface TableColumn {
  caption: string
  /** Part of the width, beside those of the other columns. */
  share: number
  align: Align
  style: TextStyle
}

export interface TableRow {
  /** A text for each column, one under the other where it has several lines, and the field it comes from. */
  cells: readonly { text: string; field: string }[]
  /** Draws more into the row, e.g. a box to tick in the column whose box is given. */
  draw?: (sheet: Sheet, columns: readonly Box[]) => void
}

export interface Table {
  columns: readonly TableColumn[]
  rows: readonly TableRow[]
  /** The last row of a page that is not the last, after so many rows; and the first of the next one. */
  carry?: (rowsSoFar: number) => TableRow
}

const GAP = 1.6
const PADDING = 0.7
const HEAVY = 0.3
const THIN = 0.12
const CAPTION: TextStyle = { weight: 'bold', sizePt: 7.5, minPt: 6, maxLines: 3 }

/** A table from page to page: its heading stands on each of them, a row is never divided. */
export function flowTable(flow: Flow, table: Table): void {
  placeHeading(flow, table)
  const carryHeight =
    table.carry === undefined ? 0 : measure(flow, table, table.carry(table.rows.length), 'bold').height
  table.rows.forEach((row, index) => {
    const fitted = measure(flow, table, row)
    const isLast = index === table.rows.length - 1
    if (fitted.height + (isLast ? 0 : carryHeight) > roomLeft(flow)) {
      if (index > 0) placeCarry(flow, table, index)
      breakPage(flow)
      placeHeading(flow, table)
      if (index > 0) placeCarry(flow, table, index)
    }
    placeRow(flow, table, row, fitted)
  })
}

interface FittedRow {
  cells: FittedBlocks[]
  height: number
}

function boxesOf(flow: Flow, columns: readonly TableColumn[]): { x: number; width: number }[] {
  const shares = columns.reduce((sum, column) => sum + column.share, 0)
  const free = contentWidth(flow) - GAP * (columns.length - 1)
  let x = flow.margin
  return columns.map((column) => {
    const width = (free * column.share) / shares
    const box = { x, width }
    x += width + GAP
    return box
  })
}

function measureCells(flow: Flow, table: Table, blockOf: (index: number) => Block): FittedRow {
  const boxes = boxesOf(flow, table.columns)
  const cells = boxes.map((box, index) => {
    const block = blockOf(index)
    const lines = block.text.split('\n').map((text) => evenBlock(flow, { ...block, text }, box.width))
    return fitBlocks(sheetOf(flow), lines, box.width)
  })
  return { cells, height: Math.max(...cells.map((cell) => cell.height)) + 2 * PADDING }
}

/** A text of several lines keeps the size of its column, so that rows look alike, unless one of its words is too long for that. */
function evenBlock({ metrics }: Flow, block: Block, width: number): Block {
  const even = { ...block.style, minPt: block.style.sizePt }
  return fitText(metrics, block.text, even, width, block.field).ok ? { ...block, style: even } : block
}

function measure(flow: Flow, table: Table, row: TableRow, weight?: 'bold'): FittedRow {
  return measureCells(flow, table, (index) => {
    const style = table.columns[index]?.style ?? CAPTION
    const cell = row.cells[index] ?? { text: '', field: '' }
    return { ...cell, style: weight === undefined ? style : { ...style, weight } }
  })
}

function placeHeading(flow: Flow, table: Table): void {
  const fitted = measureCells(flow, table, (index) => ({
    text: table.columns[index]?.caption ?? '',
    style: CAPTION,
    field: 'heading',
  }))
  // A heading at the foot of a page without a row is of no use.
  if (fitted.height * 2.5 > roomLeft(flow)) breakPage(flow)
  placeCells(flow, table, fitted, HEAVY)
}

function placeCarry(flow: Flow, table: Table, rowsSoFar: number): void {
  const row = table.carry?.(rowsSoFar)
  if (row !== undefined) placeRow(flow, table, row, measure(flow, table, row, 'bold'))
}

function placeRow(flow: Flow, table: Table, row: TableRow, fitted: FittedRow): void {
  const box = placeCells(flow, table, fitted, THIN)
  const columns = boxesOf(flow, table.columns).map((column) => ({ ...column, y: box.y, height: box.height }))
  row.draw?.(sheetOf(flow), columns)
}

function placeCells(flow: Flow, table: Table, fitted: FittedRow, rule: number): Box {
  const box = takeRoom(flow, fitted.height, 'lines')
  const sheet = sheetOf(flow)
  boxesOf(flow, table.columns).forEach((column, index) => {
    const cell = fitted.cells[index]
    if (cell !== undefined)
      placeBlocks(sheet, cell, { ...column, y: box.y + PADDING }, table.columns[index]?.align)
  })
  drawRule(sheet, box.x, box.x + box.width, box.y + box.height, rule)
  return box
}
