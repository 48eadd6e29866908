import type { PDFiumLibrary } from '@hyzyla/pdfium'
import { toBitmap, type Bitmap } from '#core/documents/zpl/bitmap.ts'
import { frameOnDots } from '#core/documents/zpl/frame-on-dots.ts'
import type { Dpi } from '#core/documents/print-head.ts'

/** A page of 60 cm at 300 dpi; more is no label, and would take much memory. */
const MOST_DOTS = 7_200

type Pdfium = Awaited<ReturnType<(typeof PDFiumLibrary)['init']>>

let loading: Promise<Pdfium> | undefined

/** PDFium is large, so it is read when something is drawn for the first time, and kept. It is part of the bundle: no file to find. */
function openPdfium(): Promise<Pdfium> {
  loading ??= Promise.all([
    import('@hyzyla/pdfium'),
    import('@hyzyla/pdfium/dist/pdfium.wasm.base64-B4io7kt4.js'),
  ]).then(([{ PDFiumLibrary: library }, { PDFIUM_WASM_BASE64 }]) =>
    library.init({ wasmBinary: Uint8Array.from(Buffer.from(PDFIUM_WASM_BASE64, 'base64')).buffer }),
  )
  return loading
}

/**
 * Draws the pages of a PDF at the dots of a print head, in black and white, one after the other so that whoever draws many can stop for
 * breath. Throws for what is no PDF, is locked, or has a page larger than any label.
 */
export async function* rasterPdf(pdf: Uint8Array, dpi: Dpi): AsyncGenerator<Bitmap> {
  const framed = await frameOnDots(pdf, dpi)
  if (framed.pages.some(({ width, height }) => width > MOST_DOTS || height > MOST_DOTS))
    throw new RangeError('page too large')
  const library = await openPdfium()
  const document = await library.loadDocument(framed.pdf)
  try {
    for (const [index, { width, height }] of framed.pages.entries()) {
      const drawn = await document.getPage(index).render({ width, height, scale: 1, colorSpace: 'Gray' })
      yield toBitmap(drawn.data, width, height)
    }
  } finally {
    document.destroy()
  }
}
