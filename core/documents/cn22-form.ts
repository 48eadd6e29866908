import type { Declaration } from '#core/customs/declaration.ts'
import { placeCode128 } from '#core/documents/codes.ts'
import type { TextStyle } from '#core/documents/fit-text.ts'
import { labelMetrics, type FontMetrics } from '#core/documents/font-metrics.ts'
import { CN22_SIZE, layoutCn22 } from '#core/documents/layout-cn22.ts'
import { layoutDraftMark } from '#core/documents/layout-draft.ts'
import { MEDIA } from '#core/documents/media.ts'
import { moveItems } from '#core/documents/move-items.ts'
import type { PaperLayout } from '#core/documents/page-model.ts'
import { placeInRow } from '#core/documents/place-in-row.ts'
import { newSheet, type Sheet } from '#core/documents/sheet.ts'
import { formatS10 } from '#core/shipping/s10.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'

/** A CN 22 that is not part of a label. */
export interface Cn22Input {
  orderNumber: string
  /** The post, e.g. `China Post`. */
  operator: string
  /** Item number; may be empty. */
  tracking: string
  declaration: Declaration
  draft: boolean
}

export type Cn22Medium = '105x74' | 'a6'

const OPERATOR: TextStyle = { weight: 'bold', sizePt: 8, minPt: 5.5, maxLines: 1 }
const FOOT: TextStyle = { weight: 'regular', sizePt: 6.5, minPt: 5, maxLines: 1 }
const NUMBER: TextStyle = { weight: 'bold', sizePt: 11, minPt: 8, maxLines: 1 }
const BLOCK_TOP = 3
const MARGIN = 4
const BAR_HEIGHT = 14

/**
 * A CN 22 of its own: 105 × 74 mm, or A6 with the item number as a barcode below. Issues are those of the block in a label, and
 * `tracking-invalid`.
 */
export function layoutCn22Form(
  input: Cn22Input,
  metrics: FontMetrics,
  medium: Cn22Medium,
): Result<PaperLayout, Issue[]> {
  const { width, height } = MEDIA[medium]
  const sheet = newSheet(labelMetrics(metrics))
  layoutCn22(sheet, input.declaration, BLOCK_TOP)
  sheet.items = moveItems(sheet.items, width / 2 - CN22_SIZE.x - CN22_SIZE.width / 2, 0)
  layoutItem(sheet, input, medium)
  if (input.draft) layoutDraftMark(sheet, width / 2, height / 2, Math.min(width, height))
  if (sheet.issues.length > 0) return err(sheet.issues)
  return ok({ title: `CN 22 ${input.orderNumber}`, pages: [{ width, height, items: sheet.items }] })
}

/** Operator, item number and order below the block. */
function layoutItem(sheet: Sheet, input: Cn22Input, medium: Cn22Medium): void {
  const { width, height } = MEDIA[medium]
  const content = { x: MARGIN, width: width - 2 * MARGIN }
  const top = BLOCK_TOP + CN22_SIZE.height + 1
  const number = formatS10(input.tracking)
  const half = { y: top, height: 4, width: content.width / 2 - 1 }
  placeInRow(sheet, input.operator, OPERATOR, { ...half, x: MARGIN }, 'operator')
  placeInRow(sheet, number, OPERATOR, { ...half, x: width / 2 + 1 }, 'tracking', 'right')
  const foot = { ...content, y: height - 5, height: 3 }
  placeInRow(sheet, `${input.orderNumber} · 1/1`, FOOT, foot, 'orderNumber')
  if (medium !== 'a6' || input.tracking === '' || input.draft) return
  const bars = { ...content, y: top + 12, height: BAR_HEIGHT }
  if (!placeCode128(sheet, input.tracking, bars, 'centre'))
    sheet.issues.push(issue('invalid-input', { reason: 'tracking-invalid', field: 'tracking' }))
  placeInRow(
    sheet,
    number,
    NUMBER,
    { ...content, y: bars.y + BAR_HEIGHT + 0.6, height: 5 },
    'tracking',
    'centre',
  )
}
