import { degrees, PDFDocument } from 'pdf-lib'
import { describe, expect, it } from 'vitest'
import { fitCarrierPdf } from '#core/documents/fit-carrier-pdf.ts'
import { MEDIA_PRESETS } from '#core/documents/media-presets.ts'
import { MEDIA } from '#core/documents/media.ts'
import type { Bitmap } from '#core/documents/zpl/bitmap.ts'
import { rasterPdf } from '#main/printing/zpl/raster-pdf.ts'

const pt = (mm: number) => (mm / 25.4) * 72

/** A page whose viewer turns it, with one black square per quarter of another size; it looks the same whatever its own turn is. */
async function carrierPage(turn: 0 | 90 | 180 | 270): Promise<Uint8Array> {
  const document = await PDFDocument.create({ updateMetadata: false })
  const seen = MEDIA.a4
  const isLying = turn % 180 !== 0
  const [width, height] = isLying ? [seen.height, seen.width] : [seen.width, seen.height]
  const page = document.addPage([pt(width), pt(height)])
  page.setRotation(degrees(turn))
  const square = (x: number, y: number, side: number) => {
    const [u, v] = {
      0: [x, height - y - side],
      90: [y, x],
      180: [width - x - side, y],
      270: [width - y - side, height - x - side],
    }[turn] as [number, number]
    page.drawRectangle({ x: pt(u), y: pt(v), width: pt(side), height: pt(side) })
  }
  square(10, 20, 20)
  square(140, 20, 10)
  square(10, 170, 5)
  return document.save()
}

/** The box around everything black, in mm. */
function inked({ width, height, bits }: Bitmap): number[] {
  const rowBytes = Math.ceil(width / 8)
  let [left, right, top, bottom] = [width, 0, height, 0]
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (bits[y * rowBytes + (x >> 3)]! & (0x80 >> (x & 7))) {
        left = Math.min(left, x)
        right = Math.max(right, x + 1)
        top = Math.min(top, y)
        bottom = Math.max(bottom, y + 1)
      }
  return [left, top, right - left, bottom - top].map((dots) => Math.round((dots * 254) / 203) / 10)
}

async function drawn(pdf: Uint8Array): Promise<Bitmap> {
  for await (const page of rasterPdf(pdf, 203)) return page
  throw new Error('no page')
}

describe('a carrier’s PDF on the medium of the printer', () => {
  it.each([0, 90, 180, 270] as const)(
    'is the corner that a person sees, turned by %i or not',
    async (turn) => {
      const page = await carrierPage(turn)
      for (const [preset, side, x, y] of [
        ['a4-top-left', 20, 10, 20],
        ['a4-top-right', 10, 35, 20],
        ['a4-bottom-left', 5, 10, 21.5],
      ] as const) {
        const fitted = await fitCarrierPdf(page, MEDIA_PRESETS[preset], MEDIA.a6)
        if (!fitted.ok) throw new Error(JSON.stringify(fitted.error))
        // 148.5 mm of sheet on 148 mm of paper.
        const scale = 148 / 148.5
        const wanted = [x * scale + (105 - 105 * scale) / 2, y * scale, side * scale, side * scale]
        inked(await drawn(fitted.value)).forEach((value, at) =>
          expect(Math.abs(value - wanted[at]!)).toBeLessThan(0.3),
        )
      }
    },
  )

  it('gives the same bytes again, refuses what does not fit, and says so when it is no PDF', async () => {
    const page = await carrierPage(0)
    const fit = () => fitCarrierPdf(page, MEDIA_PRESETS['a4-top-left'], MEDIA['label-4x6'])
    expect(await fit()).toEqual(await fit())
    expect(await fitCarrierPdf(page, MEDIA_PRESETS.whole, MEDIA['label-4x6'])).toMatchObject({
      error: { reason: 'label-larger-than-medium' },
    })
    expect(await fitCarrierPdf(Buffer.from('no'), MEDIA_PRESETS.whole, MEDIA.a6)).toMatchObject({
      error: { reason: 'pdf-unreadable' },
    })
  })
})
