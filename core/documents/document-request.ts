import type { Cn22Input, Cn22Medium } from '#core/documents/cn22-form.ts'
import type { Cn23Input } from '#core/documents/cn23/cn23-model.ts'
import type { Cn23Medium } from '#core/documents/cn23/layout-cn23.ts'
import type { HandOverInput } from '#core/documents/hand-over/hand-over-model.ts'
import type { InvoiceInput } from '#core/documents/invoice/invoice-model.ts'
import type { LabelInput } from '#core/documents/label-model.ts'
import type { LabelMedium } from '#core/documents/layout-label.ts'
import type { Dpi } from '#core/documents/print-head.ts'
import type { PackingSlipInput, PickListInput } from '#core/documents/packing/packing-model.ts'
import type { PaperLanguage } from '#core/documents/words/flow-words.ts'

/** What papers are asked for: one kind on one medium, for as many orders as there are items. */
interface Request<Kind extends string, MediumId extends string, Item> {
  kind: Kind
  medium: MediumId
  items: readonly Item[]
}

type AnyRequest =
  | (Request<'label', LabelMedium, LabelInput> & {
      /** The head that its bars are whole dots of; 203 when left out. */
      dpi?: Dpi | undefined
    })
  | Request<'cn22', Cn22Medium, Cn22Input>
  | Request<'cn23', Cn23Medium, Cn23Input>
  | Request<'invoice', 'a4' | 'letter', InvoiceInput>
  | Request<'packing-slip', 'a6' | 'label-100x150' | 'a4' | 'letter', PackingSlipInput>
  | Request<'pick-list', 'a4' | 'letter', PickListInput>
  | Request<'hand-over', 'a4' | 'letter', HandOverInput>

export type DocumentRequest = AnyRequest & {
  /** Of the fixed words of papers; labels and customs forms have the languages of the post. */
  language: PaperLanguage
  /** How often each paper is printed in the document, 1 to 4. */
  copies: number
}
