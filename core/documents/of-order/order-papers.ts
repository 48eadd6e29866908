import type { DocumentRequest, PaperMedia } from '#core/documents/document-request.ts'
import { invoiceOf } from '#core/documents/of-order/invoice-of-order.ts'
import { isDeclared, type PaperFacts } from '#core/documents/of-order/paper-facts.ts'
import { cn22Of, cn23Of, labelOf, packingSlipOf } from '#core/documents/of-order/parcel-papers.ts'
import type { Dpi } from '#core/documents/print-head.ts'
import type { PaperLanguage } from '#core/documents/words/flow-words.ts'
import { issue, type Issue } from '#core/shared/issue.ts'

/** Papers that one order can have, in the order in which they are offered. */
export const ORDER_PAPERS = ['label', 'packing-slip', 'cn22', 'cn23', 'invoice', 'proforma'] as const
export type OrderPaper = (typeof ORDER_PAPERS)[number]

/** How papers are to come out. */
export interface PaperWishes {
  media: PaperMedia
  language: PaperLanguage
  copies: number
  /** The head that labels are drawn for. */
  dpi?: Dpi | undefined
}

/** Why there can be no such paper of a parcel; null when there can. Whatever is wrong inside is found when it is drawn. */
export function whyNoPaper(paper: OrderPaper, facts: PaperFacts): Issue | null {
  if (paper === 'label' || paper === 'packing-slip' || isDeclared(facts)) return null
  return issue('unsupported', { reason: 'no-declaration', field: 'declaration' })
}

/** What is asked of main for such papers. Parcels that cannot have one (`whyNoPaper`) must have been left out. */
export function requestPapers(
  paper: OrderPaper,
  facts: readonly PaperFacts[],
  { media, language, copies, dpi }: PaperWishes,
): DocumentRequest {
  const all = { language, copies }
  const declared = facts.filter(isDeclared)
  switch (paper) {
    case 'label':
      return { ...all, kind: 'label', medium: media.label, items: facts.map(labelOf), dpi }
    case 'packing-slip':
      return { ...all, kind: paper, medium: media[paper], items: facts.map(packingSlipOf) }
    case 'cn22':
      return { ...all, kind: paper, medium: media.cn22, items: declared.map(cn22Of) }
    case 'cn23':
      return { ...all, kind: paper, medium: media.cn23, items: declared.map(cn23Of) }
    case 'invoice':
    case 'proforma':
      return {
        ...{ ...all, kind: 'invoice', medium: media.invoice },
        items: declared.map((each) => invoiceOf(each, paper === 'proforma')),
      }
  }
}
