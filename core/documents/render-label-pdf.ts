import PDFDocument from 'pdfkit'
import { openFont, type FontFiles } from '#core/documents/fonts.ts'
import { MM_PER_PT, type FontId } from '#core/documents/font-metrics.ts'
import type {
  BarsItem,
  LabelItem,
  LabelLayout,
  TextItem,
  WatermarkItem,
} from '#core/documents/label-model.ts'

/** A PDF must carry a date; a fixed one makes the same label the same bytes. */
const FIXED_DATE = new Date(Date.UTC(2000, 0, 1))

/**
 * How much narrower each bar is drawn on either side, in mm: rasterisers paint every dot an edge touches, so a bar that ends
 * exactly on a dot's border could grow by one.
 */
const BAR_REDUCTION = 0.012

const pt = (mm: number) => mm / MM_PER_PT

/** One label as a PDF of one page, exactly as large as the layout. The same layout and fonts give the same bytes. */
export function renderLabelPdf(layout: LabelLayout, fonts: FontFiles): Promise<Uint8Array> {
  return renderLabelsPdf([layout], fonts)
}

/**
 * Many labels as one PDF, a page each, with every font embedded once (some 20 times faster and smaller per label than single
 * files). Titled after the first label, with the number of pages when there are several.
 */
export function renderLabelsPdf(layouts: readonly LabelLayout[], fonts: FontFiles): Promise<Uint8Array> {
  const first = layouts[0]
  if (first === undefined) throw new RangeError('no labels to render')
  const title = layouts.length === 1 ? first.title : `${first.title} + ${layouts.length - 1}`
  const document = new PDFDocument({
    size: [pt(first.width), pt(first.height)],
    margin: 0,
    font: null,
    autoFirstPage: false,
    pdfVersion: '1.7',
    displayTitle: true,
    info: { Title: title, Producer: 'Caravel', Creator: 'Caravel', CreationDate: FIXED_DATE },
  })
  const bytes = collectBytes(document)
  const registered = new Set<FontId>()
  for (const layout of layouts) {
    document.addPage({ size: [pt(layout.width), pt(layout.height)], margin: 0 })
    for (const item of layout.items) {
      if ('font' in item && !registered.has(item.font)) {
        document.registerFont(item.font, openFont(fonts, item.font))
        registered.add(item.font)
      }
      drawItem(document, item)
    }
  }
  document.end()
  return bytes
}

function collectBytes(document: PDFDocument): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = []
    document.on('data', (chunk) => chunks.push(chunk))
    document.on('error', reject)
    document.on('end', () => {
      const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0))
      let offset = 0
      for (const chunk of chunks) {
        bytes.set(chunk, offset)
        offset += chunk.length
      }
      resolve(bytes)
    })
  })
}

function drawItem(document: PDFDocument, item: LabelItem): void {
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
