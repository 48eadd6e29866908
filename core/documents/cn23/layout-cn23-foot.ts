import type { CustomsCategory } from '#core/customs/declaration.ts'
import type { Cn23Input } from '#core/documents/cn23/cn23-model.ts'
import { CN23_CATEGORIES, CN23_WORDS } from '#core/documents/cn23/cn23-words.ts'
import { drawZone, placeCell, placeOf, type Form } from '#core/documents/cn23/form-zone.ts'
import type { TextStyle } from '#core/documents/fit-text.ts'
import type { Box } from '#core/documents/page-model.ts'
import { plainKilograms, plainMoney } from '#core/documents/plain-amount.ts'
import { placeTickBox } from '#core/documents/tick-box.ts'

const TOTAL: TextStyle = { weight: 'bold', sizePt: 8.5, minPt: 5.5, maxLines: 1 }
const TEXT: TextStyle = { weight: 'regular', sizePt: 7.5, minPt: 5, maxLines: 2 }
const LINE: TextStyle = { ...TEXT, maxLines: 1 }
const SMALL_PRINT: TextStyle = { weight: 'regular', sizePt: 6, minPt: 5, maxLines: 5 }
const TICKS: readonly CustomsCategory[] = ['gift', 'documents', 'sale', 'sample', 'returned', 'other']
/** Columns of the boxes to tick, in parts of the zone: the longest word stands in the first. */
const TICK_COLUMNS = [
  { left: 0, share: 0.4 },
  { left: 0.4, share: 0.3 },
  { left: 0.7, share: 0.3 },
] as const

/** Draws totals, category, posting, comments, papers and signature from `top` in mm of the A5 form down to its end. */
export function layoutCn23Foot(form: Form, input: Cn23Input, top: number): void {
  const { declaration } = input
  const total = (caption: string, text: string, x1: number, x2: number, field: string) =>
    placeCell(form, text, TOTAL, drawZone(form, placeOf(form, x1, top, x2, top + 8), caption), field)
  total(CN23_WORDS.totalGross, plainKilograms(declaration.grossGrams), 4, 72, 'declaration.grossGrams')
  total(CN23_WORDS.totalValue, plainMoney(declaration.total), 72, 138, 'declaration.total')
  const charges = input.postalCharges === null ? '' : plainMoney(input.postalCharges)
  total(CN23_WORDS.charges, charges, 138, 206, 'postalCharges')
  layoutCategory(form, input, top + 8)
  const posting = drawZone(form, placeOf(form, 128, top + 8, 206, top + 15.5), CN23_WORDS.posting)
  placeCell(form, input.posting, TEXT, posting, 'posting')
  const comments = drawZone(form, placeOf(form, 4, top + 19, 128, top + 28), CN23_WORDS.comments)
  placeCell(form, input.comments, TEXT, comments, 'comments')
  layoutPapers(form, input, top + 28)
  layoutSignature(form, input, placeOf(form, 128, top + 15.5, 206, 144))
}

/** Two rows of three boxes to tick; instead of the word for "other" stands what it is. */
function layoutCategory(form: Form, { declaration }: Cn23Input, top: number): void {
  const zone = drawZone(form, placeOf(form, 4, top, 128, top + 11), CN23_WORDS.category)
  const height = zone.height / 2
  const size = Math.min(2.2, height - 0.4)
  TICKS.forEach((category, index) => {
    const { left = 0, share = 0 } = TICK_COLUMNS[index % 3] ?? {}
    const cell: Box = {
      x: zone.x + left * zone.width,
      y: zone.y + Math.floor(index / 3) * height,
      ...{ width: share * zone.width, height },
    }
    const ticked = declaration.category === category
    placeTickBox(form.sheet, cell.x, cell.y + (height - size) / 2, size, ticked)
    const text = category === 'other' && ticked ? declaration.explanation : CN23_CATEGORIES[category]
    const words = { ...cell, x: cell.x + size, width: cell.width - size }
    placeCell(form, text, LINE, words, 'declaration.explanation')
  })
}

/** Licence, certificate and invoice: ticked when there is a number. */
function layoutPapers(form: Form, input: Cn23Input, top: number): void {
  const papers = [
    [CN23_WORDS.licence, input.licenceNo, 'licenceNo', 4, 45],
    [CN23_WORDS.certificate, input.certificateNo, 'certificateNo', 45, 87],
    [CN23_WORDS.invoice, input.invoiceNo, 'invoiceNo', 87, 128],
  ] as const
  for (const [caption, number, field, x1, x2] of papers) {
    const zone = drawZone(form, placeOf(form, x1, top, x2, 144), caption)
    const size = Math.min(2.2, zone.height - 0.4)
    placeTickBox(form.sheet, zone.x, zone.y + (zone.height - size) / 2, size, number !== '')
    placeCell(form, number, LINE, { ...zone, x: zone.x + size, width: zone.width - size }, field)
  }
}

/** What the sender certifies, with date and name. */
export function layoutSignature(form: Form, { declaration }: Cn23Input, box: Box): void {
  const zone = drawZone(form, box, CN23_WORDS.signature)
  const print = { ...zone, height: zone.height * 0.74 }
  placeCell(form, CN23_WORDS.certification, SMALL_PRINT, print, 'caption')
  const sign = { ...zone, y: zone.y + print.height, height: zone.height - print.height }
  placeCell(form, `${declaration.signedOn} ${declaration.signer}`, TEXT, sign, 'declaration.signer')
}
