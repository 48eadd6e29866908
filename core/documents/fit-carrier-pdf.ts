import { degrees, PDFDocument, type PDFPage } from 'pdf-lib'
import { MM_PER_PT } from '#core/documents/font-metrics.ts'
import type { MediaPreset } from '#core/documents/media-presets.ts'
import type { Medium } from '#core/documents/media.ts'
import type { Box } from '#core/documents/page-model.ts'
import { placeOnMedium, type Placement } from '#core/documents/place-on-medium.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'

const pt = (mm: number) => mm / MM_PER_PT

/**
 * A carrier's PDF on the medium of the printer: the label of each page, as vectors, cut out, turned and scaled by the preset. The same
 * PDF gives the same bytes. Issues: those of `placeOnMedium`, and `malformed.pdf-unreadable`.
 */
export async function fitCarrierPdf(
  pdf: Uint8Array,
  preset: MediaPreset,
  medium: Medium,
): Promise<Result<Uint8Array>> {
  const source = await PDFDocument.load(pdf, { updateMetadata: false }).catch(() => null)
  if (source === null) return err(issue('malformed', { field: 'bytes', reason: 'pdf-unreadable' }))
  const document = await PDFDocument.create({ updateMetadata: false })
  for (const page of source.getPages()) {
    const placed = placeOnMedium(seenSize(page), preset, medium)
    if (!placed.ok) return placed
    await drawPart(document, page, placed.value, medium)
  }
  return ok(await document.save())
}

/** Degrees clockwise by which a viewer turns the page. */
function turnOf(page: PDFPage): number {
  return ((page.getRotation().angle % 360) + 360) % 360
}

/** As it is looked at, in mm. */
function seenSize(page: PDFPage): Medium {
  const { width, height } = page.getCropBox()
  const [wide, high] = turnOf(page) % 180 === 0 ? [width, height] : [height, width]
  return { width: wide * MM_PER_PT, height: high * MM_PER_PT }
}

async function drawPart(
  document: PDFDocument,
  page: PDFPage,
  { cut, turn, scale, box }: Placement,
  medium: Medium,
): Promise<void> {
  const bounds = boundsOf(page, cut)
  const part = await document.embedPage(page, bounds)
  const target = document.addPage([pt(medium.width), pt(medium.height)])
  const [left, bottom] = [pt(box.x), pt(medium.height - box.y - box.height)]
  const clockwise = (turnOf(page) + turn) % 360
  // A form is turned about its lower left corner, which then is another corner of the box.
  const x = clockwise === 180 || clockwise === 270 ? left + pt(box.width) : left
  const y = clockwise === 90 || clockwise === 180 ? bottom + pt(box.height) : bottom
  target.drawPage(part, { x, y, xScale: scale, yScale: scale, rotate: degrees(-clockwise) })
}

/** A part of the page as it is looked at, in the page's own directions and points. */
function boundsOf(page: PDFPage, cut: Box): { left: number; bottom: number; right: number; top: number } {
  const crop = page.getCropBox()
  const [x1, y1] = [pt(cut.x), pt(cut.y)]
  const [x2, y2] = [pt(cut.x + cut.width), pt(cut.y + cut.height)]
  const { width, height } = crop
  const own = {
    0: { left: x1, right: x2, bottom: height - y2, top: height - y1 },
    90: { left: y1, right: y2, bottom: x1, top: x2 },
    180: { left: width - x2, right: width - x1, bottom: y1, top: y2 },
    270: { left: width - y2, right: width - y1, bottom: height - x2, top: height - x1 },
  }[turnOf(page) as 0 | 90 | 180 | 270]
  return {
    left: crop.x + own.left,
    right: crop.x + own.right,
    bottom: crop.y + own.bottom,
    top: crop.y + own.top,
  }
}
