import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { openFontMetrics, type FontFiles } from '#core/documents/fonts.ts'
import { FONT_IDS, type FontMetrics } from '#core/documents/font-metrics.ts'
import type { LabelInput } from '#core/documents/label-model.ts'
import { layoutLabel } from '#core/documents/layout-label.ts'
import { renderLabelPdf } from '#core/documents/render-label-pdf.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'

export interface RenderedLabel {
  bytes: Uint8Array
  /** Hex; the same label gives the same bytes, so it also tells whether a reprint is one. */
  sha256: string
}

interface Fonts {
  files: FontFiles
  metrics: FontMetrics
}

/** Draws labels with the fonts of `folder`, which are read at the first label and kept. */
export function createLabelRenderer(folder: string): (label: LabelInput) => Promise<Result<RenderedLabel>> {
  let loading: Promise<Fonts> | undefined
  return async (label) => {
    loading ??= loadFonts(folder)
    const fonts = await loading.catch(() => null)
    if (fonts === null) {
      // Perhaps they are there the next time (a build that is still running).
      loading = undefined
      return err(issue('unsupported', { reason: 'fonts-missing' }))
    }
    const layout = layoutLabel(label, fonts.metrics)
    if (!layout.ok) return err(layout.error[0] ?? issue('invalid-input', { reason: 'label' }))
    const bytes = await renderLabelPdf(layout.value, fonts.files)
    return ok({ bytes, sha256: createHash('sha256').update(bytes).digest('hex') })
  }
}

async function loadFonts(folder: string): Promise<Fonts> {
  const read = async (id: string) =>
    [id, new Uint8Array(await readFile(path.join(folder, `${id}.ttf`)))] as const
  const files = Object.fromEntries(await Promise.all(FONT_IDS.map(read))) as unknown as FontFiles
  return { files, metrics: openFontMetrics(files) }
}
