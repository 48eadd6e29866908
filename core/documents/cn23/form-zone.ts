import type { TextStyle } from '#core/documents/fit-text.ts'
import type { Box } from '#core/documents/page-model.ts'
import { placeInRow } from '#core/documents/place-in-row.ts'
import { drawRect, type Align, type Sheet } from '#core/documents/sheet.ts'

/** A form that is drawn for A5 and set smaller on A6. Its boxes shrink by `scale`, its texts no further than can be read. */
export interface Form {
  sheet: Sheet
  scale: number
}

const LINE = 0.2
const PADDING = 0.7
const CAPTION: TextStyle = { weight: 'regular', sizePt: 5.5, minPt: 5, maxLines: 2 }

/** A place on the form, given in mm of the A5 form. */
export function placeOf({ scale }: Form, x1: number, y1: number, x2: number, y2: number): Box {
  return { x: x1 * scale, y: y1 * scale, width: (x2 - x1) * scale, height: (y2 - y1) * scale }
}

/** A style as the size of the form allows. */
export function styleOn({ scale }: Form, style: TextStyle): TextStyle {
  return { ...style, sizePt: Math.max(style.minPt, style.sizePt * Math.sqrt(scale)) }
}

/** Draws a framed zone with its caption on top, `captionLines` high; gives the room below. */
export function drawZone(form: Form, box: Box, caption: string, captionLines = 1): Box {
  const { sheet } = form
  drawRect(sheet, box, LINE)
  const height = 2.3 * captionLines
  const row = { ...box, x: box.x + PADDING, y: box.y + 0.3, width: box.width - 2 * PADDING, height }
  placeInRow(sheet, caption, CAPTION, row, 'caption')
  const used = height + 0.3
  return { ...row, y: box.y + used, height: box.height - used - 0.3 }
}

/** A text in a cell, with a little room at its sides. */
export function placeCell(
  form: Form,
  text: string,
  style: TextStyle,
  box: Box,
  field: string,
  align: Align = 'left',
): void {
  const inner = { ...box, x: box.x + PADDING, width: box.width - 2 * PADDING }
  placeInRow(form.sheet, text, styleOn(form, style), inner, field, align)
}
