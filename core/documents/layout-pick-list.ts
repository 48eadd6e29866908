import { fitText, type TextStyle } from '#core/documents/fit-text.ts'
import type { LabelInput, PickLine } from '#core/documents/label-model.ts'
import type { Box } from '#core/documents/page-model.ts'
import { describeItem, layoutReference, REFERENCE_HEIGHT } from '#core/documents/layout-picking.ts'
import { PAPER_WORDS } from '#core/documents/paper-words.ts'
import { placeInRow } from '#core/documents/place-in-row.ts'
import { rowBands } from '#core/documents/row-bands.ts'
import { drawRule, type Align, type Sheet } from '#core/documents/sheet.ts'
import type { Block } from '#core/documents/stack-text.ts'

const CAPTION: TextStyle = { weight: 'bold', sizePt: 6.5, minPt: 6, maxLines: 1 }
const ITEM: TextStyle = { weight: 'regular', sizePt: 9.5, minPt: 7, maxLines: 2 }
const CELL: TextStyle = { weight: 'bold', sizePt: 9.5, minPt: 5, maxLines: 2 }
const CAPTION_HEIGHT = 4
const MAX_EXTRA = 2.4
const RULE = 0.15

/** Columns in mm: shelf, item, how many. */
const COLUMNS = {
  bin: { x: 4, width: 18 },
  item: { x: 24, width: 60 },
  quantity: { x: 85, width: 11 },
} as const

/**
 * The picking list of a label without customs declaration: a row per item. Rows that do not fit are counted in a last row; this
 * note must not stop a postal label.
 */
export function layoutPickList(sheet: Sheet, input: LabelInput, box: Box): void {
  layoutReference(sheet, input, { ...box, height: REFERENCE_HEIGHT })
  const top = box.y + REFERENCE_HEIGHT + CAPTION_HEIGHT
  placeInRow(
    sheet,
    PAPER_WORDS.picking,
    CAPTION,
    { ...box, y: top - CAPTION_HEIGHT, height: CAPTION_HEIGHT },
    'pickLines',
  )
  if (input.pickLines.length === 0) return
  const area = { y: top, height: box.y + box.height - top }
  for (let count = input.pickLines.length; count > 0; count--) {
    const blocks = pickBlocks(sheet, input.pickLines, count)
    const fitted = rowBands(sheet.metrics, blocks, COLUMNS.item.width, area, MAX_EXTRA)
    if (!fitted.ok) {
      if (count === 1) sheet.issues.push(...fitted.error)
      continue
    }
    const { sizePt, bands } = fitted.value
    bands.forEach((band, index) =>
      placePick(sheet, input.pickLines[index], index, count, blocks[index], sizePt, band),
    )
    return
  }
}

function pickBlocks(sheet: Sheet, lines: readonly PickLine[], count: number): Block[] {
  const blocks = lines.slice(0, count).map((line, index): Block => {
    const field = `pickLines.${index}.sku`
    const full = describeItem(sheet, line)
    const fits = fitText(sheet.metrics, full, ITEM, COLUMNS.item.width, field).ok
    return { text: fits ? full : line.sku, style: ITEM, field }
  })
  const hidden = lines.length - count
  return hidden === 0
    ? blocks
    : [...blocks, { text: PAPER_WORDS.andMore(hidden), style: ITEM, field: 'pickLines' }]
}

function placePick(
  sheet: Sheet,
  line: PickLine | undefined,
  index: number,
  shown: number,
  block: Block | undefined,
  sizePt: number,
  band: { y: number; height: number },
): void {
  if (block === undefined) return
  drawRule(sheet, COLUMNS.bin.x, COLUMNS.quantity.x + COLUMNS.quantity.width, band.y, RULE)
  placeInRow(sheet, block.text, { ...ITEM, sizePt }, { ...COLUMNS.item, ...band }, block.field)
  if (line === undefined || index >= shown) return
  const cell = (text: string, column: { x: number; width: number }, name: string, align: Align) =>
    placeInRow(sheet, text, { ...CELL, sizePt }, { ...column, ...band }, `pickLines.${index}.${name}`, align)
  cell(line.bin ?? '', COLUMNS.bin, 'bin', 'left')
  cell(`× ${line.quantity}`, COLUMNS.quantity, 'quantity', 'right')
}
