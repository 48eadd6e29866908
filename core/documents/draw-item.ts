import type PDFDocument from 'pdfkit'
import { MM_PER_PT } from '#core/documents/font-metrics.ts'
import type { BarsItem, MatrixItem, PageItem, TextItem, WatermarkItem } from '#core/documents/page-model.ts'

/**
 * How much narrower each bar is drawn on either side, in mm: rasterisers paint every dot an edge touches, so a bar that ends
 * exactly on a dot's border could grow by one.
 */
const BAR_REDUCTION = 0.012

const pt = (mm: number) => mm / MM_PER_PT

/** Draws one item of a page; its font is registered under its id. */
export function drawItem(document: PDFDocument, item: PageItem): void {
  switch (item.kind) {
    case 'text':
      return drawText(document, item)
    case 'rect':
      document
        .lineWidth(pt(item.lineWidth))
        .rect(pt(item.x), pt(item.y), pt(item.width), pt(item.height))
        .stroke()
      return
    case 'line':
      document
        .lineWidth(pt(item.lineWidth))
        .moveTo(pt(item.x1), pt(item.y1))
        .lineTo(pt(item.x2), pt(item.y2))
        .stroke()
      return
    case 'bars':
      return drawBars(document, item)
    case 'matrix':
      return drawMatrix(document, item)
    case 'watermark':
      return drawWatermark(document, item)
  }
}

/**
 * Thai marks are put in other places than they were typed in, so such a text also says what it is, for whoever copies or searches it. Not so
 * Arabic: readers of PDF disagree about which end of a text said like that comes first.
 */
const SHAPED = /^thai/

function drawText(document: PDFDocument, item: TextItem): void {
  document.font(item.font).fontSize(item.sizePt)
  const isShaped = SHAPED.test(item.font)
  if (isShaped) document.markContent('Span', { actual: item.text })
  document.text(item.text, pt(item.x), pt(item.y), { lineBreak: false, baseline: 'alphabetic' })
  if (isShaped) document.endMarkedContent()
}

function drawBars(document: PDFDocument, { x, y, height, module, widths }: BarsItem): void {
  let left = x
  widths.forEach((modules, index) => {
    const width = modules * module
    if (index % 2 === 0)
      document.rect(pt(left + BAR_REDUCTION), pt(y), pt(width - 2 * BAR_REDUCTION), pt(height))
    left += width
  })
  document.fill()
}

function drawMatrix(document: PDFDocument, { x, y, module, rows }: MatrixItem): void {
  rows.forEach((row, index) => {
    for (const { 0: dots, index: column } of row.matchAll(/1+/g))
      document.rect(pt(x + column * module), pt(y + index * module), pt(dots.length * module), pt(module))
  })
  document.fill()
}

function drawWatermark(document: PDFDocument, item: WatermarkItem): void {
  const [x, y] = [pt(item.centreX), pt(item.centreY)]
  document
    .save()
    .rotate(-item.degrees, { origin: [x, y] })
    .lineWidth(pt(item.lineWidth))
  document.font(item.font).fontSize(item.sizePt)
  document.text(item.text, x - pt(item.width) / 2, y, {
    lineBreak: false,
    baseline: 'alphabetic',
    fill: false,
    stroke: true,
  })
  document.restore()
}
