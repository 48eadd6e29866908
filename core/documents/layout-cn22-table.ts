import type { Declaration } from '#core/customs/declaration.ts'
import type { Cn22Row } from '#core/documents/cn22-rows.ts'
import { fitText, type TextStyle } from '#core/documents/fit-text.ts'
import { MM_PER_PT, TIGHT_LEADING } from '#core/documents/font-metrics.ts'
import { PAPER_WORDS } from '#core/documents/paper-words.ts'
import { plainKilograms, plainMoney } from '#core/documents/plain-amount.ts'
import { placeInRow } from '#core/documents/place-in-row.ts'
import { rowBands } from '#core/documents/row-bands.ts'
import { drawLine, drawRule, type Align, type Sheet } from '#core/documents/sheet.ts'

const WORDS = PAPER_WORDS.cn22
const HEAD: TextStyle = { weight: 'regular', sizePt: 5.75, minPt: 5, maxLines: 1 }
const TEXT: TextStyle = { weight: 'regular', sizePt: 6.75, minPt: 5.5, maxLines: 3 }
const CELL: TextStyle = { weight: 'regular', sizePt: 6.75, minPt: 5, maxLines: 1 }
const TOTAL: TextStyle = { weight: 'bold', sizePt: 7.5, minPt: 5.5, maxLines: 1 }

const HEAD_HEIGHT = 4
const TOTAL_HEIGHT = 5
const THIN = 0.2
/** Room in mm a row may take beyond its text. */
const MAX_EXTRA = 2.4

/** Columns in mm; figures stand at the right, so that points and units line up. */
const COLUMNS = {
  description: { x: 4.8, width: 47.6 },
  hs: { x: 53.7, width: 10.4 },
  origin: { x: 65.4, width: 5.2 },
  net: { x: 71.8, width: 7.4 },
  value: { x: 80.6, width: 14.6 },
} as const
const COLUMN_RULES = [53, 64.7, 71.2, 79.9] as const

/** Draws heading, rows and totals of the CN 22 between `top` and `top + height`. */
export function layoutCn22Table(
  sheet: Sheet,
  declaration: Declaration,
  rows: readonly Cn22Row[],
  top: number,
  height: number,
): void {
  const bodyTop = top + HEAD_HEIGHT
  const bodyHeight = height - HEAD_HEIGHT - TOTAL_HEIGHT
  layoutHeadings(sheet, top)
  drawRule(sheet, 3, 97, bodyTop, THIN)
  layoutRows(sheet, declaration.currency, rows, bodyTop, bodyHeight)
  for (const x of COLUMN_RULES) drawLine(sheet, x, top, x, bodyTop + bodyHeight, THIN)
  drawRule(sheet, 3, 97, bodyTop + bodyHeight, THIN)
  layoutTotals(sheet, declaration, bodyTop + bodyHeight)
}

function layoutHeadings(sheet: Sheet, top: number): void {
  const head = (text: string, column: { x: number; width: number }, align: Align) =>
    placeInRow(sheet, text, HEAD, { ...column, y: top, height: HEAD_HEIGHT }, 'declaration.heading', align)
  head(WORDS.description, COLUMNS.description, 'left')
  head(WORDS.hs, COLUMNS.hs, 'left')
  head(WORDS.origin, COLUMNS.origin, 'left')
  head(WORDS.netKg, COLUMNS.net, 'right')
  head(WORDS.value, COLUMNS.value, 'right')
}

function describe(row: Cn22Row): string {
  return `${row.quantity} × ${[row.description, row.descriptionLocal].filter((text) => text !== '').join(' ')}`
}

function layoutRows(
  sheet: Sheet,
  currency: string,
  rows: readonly Cn22Row[],
  top: number,
  height: number,
): void {
  const field = (row: Cn22Row, name: string) => `declaration.lines.${row.firstLine}.${name}`
  const blocks = rows.map((row) => ({ text: describe(row), style: TEXT, field: field(row, 'description') }))
  const area = { y: top + 0.6, height: height - 1.2 }
  const fitted = rowBands(sheet.metrics, blocks, COLUMNS.description.width, area, MAX_EXTRA)
  if (!fitted.ok) {
    sheet.issues.push(...fitted.error)
    return
  }
  const { sizePt, bands } = fitted.value
  const lowest = Math.min(...bands.map((band) => band.height))
  const figures = {
    ...CELL,
    sizePt: Math.max(CELL.minPt, Math.min(CELL.sizePt, lowest / TIGHT_LEADING / MM_PER_PT)),
  }
  rows.forEach((row, index) => {
    const band = bands[index] ?? area
    const cell = (text: string, column: { x: number; width: number }, name: string, align: Align = 'left') =>
      placeInRow(sheet, text, figures, { ...column, ...band }, field(row, name), align)
    placeInRow(
      sheet,
      describe(row),
      { ...TEXT, sizePt },
      { ...COLUMNS.description, ...band },
      field(row, 'description'),
    )
    cell(row.hs6, COLUMNS.hs, 'hs6')
    cell(row.origin, COLUMNS.origin, 'origin')
    cell(plainKilograms(row.netGrams), COLUMNS.net, 'netGrams', 'right')
    cell(plainMoney({ minor: row.valueMinor, currency }), COLUMNS.value, 'value', 'right')
  })
}

function layoutTotals(sheet: Sheet, declaration: Declaration, top: number): void {
  const row = { y: top, height: TOTAL_HEIGHT }
  const gross = plainKilograms(declaration.grossGrams)
  placeInRow(
    sheet,
    `${WORDS.totalGross}: ${gross}`,
    TOTAL,
    { ...row, x: 4.8, width: 47.6 },
    'declaration.grossGrams',
  )
  const value = plainMoney(declaration.total)
  const fitted = fitText(sheet.metrics, value, TOTAL, 22, 'declaration.total')
  const valueWidth = fitted.ok ? (fitted.value.lines[0]?.width ?? 0) : 22
  const right = COLUMNS.value.x + COLUMNS.value.width
  placeInRow(sheet, value, TOTAL, { ...row, x: right - 22, width: 22 }, 'declaration.total', 'right')
  const labelWidth = right - valueWidth - 1.2 - COLUMNS.hs.x
  placeInRow(
    sheet,
    WORDS.totalValue,
    TOTAL,
    { ...row, x: COLUMNS.hs.x, width: labelWidth },
    'declaration.total',
  )
}
