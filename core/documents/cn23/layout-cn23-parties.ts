import { recipientBlocks, senderBlocks } from '#core/documents/address-blocks.ts'
import type { Cn23Input } from '#core/documents/cn23/cn23-model.ts'
import { CN23_WORDS } from '#core/documents/cn23/cn23-words.ts'
import { drawZone, placeCell, placeOf, styleOn, type Form } from '#core/documents/cn23/form-zone.ts'
import { placeCode128 } from '#core/documents/codes.ts'
import type { TextStyle } from '#core/documents/fit-text.ts'
import type { Box } from '#core/documents/page-model.ts'
import { fitStack, placeStack, type Block } from '#core/documents/stack-text.ts'
import { drawRect } from '#core/documents/sheet.ts'
import { DOT_203 } from '#core/documents/tracking-bars.ts'
import { formatS10 } from '#core/shipping/s10.ts'
import { issue, type Issue } from '#core/shared/issue.ts'
import type { Result } from '#core/shared/result.ts'

const NOTE: TextStyle = { weight: 'bold', sizePt: 6, minPt: 5, maxLines: 2 }
const TEXT: TextStyle = { weight: 'regular', sizePt: 8.5, minPt: 5.5, maxLines: 3 }
const NUMBER: TextStyle = { weight: 'bold', sizePt: 10, minPt: 8, maxLines: 1 }
/** Largest size of addresses on the form. */
const ADDRESS_PT = 9.5
/** Least height the post's readers want (logistics.md 4.1). */
const BAR_HEIGHT = 12.5
const NUMBER_HEIGHT = 3.42

/** Draws sender, recipient, item number and importer. */
export function layoutCn23Parties(form: Form, input: Cn23Input): void {
  const from = drawZone(form, placeOf(form, 4, 11, 104, 43), CN23_WORDS.from)
  placeAddress(form, senderBlocks(form.sheet.metrics, input.from, from.width), from)
  const to = drawZone(form, placeOf(form, 4, 43, 104, 73), CN23_WORDS.to)
  placeAddress(form, recipientBlocks(form.sheet.metrics, input.to, to.width), to)

  const reference = drawZone(form, placeOf(form, 104, 11, 166, 19), CN23_WORDS.senderReference)
  const { senderTaxReference } = input.declaration
  placeCell(form, senderTaxReference, { ...TEXT, maxLines: 1 }, reference, 'declaration.senderTaxReference')
  drawRect(form.sheet, placeOf(form, 166, 11, 206, 19), 0.2)
  placeCell(form, CN23_WORDS.mayBeOpened, NOTE, placeOf(form, 166, 11, 206, 19), 'caption')
  placeItemNumber(form, input)

  const importer = drawZone(form, placeOf(form, 104, 46, 206, 61), CN23_WORDS.importerReference, 2)
  placeCell(form, input.importerReference, TEXT, importer, 'importerReference')
  const contact = drawZone(form, placeOf(form, 104, 61, 206, 73), CN23_WORDS.importerContact, 1)
  const known = [input.to.phone, input.to.email].filter((text) => text !== '').join(' · ')
  placeCell(
    form,
    input.importerContact === '' ? known : input.importerContact,
    TEXT,
    contact,
    'importerContact',
  )
}

function placeItemNumber(form: Form, { tracking, draft }: Cn23Input): void {
  const zone = drawZone(form, placeOf(form, 104, 19, 206, 46), CN23_WORDS.item)
  const top = zone.y + (zone.height - BAR_HEIGHT - DOT_203 - NUMBER_HEIGHT) / 2
  const bars = { ...zone, y: top, height: BAR_HEIGHT }
  const number = { ...zone, y: top + BAR_HEIGHT + DOT_203, height: NUMBER_HEIGHT }
  const isDrawn = !draft && tracking !== '' && placeCode128(form.sheet, tracking, bars, 'centre')
  if (!draft && tracking !== '' && !isDrawn)
    form.sheet.issues.push(issue('invalid-input', { reason: 'tracking-invalid', field: 'tracking' }))
  placeCell(form, formatS10(tracking), NUMBER, number, 'tracking', 'centre')
}

/** Addresses shrink further here than on a label: nobody sorts by a customs form. */
function placeAddress(form: Form, blocks: Result<Block[], Issue[]>, box: Box): void {
  if (!blocks.ok) {
    form.sheet.issues.push(...blocks.error)
    return
  }
  const small = blocks.value.map((block) => ({
    ...block,
    style: styleOn(form, { ...block.style, sizePt: ADDRESS_PT, minPt: 5.5 }),
  }))
  const fitted = fitStack(form.sheet.metrics, small, box.width, box.height)
  if (fitted.ok) placeStack(form.sheet, fitted.value, box)
  else form.sheet.issues.push(...fitted.error)
}
