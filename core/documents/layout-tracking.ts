import type { TextStyle } from '#core/documents/fit-text.ts'
import type { LabelInput } from '#core/documents/label-model.ts'
import { PAPER_WORDS } from '#core/documents/paper-words.ts'
import { placeInRow } from '#core/documents/place-in-row.ts'
import { dotMm, MODULE_DOTS, onDots, type Dpi } from '#core/documents/print-head.ts'
import type { Sheet } from '#core/documents/sheet.ts'
import { code128Widths, QUIET_MODULES } from '#core/documents/tracking-bars.ts'
import { formatS10 } from '#core/shipping/s10.ts'
import { issue } from '#core/shared/issue.ts'

const BAR_HEIGHT = 15
const HRI_HEIGHT = 5.2
const GAP = 0.6
const HRI: TextStyle = { weight: 'bold', sizePt: 12, minPt: 12, maxLines: 1 }
const NO_BARCODE: TextStyle = { weight: 'regular', sizePt: 8, minPt: 6, maxLines: 1 }
const FRAME = { x: 2, width: 96 }

/**
 * Draws the item number as Code 128 with the number in figures below, centred between two heights. On a draft there are no
 * bars, so nothing there can be scanned. Bars are whole dots of the head that the label is for.
 */
export function layoutTracking(sheet: Sheet, input: LabelInput, top: number, bottom: number, dpi: Dpi): void {
  const hri = formatS10(input.tracking)
  const isGrouped = hri !== input.tracking
  if (!isGrouped && !(input.draft && input.tracking === '')) {
    sheet.issues.push(issue('invalid-input', { reason: 'tracking-invalid', field: 'tracking' }))
    return
  }
  const y = top + (bottom - top - BAR_HEIGHT - GAP - HRI_HEIGHT) / 2
  const barRow = { ...FRAME, y, height: BAR_HEIGHT }
  if (input.draft) placeInRow(sheet, PAPER_WORDS.draftNoBarcode, NO_BARCODE, barRow, 'tracking', 'centre')
  else placeBars(sheet, input.tracking, y, dpi)
  placeInRow(sheet, hri, HRI, { ...FRAME, y: y + BAR_HEIGHT + GAP, height: HRI_HEIGHT }, 'tracking', 'centre')
}

function placeBars(sheet: Sheet, tracking: string, y: number, dpi: Dpi): void {
  const module = MODULE_DOTS[dpi] * dotMm(dpi)
  const widths = code128Widths(tracking)
  const width = widths.reduce((sum, modules) => sum + modules, 0) * module
  if (width + 2 * QUIET_MODULES * module > FRAME.width) throw new Error('barcode wider than the label')
  const x = onDots(FRAME.x + (FRAME.width - width) / 2, dpi)
  sheet.items.push({ kind: 'bars', x, y: onDots(y, dpi), height: BAR_HEIGHT, module, widths })
}
