import type { PrintTarget } from '#core/contracts/ipc.ts'
import type { PaperWishes } from '#core/documents/of-order/order-papers.ts'
import type { LeftOrder } from '#renderer/data/bulk-records.ts'

/** Papers of many orders: one each, or one for several. Labels are printed by their stored bytes. */
export const SELECTION_PAPERS = [
  ...(['pick-list', 'packing-slip', 'cn22', 'cn23', 'invoice', 'proforma'] as const),
  'hand-over',
] as const
export type SelectionPaper = (typeof SELECTION_PAPERS)[number]

/** How the papers of a selection are to come out. */
export interface SelectionWish extends Omit<PaperWishes, 'dpi'> {
  paper: SelectionPaper
  target: PrintTarget
  /** What the documents are called, before their number. */
  title: string
}

export interface PrintedSelection {
  /** Orders whose paper was sent. */
  printed: number
  /** What the printer or the folder calls the documents. */
  spooled: string[]
  left: LeftOrder[]
  /** Orders that were not looked at when a person stopped it. */
  open: number
  /** The lines of all hand-over lists, for spreadsheets; null for other papers. */
  csv: string | null
}
