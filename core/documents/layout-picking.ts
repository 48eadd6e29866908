import { fitText, type TextStyle } from '#core/documents/fit-text.ts'
import type { LabelInput, PickLine } from '#core/documents/label-model.ts'
import type { Box } from '#core/documents/page-model.ts'
import { PAPER_WORDS } from '#core/documents/paper-words.ts'
import { plainKilograms } from '#core/documents/plain-amount.ts'
import { placeInRow } from '#core/documents/place-in-row.ts'
import type { Sheet } from '#core/documents/sheet.ts'
import { cleanText, isPrintable } from '#core/documents/text-runs.ts'

const REFERENCE: TextStyle = { weight: 'bold', sizePt: 8.5, minPt: 6, maxLines: 1 }
const FACTS: TextStyle = { weight: 'regular', sizePt: 8, minPt: 6, maxLines: 1 }
const PICK: TextStyle = { weight: 'regular', sizePt: 8, minPt: 7, maxLines: 2 }
export const REFERENCE_HEIGHT = 4.6

/** SKU and title. A title with characters no font has (emoji) is left out: the SKU says what to take. */
export function describeItem(sheet: Sheet, line: PickLine): string {
  const title = isPrintable(sheet.metrics, line.title, 'regular') ? cleanText(line.title) : ''
  return `${line.sku} ${title}`.trim()
}

/** `A-03-12 TEE-BLU Cotton T-shirt ×2`. */
function describePick(sheet: Sheet, line: PickLine, withTitle: boolean): string {
  const item = withTitle ? describeItem(sheet, line) : line.sku
  return [line.bin ?? '', item, `×${line.quantity}`].filter((part) => part !== '').join(' ')
}

/** As much of the picking list as fits; what does not is counted, for this note must not stop a postal label. */
function inlinePicks(sheet: Sheet, lines: readonly PickLine[], width: number): string {
  const fits = (text: string) => fitText(sheet.metrics, text, PICK, width, 'pickLines').ok
  const join = (shown: readonly PickLine[], withTitle: boolean) => {
    const hidden = lines.length - shown.length
    const parts = shown.map((line) => describePick(sheet, line, withTitle))
    return [...parts, ...(hidden > 0 ? [PAPER_WORDS.andMore(hidden)] : [])].join('; ')
  }
  const full = join(lines, true)
  if (fits(full)) return full
  for (let count = lines.length; count > 1; count--) {
    const text = join(lines.slice(0, count), false)
    if (fits(text)) return text
  }
  return join(lines.slice(0, 1), false)
}

/** Order number, size and weight of the parcel in one row. */
export function layoutReference(sheet: Sheet, input: LabelInput, row: Box): void {
  const { sizeMm, grossGrams, orderNumber } = input
  const cm = (mm: number) => String(Math.round(mm) / 10)
  const size = sizeMm === null ? '' : `${cm(sizeMm.length)} × ${cm(sizeMm.width)} × ${cm(sizeMm.height)} cm`
  const facts = [size, `${plainKilograms(grossGrams)} kg`].filter((part) => part !== '').join(' · ')
  placeInRow(sheet, orderNumber, REFERENCE, { ...row, width: 50 }, 'orderNumber')
  placeInRow(sheet, facts, FACTS, { ...row, x: row.x + 52, width: row.width - 52 }, 'sizeMm', 'right')
}

/** The packer's note at the foot of a label with customs declaration: what to pick, order, size and weight. */
export function layoutPickNote(sheet: Sheet, input: LabelInput, box: Box): void {
  const picks = { ...box, height: box.height - REFERENCE_HEIGHT }
  placeInRow(sheet, inlinePicks(sheet, input.pickLines, box.width), PICK, picks, 'pickLines.0.sku')
  layoutReference(sheet, input, { ...box, y: box.y + picks.height, height: REFERENCE_HEIGHT })
}
