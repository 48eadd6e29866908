import PDFDocument from 'pdfkit'
import { drawItem } from '#core/documents/draw-item.ts'
import { openFont, type FontFiles } from '#core/documents/fonts.ts'
import { MM_PER_PT, type FontId } from '#core/documents/font-metrics.ts'
import type { Page, PaperLayout } from '#core/documents/page-model.ts'

/** A PDF must carry a date; a fixed one makes the same paper the same bytes. */
const FIXED_DATE = new Date(Date.UTC(2000, 0, 1))

/** A PDF that is being written. */
export interface PdfWriter {
  addPage(page: Page): void
  /** Writes the fonts and what is left; no page can follow. */
  end(): Promise<Uint8Array>
}

/**
 * Opens a PDF to which pages are added one by one; every font is embedded once, however many pages there are. The same title, pages
 * and fonts give the same bytes.
 */
export function openPdf(title: string, fonts: FontFiles): PdfWriter {
  const document = new PDFDocument({
    margin: 0,
    font: null,
    autoFirstPage: false,
    pdfVersion: '1.7',
    displayTitle: true,
    info: { Title: title, Producer: 'Caravel', Creator: 'Caravel', CreationDate: FIXED_DATE },
  })
  const bytes = collectBytes(document)
  const registered = new Set<FontId>()
  return {
    addPage: (page) => {
      document.addPage({ size: [page.width / MM_PER_PT, page.height / MM_PER_PT], margin: 0 })
      for (const item of page.items) {
        if ('font' in item && !registered.has(item.font)) {
          document.registerFont(item.font, openFont(fonts, item.font))
          registered.add(item.font)
        }
        drawItem(document, item)
      }
    },
    end: () => {
      document.end()
      return bytes
    },
  }
}

/** The title of a document of several papers: that of the first, with how many more there are. */
export function batchTitle(first: string, count: number): string {
  return count === 1 ? first : `${first} + ${count - 1}`
}

/** Papers as one PDF, one after the other. */
export function renderPdf(papers: readonly PaperLayout[], fonts: FontFiles): Promise<Uint8Array> {
  const first = papers[0]
  if (first === undefined) throw new RangeError('no papers to render')
  const writer = openPdf(batchTitle(first.title, papers.length), fonts)
  for (const page of papers.flatMap((paper) => paper.pages)) writer.addPage(page)
  return writer.end()
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
