import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { layoutLabel } from '#core/documents/layout-label.ts'
import { dotMm, type Dpi } from '#core/documents/print-head.ts'
import { renderPdf } from '#core/documents/render-pdf.ts'
import { code128Widths } from '#core/documents/tracking-bars.ts'
import { pdfToZpl } from '#main/printing/zpl/pdf-to-zpl.ts'
import { testFonts, testMetrics } from '#tests/support/fonts.ts'
import { labelInput, trackingFor } from '#tests/support/label-samples.ts'
import { readZplGraphics } from '#tests/support/zpl-graphics.ts'

async function zplOf(dpi: Dpi, medium: 'label-100x150' | 'label-4x6' = 'label-100x150'): Promise<string> {
  const layout = layoutLabel(labelInput(), testMetrics(), medium, dpi)
  if (!layout.ok) throw new Error(JSON.stringify(layout.error))
  const made = await pdfToZpl(await renderPdf([layout.value], testFonts()), dpi)
  if (!made.ok) throw new Error(JSON.stringify(made.error))
  return Buffer.from(made.value).toString('latin1')
}

/** Lengths of runs of one colour along a row of dots, without the white at either end. */
function runsOf(row: string): number[] {
  return [...row.replace(/^0+|0+$/g, '').matchAll(/1+|0+/g)].map(([run]) => run.length)
}

describe('PDF to ZPL', () => {
  it.each([
    [203, 'label-100x150', 800, 1199, 3],
    [203, 'label-4x6', 812, 1218, 3],
    [300, 'label-100x150', 1182, 1772, 4],
    [300, 'label-4x6', 1200, 1800, 4],
  ] as const)('at %i dpi on %s has every bar in whole dots', async (dpi, medium, width, height, dots) => {
    const zpl = await zplOf(dpi, medium)
    expect(zpl.startsWith(`^XA^PW${width}^LL${height}^LH0,0\n^FO0,0^GFA,`)).toBe(true)
    expect(zpl.endsWith('^FS\n^XZ\n')).toBe(true)
    const [page] = readZplGraphics(zpl, inflateSync)
    const wanted = code128Widths(trackingFor(0)).map((modules) => modules * dots)
    const rows = page!.rows.map((row) => row.slice(dots * 10, -dots * 10))
    // All of the 15 mm of the bars, but for the rows at either end; the frame of the label stands left and right of them.
    const barRows = rows.filter((row) => runsOf(row).join() === wanted.join())
    expect(barRows.length).toBeGreaterThanOrEqual(Math.floor(15 / dotMm(dpi)) - 2)
  })

  it('gives the same bytes again, and says so when it was given something else', async () => {
    expect(await zplOf(203)).toBe(await zplOf(203))
    for (const bytes of [Buffer.from('%PDF-1.7 nothing'), Buffer.from('GIF89a'), Buffer.alloc(0)])
      expect(await pdfToZpl(bytes, 203)).toEqual({
        ok: false,
        error: { code: 'malformed', field: 'bytes', reason: 'pdf-unreadable' },
      })
  })
})
