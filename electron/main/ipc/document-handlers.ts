import type { LabelInput } from '#core/documents/label-model.ts'
import type { Dpi } from '#core/documents/print-head.ts'
import type { Result } from '#core/shared/result.ts'
import type { RenderedLabel } from '#main/documents/render-label.ts'
import type { PaperRenderer } from '#main/documents/render-papers.ts'
import { saveDocument, type SaveDeps } from '#main/documents/save-document.ts'
import type { Handlers } from '#main/ipc/handle.ts'

export interface DocumentHandlerDeps extends SaveDeps {
  renderLabel(label: LabelInput, dpi?: Dpi): Promise<Result<RenderedLabel>>
  papers: PaperRenderer
}

export function documentHandlers(
  deps: DocumentHandlerDeps,
): Pick<Handlers, 'documents.render-label' | 'documents.render' | 'documents.layout' | 'documents.save'> {
  return {
    'documents.render-label': ({ label, dpi }) => deps.renderLabel(label, dpi),
    'documents.render': ({ request }) => deps.papers.render(request),
    'documents.layout': ({ request }) => deps.papers.layout(request),
    'documents.save': (document) => saveDocument(document, deps),
  }
}
