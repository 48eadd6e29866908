import { sumIssues, wordIssues } from '#core/documents/check-declaration.ts'
import { CONTINUATION_ROWS, cn23Sheets, FIRST_ROWS, type Cn23Row } from '#core/documents/cn23/cn23-lines.ts'
import type { Cn23Input } from '#core/documents/cn23/cn23-model.ts'
import { CN23_WORDS } from '#core/documents/cn23/cn23-words.ts'
import { drawZone, placeCell, placeOf, type Form } from '#core/documents/cn23/form-zone.ts'
import { layoutCn23Foot, layoutSignature } from '#core/documents/cn23/layout-cn23-foot.ts'
import { layoutCn23Parties } from '#core/documents/cn23/layout-cn23-parties.ts'
import { layoutCn23Table } from '#core/documents/cn23/layout-cn23-table.ts'
import type { TextStyle } from '#core/documents/fit-text.ts'
import { labelMetrics, type FontMetrics } from '#core/documents/font-metrics.ts'
import { layoutDraftMark } from '#core/documents/layout-draft.ts'
import { MEDIA } from '#core/documents/media.ts'
import type { PaperLayout } from '#core/documents/page-model.ts'
import { drawRect, newSheet } from '#core/documents/sheet.ts'
import { formatS10 } from '#core/shipping/s10.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'

export type Cn23Medium = 'a5-landscape' | 'a6-landscape'

const OPERATOR: TextStyle = { weight: 'bold', sizePt: 8, minPt: 5, maxLines: 2 }
const TITLE: TextStyle = { weight: 'bold', sizePt: 9, minPt: 6, maxLines: 1 }
const FORM: TextStyle = { weight: 'bold', sizePt: 13, minPt: 8, maxLines: 1 }
const REFERENCE: TextStyle = { weight: 'regular', sizePt: 6.5, minPt: 5, maxLines: 2 }
const NUMBER: TextStyle = { weight: 'bold', sizePt: 10, minPt: 7, maxLines: 1 }

/**
 * A CN 23 customs declaration in A5, or A6 where the post takes it (reference/logistics.md 5.3). More lines than the form has go to
 * sheets that continue it. Issues are those of a CN 22, `missing` for the sender's phone and for the invoice number of goods that are sold.
 */
export function layoutCn23(
  input: Cn23Input,
  metrics: FontMetrics,
  medium: Cn23Medium,
): Result<PaperLayout, Issue[]> {
  const { width, height } = MEDIA[medium]
  const issues = checkForm(input)
  const sheets = cn23Sheets(input.declaration)
  const pages = sheets.map((rows, index) => {
    const sheet = { ...newSheet(labelMetrics(metrics)), issues }
    const form = { sheet, scale: width / MEDIA['a5-landscape'].width }
    layoutHead(form, input, index, sheets.length)
    if (index === 0) layoutFirst(form, input, rows)
    else layoutContinuation(form, input, rows)
    if (input.draft) layoutDraftMark(sheet, width / 2, height / 2, height)
    return { width, height, items: sheet.items }
  })
  return issues.length > 0 ? err(issues) : ok({ title: `CN 23 ${input.orderNumber}`, pages })
}

function checkForm({ declaration, from, invoiceNo }: Cn23Input): Issue[] {
  const issues = [...sumIssues(declaration), ...wordIssues(declaration)]
  const missing = (field: string) => issues.push(issue('invalid-input', { reason: 'missing', field }))
  if (from.phone.trim() === '') missing('from.phone')
  if (declaration.category === 'sale' && invoiceNo.trim() === '') missing('invoiceNo')
  return issues
}

function layoutHead(form: Form, input: Cn23Input, index: number, count: number): void {
  drawRect(form.sheet, placeOf(form, 4, 4, 206, 11), 0.35)
  placeCell(form, input.operator, OPERATOR, placeOf(form, 4, 4, 58, 11), 'operator')
  const title = `${CN23_WORDS.title} / ${CN23_WORDS.titleFr}`
  placeCell(form, title, TITLE, placeOf(form, 58, 4, 142, 11), 'title', 'centre')
  const reference = `${input.orderNumber} · ${index + 1}/${count}`
  placeCell(form, reference, REFERENCE, placeOf(form, 142, 4, 184, 11), 'orderNumber', 'right')
  placeCell(form, CN23_WORDS.form, FORM, placeOf(form, 184, 4, 206, 11), 'title', 'right')
}

function layoutFirst(form: Form, input: Cn23Input, rows: readonly Cn23Row[]): void {
  layoutCn23Parties(form, input)
  const bottom = layoutCn23Table(form, rows, input.declaration.currency, 73, FIRST_ROWS)
  layoutCn23Foot(form, input, bottom)
}

/** Sheets after the first repeat whose declaration they belong to, in figures: a machine reads the number on the first. */
function layoutContinuation(form: Form, input: Cn23Input, rows: readonly Cn23Row[]): void {
  const left = drawZone(form, placeOf(form, 4, 11, 104, 20), CN23_WORDS.continuation)
  placeCell(form, input.from.latin?.name ?? input.from.name, NUMBER, left, 'from.name')
  const right = drawZone(form, placeOf(form, 104, 11, 206, 20), CN23_WORDS.item)
  placeCell(form, formatS10(input.tracking), NUMBER, right, 'tracking')
  const bottom = layoutCn23Table(form, rows, input.declaration.currency, 20, CONTINUATION_ROWS)
  layoutSignature(form, input, placeOf(form, 104, bottom, 206, 144))
}
