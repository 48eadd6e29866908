import { createHash } from 'node:crypto'
import type { LabelInput } from '#core/documents/label-model.ts'
import { layoutLabel } from '#core/documents/layout-label.ts'
import type { Dpi } from '#core/documents/print-head.ts'
import { renderPdf } from '#core/documents/render-pdf.ts'
import { issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'
import type { Fonts } from '#main/documents/open-fonts.ts'

export interface RenderedLabel {
  bytes: Uint8Array
  /** Hex; the same label gives the same bytes, so it also tells whether a reprint is one. */
  sha256: string
}

/** Draws labels with the fonts of `shelf`. */
export function createLabelRenderer(
  shelf: () => Promise<Fonts | null>,
): (label: LabelInput, dpi?: Dpi) => Promise<Result<RenderedLabel>> {
  return async (label, dpi) => {
    const fonts = await shelf()
    if (fonts === null) return err(issue('unsupported', { reason: 'fonts-missing' }))
    const layout = layoutLabel(label, fonts.metrics, 'label-100x150', dpi)
    if (!layout.ok) return err(layout.error[0] ?? issue('invalid-input', { reason: 'label' }))
    const bytes = await renderPdf([layout.value], fonts.files)
    return ok({ bytes, sha256: createHash('sha256').update(bytes).digest('hex') })
  }
}
