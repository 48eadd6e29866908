import type { TextStyle } from '#core/documents/fit-text.ts'
import type { Cn23Row } from '#core/documents/cn23/cn23-lines.ts'
import { CN23_WORDS } from '#core/documents/cn23/cn23-words.ts'
import { placeCell, placeOf, type Form } from '#core/documents/cn23/form-zone.ts'
import { plainKilograms, plainMoney } from '#core/documents/plain-amount.ts'
import { drawLine, drawRect, drawRule, type Align } from '#core/documents/sheet.ts'

const HEAD: TextStyle = { weight: 'regular', sizePt: 6, minPt: 5, maxLines: 2 }
const HEAD_LINE: TextStyle = { ...HEAD, maxLines: 1 }
const TEXT: TextStyle = { weight: 'regular', sizePt: 7.5, minPt: 5, maxLines: 3 }
const FIGURE: TextStyle = { weight: 'regular', sizePt: 7.5, minPt: 5, maxLines: 1 }
const SUM: TextStyle = { ...FIGURE, weight: 'bold' }
const THIN = 0.15
const HEAD_HEIGHT = 7
const ROW_HEIGHT = 7

/** Edges of the columns in mm of the A5 form: description, quantity, net weight, value, HS number, origin. */
const EDGES = [4, 88, 102, 120, 150, 178, 206] as const

/** Draws heading and `slots` rows from `top` in mm of the A5 form down; gives where they end. */
export function layoutCn23Table(
  form: Form,
  rows: readonly Cn23Row[],
  currency: string,
  top: number,
  slots: number,
): number {
  const bodyTop = top + HEAD_HEIGHT
  const bottom = bodyTop + slots * ROW_HEIGHT
  drawRect(form.sheet, placeOf(form, EDGES[0], top, EDGES[6], bottom), 0.2)
  layoutHead(form, top)
  rows.forEach((row, index) => layoutRow(form, row, currency, bodyTop + index * ROW_HEIGHT))
  for (let index = 0; index < slots; index++) {
    const { x, y, width } = placeOf(form, EDGES[0], bodyTop + index * ROW_HEIGHT, EDGES[6], bottom)
    drawRule(form.sheet, x, x + width, y, THIN)
  }
  for (const edge of EDGES.slice(1, 6)) {
    const from = placeOf(form, edge, edge === 178 ? top + HEAD_HEIGHT / 2 : top, edge, bottom)
    drawLine(form.sheet, from.x, from.y, from.x, from.y + from.height, THIN)
  }
  return bottom
}

function layoutHead(form: Form, top: number): void {
  const bottom = top + HEAD_HEIGHT
  const middle = top + HEAD_HEIGHT / 2
  const captions = [CN23_WORDS.description, CN23_WORDS.quantity, CN23_WORDS.net, CN23_WORDS.value]
  captions.forEach((caption, index) =>
    placeCell(
      form,
      caption,
      HEAD,
      placeOf(form, EDGES[index] ?? 4, top, EDGES[index + 1] ?? 206, bottom),
      'caption',
    ),
  )
  placeCell(
    form,
    CN23_WORDS.commercialOnly,
    HEAD_LINE,
    placeOf(form, 150, top, 206, middle),
    'caption',
    'centre',
  )
  placeCell(form, CN23_WORDS.hs, HEAD_LINE, placeOf(form, 150, middle, 178, bottom), 'caption')
  placeCell(form, CN23_WORDS.origin, HEAD_LINE, placeOf(form, 178, middle, 206, bottom), 'caption')
}

const SUM_WORDS = {
  brought: CN23_WORDS.broughtForward,
  carried: CN23_WORDS.carriedForward,
  sum: CN23_WORDS.sum,
} as const

function layoutRow(form: Form, row: Cn23Row, currency: string, top: number): void {
  const field = row.kind === 'line' ? `declaration.lines.${row.index}` : 'declaration.total'
  const cell = (column: number, text: string, style: TextStyle, name: string, align: Align = 'left') =>
    placeCell(
      form,
      text,
      style,
      placeOf(form, EDGES[column] ?? 4, top, EDGES[column + 1] ?? 206, top + ROW_HEIGHT),
      row.kind === 'line' ? `${field}.${name}` : field,
      align,
    )
  if (row.kind !== 'line') {
    cell(0, SUM_WORDS[row.kind], SUM, 'description', 'right')
    cell(2, plainKilograms(row.netGrams), SUM, 'netGrams', 'right')
    cell(3, plainMoney({ minor: row.valueMinor, currency }), SUM, 'value', 'right')
    return
  }
  const { line } = row
  const words = [line.description, line.descriptionLocal].filter((part) => part !== '').join(' ')
  cell(0, words, TEXT, 'description')
  cell(1, String(line.quantity), FIGURE, 'quantity', 'right')
  cell(2, plainKilograms(line.netGrams), FIGURE, 'netGrams', 'right')
  cell(3, plainMoney(line.value), FIGURE, 'value', 'right')
  cell(4, line.hs6, FIGURE, 'hs6')
  cell(5, line.origin, FIGURE, 'origin')
}
