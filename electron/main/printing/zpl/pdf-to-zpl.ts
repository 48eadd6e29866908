import { deflateSync } from 'node:zlib'
import { writeZpl } from '#core/documents/zpl/write-zpl.ts'
import type { Dpi } from '#core/documents/print-head.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import { rasterPdf } from '#main/printing/zpl/raster-pdf.ts'

/** Main also answers the windows: a batch is drawn page by page, with a breath in between. */
const breathe = () => new Promise((resolve) => setImmediate(resolve))

const pack = (bytes: Uint8Array) => deflateSync(bytes).toString('base64')

/** A PDF as labels in ZPL, one per page. Issues: `malformed.pdf-unreadable` for what cannot be drawn. */
export async function pdfToZpl(pdf: Uint8Array, dpi: Dpi): Promise<Result<Uint8Array>> {
  const labels: string[] = []
  try {
    for await (const page of rasterPdf(pdf, dpi)) {
      labels.push(writeZpl(page, pack))
      await breathe()
    }
  } catch {
    return err(issue('malformed', { field: 'bytes', reason: 'pdf-unreadable' }))
  }
  return ok(Buffer.from(labels.join(''), 'latin1'))
}
