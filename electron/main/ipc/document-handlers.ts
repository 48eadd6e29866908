import type { PaperRenderer } from '#main/documents/render-papers.ts'
import { saveDocument, type SaveDeps } from '#main/documents/save-document.ts'
import type { Handlers } from '#main/ipc/handle.ts'

export interface DocumentHandlerDeps extends SaveDeps {
  papers: PaperRenderer
}

export function documentHandlers(
  deps: DocumentHandlerDeps,
): Pick<Handlers, 'documents.render' | 'documents.layout' | 'documents.save'> {
  return {
    'documents.render': ({ request }) => deps.papers.render(request),
    'documents.layout': ({ request }) => deps.papers.layout(request),
    'documents.save': (document) => saveDocument(document, deps),
  }
}
