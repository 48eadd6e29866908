import { layoutCn22Form } from '#core/documents/cn22-form.ts'
import { layoutCn23 } from '#core/documents/cn23/layout-cn23.ts'
import type { DocumentRequest } from '#core/documents/document-request.ts'
import type { FlowPaper } from '#core/documents/flow/open-paper.ts'
import type { FontMetrics } from '#core/documents/font-metrics.ts'
import { layoutHandOver } from '#core/documents/hand-over/layout-hand-over.ts'
import { layoutInvoice } from '#core/documents/invoice/layout-invoice.ts'
import { layoutLabel } from '#core/documents/layout-label.ts'
import { MEDIA } from '#core/documents/media.ts'
import { layoutBatchList } from '#core/documents/packing/layout-batch-list.ts'
import { layoutPackingSlip } from '#core/documents/packing/layout-packing-slip.ts'
import type { PaperLayout } from '#core/documents/page-model.ts'
import { wordsIn } from '#core/documents/words/words-in.ts'
import type { Issue } from '#core/shared/issue.ts'
import { ok, type Result } from '#core/shared/result.ts'

type Layout = Result<PaperLayout, Issue[]>

/**
 * Lays out the papers of a request one after the other, so that whoever draws many can stop for breath in between. What cannot be drawn
 * in full is a list of issues in place of its paper; their fields begin in the item.
 */
export function* layoutDocuments(request: DocumentRequest, metrics: FontMetrics): Generator<Layout> {
  for (const layout of layoutItems(request, metrics)) {
    yield layout.ok ? ok({ ...layout.value, pages: repeat(layout.value.pages, request.copies) }) : layout
  }
}

function repeat<T>(list: readonly T[], times: number): T[] {
  return Array.from({ length: times }, () => list).flat()
}

function* layoutItems(request: DocumentRequest, metrics: FontMetrics): Generator<Layout> {
  switch (request.kind) {
    case 'label':
      for (const item of request.items) yield layoutLabel(item, metrics, request.medium, request.dpi)
      return
    case 'cn22':
      for (const item of request.items) yield layoutCn22Form(item, metrics, request.medium)
      return
    case 'cn23':
      for (const item of request.items) yield layoutCn23(item, metrics, request.medium)
      return
    default:
      yield* layoutFlows(request, {
        metrics,
        medium: MEDIA[request.medium],
        words: wordsIn(request.language),
      })
  }
}

function* layoutFlows(
  request: Exclude<DocumentRequest, { kind: 'label' | 'cn22' | 'cn23' }>,
  paper: FlowPaper,
): Generator<Layout> {
  switch (request.kind) {
    case 'invoice':
      for (const item of request.items) yield layoutInvoice(item, paper)
      return
    case 'packing-slip':
      for (const item of request.items) yield layoutPackingSlip(item, paper)
      return
    case 'pick-list':
      for (const item of request.items) yield layoutBatchList(item, paper)
      return
    case 'hand-over':
      for (const item of request.items) yield layoutHandOver(item, paper)
  }
}
