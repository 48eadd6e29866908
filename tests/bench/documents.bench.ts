import PDFDocument from 'pdfkit'
import { MM_PER_PT } from '#core/documents/font-metrics.ts'
import { openFontMetrics } from '#core/documents/fonts.ts'
import { layoutDocuments } from '#core/documents/layout-document.ts'
import type { DocumentRequest } from '#core/documents/document-request.ts'
import type { Page } from '#core/documents/page-model.ts'
import { DPIS } from '#core/documents/print-head.ts'
import { renderPdf } from '#core/documents/render-pdf.ts'
import { benchRow, median, type BenchRow, type RunBench } from '#tests/bench/bench-row.ts'
import { pdfToZpl } from '#main/printing/zpl/pdf-to-zpl.ts'
import { readFonts } from '#tests/support/fonts.ts'
import { labelInput } from '#tests/support/label-samples.ts'
import { invoiceOf, PAPER_ORDERS, shortDeclarationOf } from '#tests/support/paper-orders.ts'

/**
 * Papers from data to PDF, fonts in memory, beside pdfkit that draws the same texts, bars and lines at places that are known already.
 * Batch by CARAVEL_BENCH_LABELS, turns by CARAVEL_BENCH_TURNS.
 */
const BATCH = Number(process.env['CARAVEL_BENCH_LABELS'] ?? 1000)
const TURNS = Number(process.env['CARAVEL_BENCH_TURNS'] ?? 15)

const run: RunBench = async (say) => {
  const files = readFonts()
  const all = { language: 'en', copies: 1 } as const
  const labels = (count: number): DocumentRequest => ({
    ...{ ...all, kind: 'label', medium: 'label-100x150' },
    items: Array.from({ length: count }, (_, index) => labelAt(index)),
  })
  const invoice: DocumentRequest = {
    ...all,
    kind: 'invoice',
    medium: 'a4',
    items: [invoiceOf(PAPER_ORDERS[7]!)],
  }
  const metrics = openFontMetrics(files)

  const measure = async (name: string, request: DocumentRequest, turns: number): Promise<BenchRow[]> => {
    const [ours, bare]: [number[], number[]] = [[], []]
    const papers = layOut(request)
    const pages = papers.flatMap((paper) => paper.pages)
    let bytes = 0
    for (let turn = 0; turn < turns; turn++) {
      const start = performance.now()
      bytes = (await renderPdf(layOut(request), files)).length
      ours.push((performance.now() - start) / request.items.length)
      const bareStart = performance.now()
      await drawBare(pages, files)
      bare.push((performance.now() - bareStart) / request.items.length)
    }
    say(`${name}: ${median(ours).toFixed(2)} ms, bare pdfkit ${median(bare).toFixed(2)} ms`)
    return [
      benchRow(`${name}, each`, median(ours), 'ms', median(bare)),
      benchRow(`${name}, size of the document`, bytes / 1000, 'kB'),
    ]
  }
  const layOut = (request: DocumentRequest) =>
    [...layoutDocuments(request, metrics)].map((layout) => {
      if (!layout.ok) throw new Error(JSON.stringify(layout.error))
      return layout.value
    })
  return [
    ...(await measure('a label alone', labels(1), TURNS)),
    ...(await measure(`${BATCH} labels in one document`, labels(BATCH), 3)),
    ...(await measure('an invoice of 30 lines', invoice, TURNS)),
    ...(await measureZpl(await renderPdf(layOut(labels(1)), files), say)),
  ]
}
export default run

/** A label that is drawn already, as the dots of either head; PDFium is warm. */
async function measureZpl(pdf: Uint8Array, say: (line: string) => void): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  for (const dpi of DPIS) {
    const times: number[] = []
    let bytes = 0
    for (let turn = 0; turn <= TURNS; turn++) {
      const start = performance.now()
      const made = await pdfToZpl(pdf, dpi)
      if (!made.ok) throw new Error(JSON.stringify(made.error))
      bytes = made.value.length
      if (turn > 0) times.push(performance.now() - start)
    }
    say(`PDF to ZPL at ${dpi} dpi: ${median(times).toFixed(1)} ms`)
    rows.push(benchRow(`a label from PDF to ZPL at ${dpi} dpi`, median(times), 'ms'))
    rows.push(benchRow(`ZPL of a label at ${dpi} dpi`, bytes / 1000, 'kB'))
  }
  return rows
}

function labelAt(index: number) {
  const order = PAPER_ORDERS[index % PAPER_ORDERS.length]!
  const { to, tracking } = order
  return labelInput({ orderNumber: `SO-${index}`, to, tracking, declaration: shortDeclarationOf(order) })
}

/** The least that pdfkit needs: fonts as bytes, texts at their places, rectangles, lines. */
function drawBare(pages: readonly Page[], files: Readonly<Record<string, Uint8Array>>): Promise<number> {
  const pt = (mm: number) => mm / MM_PER_PT
  const document = new PDFDocument({ margin: 0, font: null, autoFirstPage: false, pdfVersion: '1.7' })
  const known = new Set<string>()
  let size = 0
  const done = new Promise<number>((resolve) => {
    document.on('data', (chunk) => (size += chunk.length))
    document.on('end', () => resolve(size))
  })
  for (const page of pages) {
    document.addPage({ size: [pt(page.width), pt(page.height)], margin: 0 })
    for (const item of page.items) {
      if (item.kind === 'text') {
        if (!known.has(item.font)) document.registerFont(item.font, files[item.font] as never)
        known.add(item.font)
        document.font(item.font).fontSize(item.sizePt)
        document.text(item.text, pt(item.x), pt(item.y), { lineBreak: false, baseline: 'alphabetic' })
      } else if (item.kind === 'rect')
        document.rect(pt(item.x), pt(item.y), pt(item.width), pt(item.height)).stroke()
      else if (item.kind === 'line')
        document.moveTo(pt(item.x1), pt(item.y1)).lineTo(pt(item.x2), pt(item.y2)).stroke()
      else if (item.kind === 'bars') {
        let x = item.x
        item.widths.forEach((modules, index) => {
          const width = modules * item.module
          if (index % 2 === 0) document.rect(pt(x), pt(item.y), pt(width), pt(item.height))
          x += width
        })
        document.fill()
      }
    }
  }
  document.end()
  return done
}
