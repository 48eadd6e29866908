import { createHash } from 'node:crypto'
import { inflateSync } from 'node:zlib'
import type { ChannelOutput } from '#core/contracts/ipc.ts'
import { MOST_LABEL_PAGES } from '#core/contracts/label-file.ts'
import { fitCarrierPdf } from '#core/documents/fit-carrier-pdf.ts'
import { MEDIA_PRESETS } from '#core/documents/media-presets.ts'
import { MEDIA } from '#core/documents/media.ts'
import { headOf, type Dpi } from '#core/documents/print-head.ts'
import type { Bitmap } from '#core/documents/zpl/bitmap.ts'
import { readZpl } from '#core/documents/zpl/read-zpl.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { ParsedInput } from '#main/ipc/handle.ts'
import { isPdf, isZpl } from '#main/printing/print-job.ts'
import { pdfToZpl } from '#main/printing/zpl/pdf-to-zpl.ts'
import { rasterPdf } from '#main/printing/zpl/raster-pdf.ts'

type Asked = ParsedInput<'documents.open-label'>
type Opened = ChannelOutput<'documents.open-label'>

const MOST_TEXT = 4000
/** Of one picture, unpacked: a page of the largest label has some 6 MB. */
const MOST_UNPACKED = 8 * 2 ** 20

/**
 * A label of somebody else's as it is printed. Issues: those of `fitCarrierPdf`, `malformed.pdf-unreadable`, `malformed.not-a-label`.
 */
export async function openLabel({ bytes, fit, format }: Asked): Promise<Result<Opened>> {
  if (isZpl(bytes)) return openZpl(bytes)
  if (!isPdf(bytes)) return err(issue('malformed', { reason: 'not-a-label', field: 'bytes' }))
  const fitted =
    fit === null ? ok(bytes) : await fitCarrierPdf(bytes, MEDIA_PRESETS[fit.preset], MEDIA[fit.medium])
  if (!fitted.ok) return fitted
  const drawn = await dotsOf(fitted.value, headOf(format), format !== 'pdf')
  return drawn.ok
    ? ok({ ...named(fitted.value, 'application/pdf'), ...drawn.value, size: null, text: '' })
    : drawn
}

function openZpl(bytes: Uint8Array): Result<Opened> {
  const zpl = Buffer.from(bytes).toString('latin1')
  const labels = readZpl(zpl, unpack)
  const [first] = labels
  if (first === undefined) return err(issue('malformed', { reason: 'not-a-label', field: 'bytes' }))
  const pictures = labels.flatMap(({ picture }) => (picture === null ? [] : [picture]))
  const isKnown = pictures.length === labels.length
  return ok({
    ...named(bytes, 'application/zpl'),
    pageCount: labels.length,
    pages: isKnown ? pictures.slice(0, MOST_LABEL_PAGES) : [],
    size: { width: first.width, length: first.length },
    text: isKnown ? '' : zpl.slice(0, MOST_TEXT),
  })
}

/** A printer for ZPL is sent pictures: what is in them is read back, so that what is shown is what is sent. */
async function dotsOf(
  pdf: Uint8Array,
  dpi: Dpi,
  isForZpl: boolean,
): Promise<Result<{ pageCount: number; pages: Bitmap[] }>> {
  if (isForZpl) {
    const zpl = await pdfToZpl(pdf, dpi)
    if (!zpl.ok) return zpl
    const labels = readZpl(Buffer.from(zpl.value).toString('latin1'), unpack)
    const pages = labels.flatMap(({ picture }) => (picture === null ? [] : [picture]))
    return ok({ pageCount: labels.length, pages: pages.slice(0, MOST_LABEL_PAGES) })
  }
  const pages: Bitmap[] = []
  let pageCount = 0
  try {
    for await (const page of rasterPdf(pdf, dpi)) {
      if (pageCount++ < MOST_LABEL_PAGES) pages.push(page)
    }
    return ok({ pageCount, pages })
  } catch {
    return err(issue('malformed', { field: 'bytes', reason: 'pdf-unreadable' }))
  }
}

function named(bytes: Uint8Array, mime: Opened['mime']): Pick<Opened, 'bytes' | 'sha256' | 'mime'> {
  return { bytes, mime, sha256: createHash('sha256').update(bytes).digest('hex') }
}

function unpack(base64: string): Uint8Array | null {
  try {
    return inflateSync(Buffer.from(base64, 'base64'), { maxOutputLength: MOST_UNPACKED })
  } catch {
    return null
  }
}
