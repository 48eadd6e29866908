import type { Cn22Input } from '#core/documents/cn22-form.ts'
import type { Cn23Input } from '#core/documents/cn23/cn23-model.ts'
import type { HandOverInput } from '#core/documents/hand-over/hand-over-model.ts'
import type { InvoiceInput } from '#core/documents/invoice/invoice-model.ts'
import type { LabelInput } from '#core/documents/label-model.ts'
import type { Dpi } from '#core/documents/print-head.ts'
import type { PackingSlipInput, PickListInput } from '#core/documents/packing/packing-model.ts'
import type { PaperLanguage } from '#core/documents/words/flow-words.ts'

/** The media that each kind of paper is made for, the usual one first. */
export const PAPER_MEDIA = {
  label: ['label-100x150', 'label-4x6'],
  cn22: ['105x74', 'a6'],
  cn23: ['a5-landscape', 'a6-landscape'],
  invoice: ['a4', 'letter'],
  'packing-slip': ['a4', 'letter', 'a6', 'label-100x150'],
  'pick-list': ['a4', 'letter'],
  'hand-over': ['a4', 'letter'],
} as const
export type PaperKind = keyof typeof PAPER_MEDIA

/** The medium that somebody chose for each kind. */
export type PaperMedia = { [Kind in PaperKind]: (typeof PAPER_MEDIA)[Kind][number] }

/** What papers are asked for: one kind on one medium, for as many orders as there are items. */
interface Request<Kind extends PaperKind, Item> {
  kind: Kind
  medium: PaperMedia[Kind]
  items: readonly Item[]
}

type AnyRequest =
  | (Request<'label', LabelInput> & {
      /** The head that its bars are whole dots of; 203 when left out. */
      dpi?: Dpi | undefined
    })
  | Request<'cn22', Cn22Input>
  | Request<'cn23', Cn23Input>
  | Request<'invoice', InvoiceInput>
  | Request<'packing-slip', PackingSlipInput>
  | Request<'pick-list', PickListInput>
  | Request<'hand-over', HandOverInput>

export type DocumentRequest = AnyRequest & {
  /** Of the fixed words of papers; labels and customs forms have the languages of the post. */
  language: PaperLanguage
  /** How often each paper is printed in the document, 1 to 4. */
  copies: number
}
