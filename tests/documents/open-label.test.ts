import { PDFDocument } from 'pdf-lib'
import { describe, expect, it } from 'vitest'
import { ipc } from '#core/contracts/ipc.ts'
import { layoutLabel } from '#core/documents/layout-label.ts'
import { MEDIA } from '#core/documents/media.ts'
import { renderPdf } from '#core/documents/render-pdf.ts'
import { openLabel } from '#main/documents/open-label.ts'
import { pdfToZpl } from '#main/printing/zpl/pdf-to-zpl.ts'
import { testFonts, testMetrics } from '#tests/support/fonts.ts'
import { labelInput } from '#tests/support/label-samples.ts'

/** Labels that are opened to be looked at: what is shown is what a printer burns, and a carrier's bytes are never touched. */

const asBytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))

async function ourPdf(): Promise<Uint8Array> {
  const layout = layoutLabel(labelInput(), testMetrics())
  if (!layout.ok) throw new Error(JSON.stringify(layout.error))
  return renderPdf([layout.value], testFonts())
}

async function open(bytes: Uint8Array, more: Partial<Parameters<typeof openLabel>[0]> = {}) {
  const asked = ipc['documents.open-label'].input.parse({ bytes, fit: null, format: 'pdf', ...more })
  const opened = await openLabel(asked)
  if (!opened.ok) return opened.error
  return ipc['documents.open-label'].output.parse(opened.value)
}

const blackIn = (bits: Uint8Array) =>
  bits.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0)

describe('a label that is opened', () => {
  it('shows the dots that our ZPL burns, the same as those of the PDF', async () => {
    const pdf = await ourPdf()
    const zpl = await pdfToZpl(pdf, 203)
    if (!zpl.ok) throw new Error(JSON.stringify(zpl.error))
    const [asZpl, asPdf, asSent] = [
      await open(zpl.value),
      await open(pdf),
      await open(pdf, { format: 'zpl-203' }),
    ]
    expect(asZpl).toMatchObject({
      mime: 'application/zpl',
      pageCount: 1,
      pages: [{ width: 800, height: 1199 }],
    })
    if (!('pages' in asZpl) || !('pages' in asPdf) || !('pages' in asSent)) throw new Error('not opened')
    expect(Buffer.from(asZpl.pages[0]!.bits).equals(asPdf.pages[0]!.bits)).toBe(true)
    expect(asSent.pages).toEqual(asZpl.pages)
    expect(blackIn(asZpl.pages[0]!.bits)).toBeGreaterThan(20_000)
    expect(Buffer.from(asSent.bytes).equals(pdf)).toBe(true)
  })

  it('shows pictures of a carrier where they stand, and leaves its bytes as they are', async () => {
    const bytes = asBytes('CT~~CD,~CC^~CT~\r\n^XA^PW16^LL4^LH0,0^FO8,1^GFA,2,2,1,80FF^FS^PQ2^XZ\r\nÄ')
    const opened = await open(bytes)
    expect(opened).toMatchObject({ bytes, size: { width: 16, length: 4 }, text: '' })
    expect('pages' in opened && [...opened.pages[0]!.bits]).toEqual([0, 0, 0, 0x80, 0, 0xff, 0, 0])
  })

  it.each([
    ['text', '^XA^PW812^LL1218^FO50,50^A0N,30,30^FDHello^FS^XZ', { width: 812, length: 1218 }],
    ['a picture without a size', '^XA^FO0,0^GFA,1,1,1,FF^FS^XZ', { width: null, length: null }],
    [
      'a damaged picture',
      '^XA^PW8^LL1^FO0,0^GFA,1,1,1,:Z64:eJz7DwABAQEA:0000^FS^XZ',
      { width: 8, length: 1 },
    ],
    ['too few dots', '^XA^PW8^LL2^FO0,0^GFA,2,2,1,FF^FS^XZ', { width: 8, length: 2 }],
    ['no number of rows', '^XA^PW8^LL2^FO0,0^GFA,2,2,0,FFFF^FS^XZ', { width: 8, length: 2 }],
  ])('shows ZPL with %s as text and what it says of its size', async (_name, zpl, size) => {
    expect(await open(asBytes(zpl))).toMatchObject({ pages: [], pageCount: 1, size, text: zpl })
  })

  it('is cut out and put on the medium, or refused with the reason', async () => {
    const document = await PDFDocument.create({ updateMetadata: false })
    const page = document.addPage([595.28, 841.89])
    page.drawRectangle({ x: 20, y: 500, width: 200, height: 300 })
    const pdf = await document.save()
    const fit = { preset: 'a4-top-left', medium: 'a6' } as const
    const opened = await open(pdf, { fit })
    if (!('pages' in opened)) throw new Error(JSON.stringify(opened))
    expect(opened.pages[0]!.width).toBe(Math.ceil((MEDIA.a6.width / 25.4) * 203))
    expect(blackIn(opened.pages[0]!.bits)).toBeGreaterThan(100_000)
    expect(await open(pdf, { fit: { preset: 'whole', medium: 'a6' } })).toMatchObject({
      reason: 'label-larger-than-medium',
    })
    expect(await open(pdf, { fit: { preset: 'letter-top-half', medium: 'a6' } })).toMatchObject({
      reason: 'sheet-not-as-preset',
    })
  })

  it('is neither a picture nor a broken PDF', async () => {
    expect(await open(asBytes('GIF89a'))).toMatchObject({ reason: 'not-a-label' })
    expect(await open(asBytes('^XA without an end'))).toMatchObject({ reason: 'not-a-label' })
    expect(await open(asBytes('%PDF-1.7 nothing'))).toMatchObject({ reason: 'pdf-unreadable' })
  })
})
