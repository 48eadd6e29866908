import { ParseSpeeds, PDFDocument } from 'pdf-lib'
import { MM_PER_PT } from '#core/documents/font-metrics.ts'
import { dotMm, type Dpi } from '#core/documents/print-head.ts'

/** A page of so many dots. */
export interface DotSize {
  width: number
  height: number
}

const PT_PER_INCH = 72
/** What rounding of a PDF's numbers may add to a page of whole dots. */
const ROUNDING = 0.02

/**
 * Widens each page of a PDF to whole dots of the print head, from its top left corner, with nothing scaled. Drawn at as many dots, a bar
 * that stands on the grid of the dots then stays there; without it 100 mm at 203 dpi are 799.2 dots, and every bar would move a little.
 */
export async function frameOnDots(pdf: Uint8Array, dpi: Dpi): Promise<{ pdf: Uint8Array; pages: DotSize[] }> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false, parseSpeed: ParseSpeeds.Fastest })
  const pages = document.getPages().map((page) => {
    const box = page.getCropBox()
    const [width, height] = [toDots(box.width, dpi), toDots(box.height, dpi)]
    const frame = { width: (width * PT_PER_INCH) / dpi, height: (height * PT_PER_INCH) / dpi }
    const bottom = box.y + box.height - frame.height
    page.setMediaBox(box.x, bottom, frame.width, frame.height)
    page.setCropBox(box.x, bottom, frame.width, frame.height)
    return page.getRotation().angle % 180 === 0 ? { width, height } : { width: height, height: width }
  })
  return { pdf: await document.save({ useObjectStreams: false, updateFieldAppearances: false }), pages }
}

function toDots(pt: number, dpi: Dpi): number {
  return Math.ceil((pt * MM_PER_PT) / dotMm(dpi) - ROUNDING)
}
