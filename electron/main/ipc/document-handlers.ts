import { fillTaxIds } from '#main/documents/fill-tax-ids.ts'
import { openLabel } from '#main/documents/open-label.ts'
import type { PaperRenderer } from '#main/documents/render-papers.ts'
import { saveDocument, type SaveDeps } from '#main/documents/save-document.ts'
import type { Handlers } from '#main/ipc/handle.ts'
import type { TaxIdStore } from '#main/secrets/tax-id-store.ts'

export interface DocumentHandlerDeps extends SaveDeps {
  papers: PaperRenderer
  taxIds: Pick<TaxIdStore, 'read'>
}

export function documentHandlers(
  deps: DocumentHandlerDeps,
): Pick<Handlers, 'documents.render' | 'documents.layout' | 'documents.open-label' | 'documents.save'> {
  return {
    'documents.render': async ({ request }) => {
      const filled = await fillTaxIds(request, deps.taxIds)
      return filled.ok ? deps.papers.render(filled.value) : filled
    },
    'documents.layout': async ({ request }) => {
      const filled = await fillTaxIds(request, deps.taxIds)
      return filled.ok ? deps.papers.layout(filled.value) : filled
    },
    'documents.open-label': openLabel,
    'documents.save': (document) => saveDocument(document, deps),
  }
}
