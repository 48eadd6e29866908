import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { layoutLabel } from '#core/documents/layout-label.ts'
import type { Dpi } from '#core/documents/print-head.ts'
import { renderPdf } from '#core/documents/render-pdf.ts'
import { pdfToZpl } from '#main/printing/zpl/pdf-to-zpl.ts'
import { testFonts, testMetrics } from '#tests/support/fonts.ts'
import { address, labelInput, RECIPIENTS, trackingFor } from '#tests/support/label-samples.ts'
import { readZplGraphics, toPbm } from '#tests/support/zpl-graphics.ts'

const folder = mkdtempSync(join(tmpdir(), 'caravel-zpl-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What zbar reads in each label of a batch that was drawn for one head and is printed on another or the same. */
async function scan(drawnFor: Dpi, printedAt: Dpi): Promise<string[]> {
  const papers = Object.values(RECIPIENTS).map((to, index) => {
    const input = labelInput({ to: address({ ...to }), tracking: trackingFor(index) })
    const layout = layoutLabel(input, testMetrics(), 'label-4x6', drawnFor)
    if (!layout.ok) throw new Error(JSON.stringify(layout.error))
    return layout.value
  })
  const made = await pdfToZpl(await renderPdf(papers, testFonts()), printedAt)
  if (!made.ok) throw new Error(JSON.stringify(made.error))
  return readZplGraphics(Buffer.from(made.value).toString('latin1'), inflateSync).map((label, index) => {
    const file = join(folder, `${drawnFor}-${printedAt}-${index}.pbm`)
    writeFileSync(file, toPbm(label))
    return execFileSync('zbarimg', ['--quiet', '--raw', '-Sdisable', '-Scode128.enable', file], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  })
}

describe('labels in ZPL', () => {
  // The last two: a label that is stored is printed again after the printer was changed.
  it.each([
    [203, 203],
    [300, 300],
    [203, 300],
    [300, 203],
  ] as const)('drawn for %i dpi and printed at %i dpi can all be scanned', async (drawnFor, printedAt) => {
    expect(await scan(drawnFor, printedAt)).toEqual(Object.keys(RECIPIENTS).map((_, n) => trackingFor(n)))
  })
})
