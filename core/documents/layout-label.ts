import { labelMetrics, type FontMetrics } from '#core/documents/font-metrics.ts'
import type { LabelInput } from '#core/documents/label-model.ts'
import type { PaperLayout } from '#core/documents/page-model.ts'
import { layoutAddresses } from '#core/documents/layout-addresses.ts'
import { layoutCn22 } from '#core/documents/layout-cn22.ts'
import { layoutDraftMark } from '#core/documents/layout-draft.ts'
import { layoutHeader } from '#core/documents/layout-header.ts'
import { layoutPickList } from '#core/documents/layout-pick-list.ts'
import { layoutPickNote } from '#core/documents/layout-picking.ts'
import { layoutTracking } from '#core/documents/layout-tracking.ts'
import { centreOn, MEDIA } from '#core/documents/media.ts'
import { moveItems } from '#core/documents/move-items.ts'
import type { Dpi } from '#core/documents/print-head.ts'
import { drawRect, drawRule, newSheet } from '#core/documents/sheet.ts'
import type { Issue } from '#core/shared/issue.ts'
import { err, ok, type Result } from '#core/shared/result.ts'

/** Sizes of labels; the drawing is that of the smaller one, in the middle of the larger. */
export type LabelMedium = 'label-100x150' | 'label-4x6'
const DRAWING = MEDIA['label-100x150']

/** Heights of the zones in mm (reference/logistics.md 5.1); without a declaration the addresses and the picking list share its room. */
const WITH_CN22 = { headerEnd: 9, maxSender: 13.6, addressEnd: 48, trackEnd: 72, cn22: 73.5, pick: 136 }
const WITHOUT_CN22 = { headerEnd: 10, maxSender: 14, addressEnd: 64, trackEnd: 92 }
const PAGE_END = 147.4

/**
 * Lays out a postal label of 100 × 150 mm or 4 × 6 inches: service, sender, recipient, S10 barcode, CN 22 when goods cross a customs border, and
 * a note for the packer. Every text is measured; what cannot be printed in full is an issue naming its field, with reasons
 * `text-too-long`, `glyph-missing`, `missing`, `country-unknown`, `tracking-invalid`, `too-many-customs-lines`, `total-mismatch`,
 * `currency-mix`, `currency-unknown`, `net-exceeds-gross`.
 */
export function layoutLabel(
  input: LabelInput,
  metrics: FontMetrics,
  medium: LabelMedium = 'label-100x150',
  dpi: Dpi = 203,
): Result<PaperLayout, Issue[]> {
  const sheet = newSheet(labelMetrics(metrics))
  const zones = input.declaration === null ? WITHOUT_CN22 : WITH_CN22
  drawRect(sheet, { x: 2, y: 2, width: 96, height: 146 }, 0.35)
  layoutHeader(sheet, input, 2, zones.headerEnd)
  layoutAddresses(sheet, input, zones.headerEnd, zones.addressEnd, zones.maxSender)
  drawRule(sheet, 2, 98, zones.addressEnd, 0.25)
  layoutTracking(sheet, input, zones.addressEnd, zones.trackEnd, dpi)
  drawRule(sheet, 2, 98, zones.trackEnd, 0.25)
  if (input.declaration === null) {
    layoutPickList(sheet, input, {
      x: 4,
      y: zones.trackEnd + 1,
      width: 92,
      height: PAGE_END - zones.trackEnd - 1,
    })
  } else {
    layoutCn22(sheet, input.declaration, WITH_CN22.cn22)
    layoutPickNote(sheet, input, { x: 4, y: WITH_CN22.pick, width: 92, height: PAGE_END - WITH_CN22.pick })
  }
  if (input.draft) layoutDraftMark(sheet, DRAWING.width / 2, DRAWING.height / 2, 100)
  if (sheet.issues.length > 0) return err(sheet.issues)
  const { dx, dy } = centreOn(DRAWING, MEDIA[medium], dpi)
  const page = { ...MEDIA[medium], items: moveItems(sheet.items, dx, dy) }
  return ok({ title: `Label ${input.orderNumber}`, pages: [page] })
}
