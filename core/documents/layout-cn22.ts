import type { CustomsCategory, Declaration } from '#core/customs/declaration.ts'
import { wordIssues } from '#core/documents/check-declaration.ts'
import { cn22Rows } from '#core/documents/cn22-rows.ts'
import type { TextStyle } from '#core/documents/fit-text.ts'
import type { Box } from '#core/documents/page-model.ts'
import { layoutCn22Table } from '#core/documents/layout-cn22-table.ts'
import { PAPER_WORDS } from '#core/documents/paper-words.ts'
import { placeInRow } from '#core/documents/place-in-row.ts'
import { drawRect, drawRule, type Sheet } from '#core/documents/sheet.ts'
import { placeTickBox } from '#core/documents/tick-box.ts'

const WORDS = PAPER_WORDS.cn22
const TITLE: TextStyle = { weight: 'bold', sizePt: 9, minPt: 9, maxLines: 1 }
const FORM: TextStyle = { weight: 'bold', sizePt: 11, minPt: 11, maxLines: 1 }
const NOTE: TextStyle = { weight: 'regular', sizePt: 6.5, minPt: 5, maxLines: 1 }
const TICK: TextStyle = { weight: 'regular', sizePt: 6.5, minPt: 5, maxLines: 1 }
const SMALL_PRINT: TextStyle = { weight: 'regular', sizePt: 5.5, minPt: 5, maxLines: 5 }
const SIGNATURE: TextStyle = { weight: 'regular', sizePt: 7, minPt: 5.5, maxLines: 2 }

/** Left and right edge of the text in the block; the block itself is 1.8 mm wider on either side. */
export const CN22_TEXT = { x: 4.8, right: 95.2 }
const THIN = 0.2

/** Heights in mm of the parts from top to bottom; together 61. */
const HEIGHTS = { head: 8.2, ticks: 7.8, table: 25, print: 10.8, sign: 9.2 }

const TICK_COLUMNS = [4.8, 36.6, 64.4] as const
const TICK_ORDER: readonly CustomsCategory[] = ['gift', 'documents', 'sale', 'sample', 'returned', 'other']
const BOX_SIZE = 2.2

/** How large the block is, with its left edge 3 mm from that of the label, in mm. */
export const CN22_SIZE = {
  x: 3,
  width: 94,
  height: Object.values(HEIGHTS).reduce((sum, height) => sum + height, 0),
}

/** Draws the CN 22 customs declaration from `top`, 61 mm high (reference/logistics.md 4.2 and 5.2). */
export function layoutCn22(sheet: Sheet, declaration: Declaration, top: number): void {
  const rows = cn22Rows(declaration)
  if (!rows.ok) sheet.issues.push(...rows.error)
  sheet.issues.push(...wordIssues(declaration))
  if (!rows.ok) return

  const frame: Box = { ...CN22_SIZE, y: top }
  drawRect(sheet, frame, 0.35)
  let y = top
  const nextPart = (height: number): number => {
    const start = y
    y += height
    if (y < top + frame.height - 0.01) drawRule(sheet, frame.x, frame.x + frame.width, y, THIN)
    return start
  }
  layoutHead(sheet, nextPart(HEIGHTS.head))
  layoutTicks(sheet, declaration, nextPart(HEIGHTS.ticks))
  layoutCn22Table(sheet, declaration, rows.value, nextPart(HEIGHTS.table), HEIGHTS.table)
  const width = CN22_TEXT.right - CN22_TEXT.x
  const print: Box = { x: CN22_TEXT.x, y: nextPart(HEIGHTS.print), width, height: HEIGHTS.print }
  placeInRow(sheet, WORDS.certification, SMALL_PRINT, print, 'declaration.certification')
  layoutSignature(sheet, declaration, nextPart(HEIGHTS.sign))
}

function layoutHead(sheet: Sheet, y: number): void {
  const left = { x: CN22_TEXT.x, width: 42 }
  const middle = { x: 47.5, width: 34.5 }
  const [first, second] = [
    { y: y + 0.6, height: 3.9 },
    { y: y + 4.4, height: 3.2 },
  ]
  placeInRow(sheet, WORDS.title, TITLE, { ...left, ...first }, 'declaration.title')
  placeInRow(sheet, WORDS.titleFr, NOTE, { ...left, ...second }, 'declaration.title')
  placeInRow(sheet, WORDS.mayBeOpened, NOTE, { ...middle, ...first }, 'declaration.title')
  placeInRow(sheet, WORDS.mayBeOpenedFr, NOTE, { ...middle, ...second }, 'declaration.title')
  const right = { x: 83.5, width: CN22_TEXT.right - 83.5, y, height: HEIGHTS.head }
  placeInRow(sheet, WORDS.form, FORM, right, 'declaration.title', 'right')
}

function layoutTicks(sheet: Sheet, declaration: Declaration, y: number): void {
  TICK_ORDER.forEach((category, index) => {
    const column = index % TICK_COLUMNS.length
    const x = TICK_COLUMNS[column] ?? CN22_TEXT.x
    const right = (TICK_COLUMNS[column + 1] ?? CN22_TEXT.right + 1) - 1
    const row = { y: y + 0.5 + Math.floor(index / TICK_COLUMNS.length) * 3.4, height: 3.4 }
    const ticked = declaration.category === category
    placeTickBox(sheet, x, row.y + (row.height - BOX_SIZE) / 2, BOX_SIZE, ticked)
    const explained = category === 'other' && ticked ? `: ${declaration.explanation}` : ''
    const label = PAPER_WORDS.categories[category] + explained
    placeInRow(
      sheet,
      label,
      TICK,
      { ...row, x: x + BOX_SIZE + 0.9, width: right - x - BOX_SIZE - 0.9 },
      'declaration.explanation',
    )
  })
}

function layoutSignature(sheet: Sheet, declaration: Declaration, y: number): void {
  const { signedOn, signer, senderTaxReference } = declaration
  const signature = `${WORDS.signature}: ${signedOn} ${signer}`
  const row: Box = {
    x: CN22_TEXT.x,
    y: y + 0.4,
    width: CN22_TEXT.right - CN22_TEXT.x,
    height: HEIGHTS.sign - 0.8,
  }
  if (senderTaxReference === '') {
    placeInRow(sheet, signature, SIGNATURE, row, 'declaration.signer')
    return
  }
  const half = { ...row, height: row.height / 2 }
  placeInRow(sheet, signature, { ...SIGNATURE, maxLines: 1 }, half, 'declaration.signer')
  const tax = `${WORDS.taxReference}: ${senderTaxReference}`
  placeInRow(
    sheet,
    tax,
    { ...SIGNATURE, maxLines: 1 },
    { ...half, y: half.y + half.height },
    'declaration.senderTaxReference',
  )
}
